/** The only place that decides what follows a proof: another challenge, or tokens. */
import { notBuilt } from '../core/contract/errors.ts';
import type { User } from '../core/model/user.ts';
import { beginSession, issueFirstTokens } from '../core/rules/tokens.ts';
import { newPasswordRequired } from './challenges/new-password-required.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';

/** Guards run from top to bottom; what is left when none applies is a finished sign-in. */
export async function nextStep(ports: SignInPorts, signIn: SignIn, proof: Proof): Promise<Answer> {
  // First, so that nobody chooses a password and is refused after that.
  requireNoSecondFactor(signIn, proof);
  if (proof.user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordRequired(ports, signIn, proof);
  return finish(ports, signIn, proof);
}

/** Second factors are not built yet; leaving one out would sign in somebody who has not proven enough. */
function requireNoSecondFactor({ pool }: SignIn, { user }: Proof): void {
  const mode = pool.settings.MfaConfiguration ?? 'OFF';
  if (mode === 'ON' || (mode === 'OPTIONAL' && hasSecondFactor(user))) {
    throw notBuilt('Multi-factor authentication');
  }
}

/** Turned on in the newer way, or in the older one. */
const hasSecondFactor = ({ mfa }: User): boolean => [...(mfa?.enabled ?? []), ...(mfa?.options ?? [])].length > 0;

async function finish(ports: SignInPorts, { pool, client, since }: SignIn, proof: Proof): Promise<Answer> {
  const { user, memberships } = proof;
  const session = beginSession(ports, user, since);
  const groups = await ports.groups.behind(pool, memberships);
  return {
    ChallengeParameters: {},
    AuthenticationResult: await issueFirstTokens(ports, { pool, client, user, groups }, session),
  };
}
