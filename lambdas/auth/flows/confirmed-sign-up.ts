/** USER_AUTH with a session of ConfirmSignUp: the code that confirmed the address is the first factor. */
import { invalidSession } from '../../core/contract/errors.ts';
import type { Level } from '../../core/model/challenge-session.ts';
import { requireChallengeSession, spend } from '../../core/rules/challenge-sessions.ts';
import { firstSignIn, isStillFirstFactor } from '../../core/rules/first-sign-in.ts';
import type { Outcome, SignIn, SignInPorts } from '../sign-in.ts';
import type { Subject } from '../subjects.ts';
import { requireUsable } from '../user-state.ts';

interface Presented {
  readonly subject: Subject;
  /** The session. */
  readonly text: string;
  readonly levels: readonly Level[] | undefined;
}

export async function withConfirmedAddress(
  ports: SignInPorts,
  { pool, client }: SignIn,
  { subject, text, levels }: Presented,
): Promise<Outcome> {
  const session = await requireChallengeSession(ports, client, text, firstSignIn);
  // Names of others, and of nobody, are told apart from the right one and not from each other.
  if (subject.user?.sub !== session.sub) throw invalidSession();
  const usable = requireUsable(ports, subject);
  if (!isStillFirstFactor(pool, usable.user, session.about)) throw invalidSession();
  await spend(ports, session);
  return { proof: { ...usable, kind: session.kind, proven: session.proven, levels } };
}
