/** What the pool's own functions ask for next, of a custom sign-in. */
import { customTriggerMissing } from '../core/contract/errors.ts';
import type { Answer, Proof, SignIn, SignInPorts } from './sign-in.ts';

/** Absent when the functions want tokens to be issued. */
export async function poseCustomRound(
  _ports: SignInPorts,
  _signIn: SignIn,
  _proof: Proof,
): Promise<Answer | undefined> {
  throw customTriggerMissing();
}
