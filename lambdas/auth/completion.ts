/** Tells the pool's function that a sign-in is complete, before anything comes of it. */
import { incorrectPassword } from '../core/contract/errors.ts';
import { afterAuthentication } from '../core/triggers/post-authentication.ts';
import { functionAt } from '../core/triggers/trigger-points.ts';
import { keepsSecrets, marksOf } from './proof-marks.ts';
import type { Proof, SignIn, SignInPorts } from './sign-in.ts';
import { subjectNamed } from './subjects.ts';
import { requireUsable, type Usable } from './user-state.ts';

/**
 * The user as the functions leave them, those of a custom sign-in among them: they may have changed them, or signed them out
 * everywhere else, which is to end their other sessions and not this one.
 */
export async function completed(
  ports: SignInPorts,
  signIn: SignIn,
  proof: Proof,
  isOnNewDevice: boolean,
): Promise<Usable> {
  const { pool, client, clientMetadata } = signIn;
  const { user } = proof;
  if (!functionAt(pool, 'PostAuthentication') && proof.kind !== 'custom') return proof;
  await afterAuthentication(ports, { pool, client, user, isOnNewDevice, clientMetadata });
  const subject = await subjectNamed(ports, pool, user.username);
  if (!subject.user || subject.user.sub !== user.sub) throw incorrectPassword();
  if (!keepsSecrets(marksOf(proof), subject)) throw incorrectPassword();
  return requireUsable(ports, subject);
}
