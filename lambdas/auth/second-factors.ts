/** Which second factor a sign-in by password has to prove. */
import { notBuilt } from '../core/contract/errors.ts';
import type { User } from '../core/model/user.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';

/** Second factors are not built yet; leaving one out would sign in somebody who has not proven enough. */
export async function poseSecondFactor(
  _ports: SignInPorts,
  { pool }: SignIn,
  { user }: Proof,
): Promise<Answer | undefined> {
  const mode = pool.settings.MfaConfiguration ?? 'OFF';
  if (mode === 'ON' || (mode === 'OPTIONAL' && hasSecondFactor(user))) throw notBuilt('Multi-factor authentication');
  return undefined;
}

/** Turned on in the newer way, or in the older one. */
const hasSecondFactor = ({ mfa }: User): boolean => [...(mfa?.enabled ?? []), ...(mfa?.options ?? [])].length > 0;
