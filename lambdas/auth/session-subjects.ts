/** Whom the answer to a challenge is about: the user of its session, who must be the one that the answer names. */
import { createHash } from 'node:crypto';
import { incorrectPassword, invalidSession, sessionMissing } from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Pool } from '../core/model/pool.ts';
import { fold } from '../core/rules/aliases.ts';
import { answersTo } from '../core/rules/names.ts';
import { requireSecretHash } from '../core/rules/secret-hash.ts';
import { requireParameter } from './parameters.ts';
import { keepsSecrets } from './proof-marks.ts';
import type { ChallengeAnswer, SignInPorts } from './sign-in.ts';
import { type Subject, subjectNamed } from './subjects.ts';
import { requireUsable, type Usable } from './user-state.ts';

export interface SessionSubject {
  readonly session: ChallengeSession;
  /** Nobody in a session that was simulated. */
  readonly subject: Subject;
}

export async function sessionSubject(
  ports: Pick<SignInPorts, 'users'>,
  { pool, client, parameters, session }: ChallengeAnswer,
): Promise<SessionSubject> {
  if (!session) throw sessionMissing();
  const name = requireParameter(parameters, 'USERNAME');
  requireSecretHash(client, [name, session.username], parameters['SECRET_HASH']);
  const subject = await subjectNamed(ports, pool, session.username);
  // Whoever took the name since has not begun this sign-in.
  if (session.isSimulated) {
    if (!isNameOfNobody(pool, session, name)) throw invalidSession();
    return { session, subject: { ...subject, user: undefined } };
  }
  if (!subject.user || subject.user.sub !== session.sub || !answersTo(pool, subject.user, name)) throw invalidSession();
  if (!keepsSecrets(session, subject)) throw invalidSession();
  return { session, subject };
}

/** The name of a simulated user as sessions carry it: no user has one that is so long that it would not fit. */
export const nameOfNobody = (folded: string): string =>
  JSON.stringify(folded).length <= longestName && Buffer.byteLength(folded) <= longestName
    ? folded
    : createHash('sha256').update(folded).digest('hex');

const longestName = 512;

/** A session is answered under the name that began it, or the one that it was told, whether somebody has them or not. */
function isNameOfNobody(pool: Pool, { username, sub }: ChallengeSession, name: string): boolean {
  const folded = fold(pool, 'username', name);
  return username === folded || username === nameOfNobody(folded) || name === sub;
}

/** Where the sign-in has come too far to be a simulated one: the user, who may still sign in. */
export async function sessionUser(
  ports: Pick<SignInPorts, 'users' | 'clock'>,
  given: ChallengeAnswer,
): Promise<Usable & { readonly session: ChallengeSession; readonly subject: Subject }> {
  const { session, subject } = await sessionSubject(ports, given);
  if (!subject.user) throw incorrectPassword();
  return { ...requireUsable(ports, subject), session, subject };
}
