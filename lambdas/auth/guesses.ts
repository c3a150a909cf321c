/** Lets a secret be compared only after the guess has been counted, and ends the count by the outcome. */
import {
  incorrectPassword,
  passwordAttemptsExceeded,
  type Refusal,
  signInCodeMismatch,
} from '../core/contract/errors.ts';
import type { ChallengeSession } from '../core/model/challenge-session.ts';
import type { Attempt, Guessed } from '../core/ports/attempt-store.ts';
import { hasLevels } from '../core/rules/authentication-levels.ts';
import { countWrongAnswer } from '../core/rules/challenge-sessions.ts';
import { demandOf, secondFactorsOf } from './factor-demand.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';
import type { Subject } from './subjects.ts';

type GuessPorts = Pick<SignInPorts, 'attempts' | 'nonces'>;
type Guessing = Pick<SignIn, 'pool' | 'inStep'>;

/**
 * Passwords, and what stands for one. Where a code is asked for after it, a right one ends no count: whoever has the
 * password could otherwise go on guessing codes.
 */
export const requireRightGuess = (
  ports: GuessPorts,
  signIn: Guessing,
  subject: Subject,
  isRight: () => Promise<boolean>,
): Promise<void> =>
  requireRight(ports, signIn, subject, {
    secret: 'password',
    isRight,
    wrong: async () => incorrectPassword(),
    isHalf: asksForCode(signIn, subject),
  });

/** Also where the client alone may ask for one: whoever signs in without it meanwhile ends no count either. */
function asksForCode({ pool }: Guessing, subject: Subject): boolean {
  if (!subject.user) return false;
  const { kind } = demandOf(pool, subject.user, subject.softwareToken);
  if (kind === 'factor' || kind === 'choice') return true;
  return hasLevels(pool.settings) && secondFactorsOf(pool, subject.user, subject.softwareToken).length > 0;
}

/** Codes: they count as guesses at the account as passwords do, and a session stands five of them. */
export const requireRightCode = (
  ports: GuessPorts,
  signIn: Guessing & { readonly session: ChallengeSession },
  subject: Subject,
  isRight: () => Promise<boolean>,
  refusal: () => Refusal = signInCodeMismatch,
): Promise<void> =>
  requireRight(ports, signIn, subject, {
    secret: 'code',
    isRight,
    wrong: async () => {
      await countWrongAnswer(ports, signIn.session);
      return refusal();
    },
  });

/** First codes of an app that is being set up: they count as well, and a right one ends no count. */
export const requireRightFirstCode = (
  ports: GuessPorts,
  { session, ...guessing }: Guessing & { readonly session: ChallengeSession | undefined },
  subject: Subject,
  isRight: () => Promise<boolean>,
  refusal: () => Refusal,
): Promise<void> =>
  requireRight(ports, guessing, subject, {
    secret: 'code',
    isRight,
    wrong: async () => {
      if (session) await countWrongAnswer(ports, session);
      return refusal();
    },
    isHalf: true,
  });

interface Guess {
  readonly secret: Guessed;
  readonly isRight: () => Promise<boolean>;
  /** What a wrong one is told. */
  readonly wrong: () => Promise<Refusal>;
  /** Whether a right one is not yet a sign-in. */
  readonly isHalf?: boolean;
}

async function requireRight(
  { attempts }: GuessPorts,
  { pool, inStep }: Guessing,
  subject: Subject,
  { secret, isRight, wrong, isHalf = false }: Guess,
): Promise<void> {
  const attempt = await attempts.begin(pool, subject.username, secret, subject.failures);
  if (attempt === 'locked') {
    await inStep();
    throw passwordAttemptsExceeded();
  }
  if (await outcome(attempt, isRight)) return isHalf ? attempt.abandoned() : attempt.succeeded();
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
