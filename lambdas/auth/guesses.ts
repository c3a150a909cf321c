/** Lets a secret be compared only after the guess has been counted, and ends the count by the outcome. */
import {
  incorrectPassword,
  passwordAttemptsExceeded,
  type Refusal,
  signInCodeMismatch,
} from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Attempt } from '../core/ports/attempt-store.ts';
import { countWrongAnswer } from '../core/rules/challenge-sessions.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';
import type { Subject } from './subjects.ts';

type GuessPorts = Pick<SignInPorts, 'attempts' | 'nonces'>;
type Guessing = Pick<SignIn, 'pool' | 'inStep'>;

/** Passwords, and what stands for one. */
export const requireRightGuess = (
  ports: GuessPorts,
  signIn: Guessing,
  subject: Subject,
  isRight: () => Promise<boolean>,
): Promise<void> => requireRight(ports, signIn, subject, { isRight, wrong: async () => incorrectPassword() });

/** Codes: they count as guesses at the account as passwords do, and a session stands five of them. */
export const requireRightCode = (
  ports: GuessPorts,
  signIn: Guessing & { readonly session: ChallengeSession },
  subject: Subject,
  isRight: () => Promise<boolean>,
  refusal: () => Refusal = signInCodeMismatch,
): Promise<void> =>
  requireRight(ports, signIn, subject, {
    isRight,
    wrong: async () => {
      await countWrongAnswer(ports, signIn.session);
      return refusal();
    },
  });

interface Guess {
  readonly isRight: () => Promise<boolean>;
  /** What a wrong one is told. */
  readonly wrong: () => Promise<Refusal>;
}

async function requireRight(
  { attempts }: GuessPorts,
  { pool, inStep }: Guessing,
  subject: Subject,
  { isRight, wrong }: Guess,
): Promise<void> {
  const attempt = await attempts.begin(pool, subject.username, subject.failures);
  if (attempt === 'locked') {
    await inStep();
    throw passwordAttemptsExceeded();
  }
  if (await outcome(attempt, isRight)) return attempt.succeeded();
  await attempt.failed();
  const refusal = await wrong();
  await inStep();
  throw refusal;
}

async function outcome(attempt: Attempt, isRight: () => Promise<boolean>): Promise<boolean> {
  try {
    return await isRight();
  } catch (cause) {
    await attempt.abandoned();
    throw cause;
  }
}
