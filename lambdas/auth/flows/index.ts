/** The ways to begin a sign-in: what each needs, and its first step. */
import type { AuthFlow } from '../../core/rules/auth-flows.ts';
import type { Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { withCustomChallenges } from './custom.ts';
import { withPassword } from './password.ts';
import { withRefreshToken } from './refresh.ts';
import { withSrp } from './srp.ts';

export interface Flow {
  readonly requires: readonly string[];
  start(ports: SignInPorts, signIn: SignIn): Promise<Outcome>;
}

const password: Flow = { requires: ['USERNAME', 'PASSWORD'], start: withPassword };
const srp: Flow = { requires: ['USERNAME', 'SRP_A'], start: withSrp };
const refresh: Flow = { requires: ['REFRESH_TOKEN'], start: withRefreshToken };

/** A flow without an entry is not built yet. */
export const flows: Readonly<Partial<Record<AuthFlow, Flow>>> = {
  USER_PASSWORD_AUTH: password,
  ADMIN_USER_PASSWORD_AUTH: password,
  ADMIN_NO_SRP_AUTH: password,
  USER_SRP_AUTH: srp,
  CUSTOM_AUTH: { requires: ['USERNAME'], start: withCustomChallenges },
  REFRESH_TOKEN_AUTH: refresh,
  REFRESH_TOKEN: refresh,
};
