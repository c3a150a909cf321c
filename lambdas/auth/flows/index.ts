/** The ways to begin a sign-in: what each needs, and its first step. */
import type { AuthFlow } from '../../core/rules/auth-flows.ts';
import type { Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import { withChoice } from './choice.ts';
import { withCustomChallenges } from './custom.ts';
import { withPassword, withPasswordByAdministrator } from './password.ts';
import { withRefreshToken } from './refresh.ts';
import { withSrp } from './srp.ts';

export interface Flow {
  readonly requires: readonly string[];
  /** `session` is one that the request begins with. */
  start(ports: SignInPorts, signIn: SignIn, session?: string): Promise<Outcome>;
}

const password: Flow = { requires: ['USERNAME', 'PASSWORD'], start: withPassword };
const byAdministrator: Flow = { ...password, start: withPasswordByAdministrator };
const srp: Flow = { requires: ['USERNAME', 'SRP_A'], start: withSrp };
const refresh: Flow = { requires: ['REFRESH_TOKEN'], start: withRefreshToken };

/** A flow without an entry is not built yet. */
export const flows: Readonly<Partial<Record<AuthFlow, Flow>>> = {
  USER_PASSWORD_AUTH: password,
  ADMIN_USER_PASSWORD_AUTH: byAdministrator,
  ADMIN_NO_SRP_AUTH: byAdministrator,
  USER_SRP_AUTH: srp,
  CUSTOM_AUTH: { requires: ['USERNAME'], start: withCustomChallenges },
  USER_AUTH: { requires: ['USERNAME'], start: withChoice },
  REFRESH_TOKEN_AUTH: refresh,
  REFRESH_TOKEN: refresh,
};
