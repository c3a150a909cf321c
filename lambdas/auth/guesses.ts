/** Lets a secret be compared only after the guess has been counted, and ends the count by the outcome. */
import { incorrectPassword, passwordAttemptsExceeded } from '../core/contract/errors.ts';
import type { Attempt } from '../core/ports/attempt-store.ts';
import type { SignIn, SignInPorts } from './sign-in.ts';
import type { Subject } from './subjects.ts';

export async function requireRightGuess(
  { attempts }: Pick<SignInPorts, 'attempts'>,
  { pool, inStep }: Pick<SignIn, 'pool' | 'inStep'>,
  subject: Subject,
  isRight: () => Promise<boolean>,
): Promise<void> {
  const attempt = await attempts.begin(pool, subject.username, subject.failures);
  if (attempt === 'locked') {
    await inStep();
    throw passwordAttemptsExceeded();
  }
  if (await outcome(attempt, isRight)) return attempt.succeeded();
  await attempt.failed();
  await inStep();
  throw incorrectPassword();
}

async function outcome(attempt: Attempt, isRight: () => Promise<boolean>): Promise<boolean> {
  try {
    return await isRight();
  } catch (cause) {
    await attempt.abandoned();
    throw cause;
  }
}
