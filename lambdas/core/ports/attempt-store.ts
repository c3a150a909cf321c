/** Counts sign-in guesses so that parallel ones cannot exceed the limit. */
import type { Pool } from '../model/pool.ts';
import type { Failures } from '../model/sign-in-set.ts';

export interface AttemptStore {
  /**
   * To be called before a guess is compared; resolves when the guess before it at the same account has ended. A guess at
   * the password of an untroubled account is free; every other one is written down as a failure beforehand. `locked`
   * guesses change nothing and must be refused.
   */
  begin(pool: Pool, username: string, secret: Guessed, seen: Failures | undefined): Promise<Attempt | 'locked'>;
}

/** What is guessed at: codes are short, so that not a single guess at one may go uncounted. */
export type Guessed = 'password' | 'code';

/** End it exactly once: the next guess at the account waits for that. */
export interface Attempt {
  succeeded(): Promise<void>;
  failed(): Promise<void>;
  /** Neither: nothing was compared after all. */
  abandoned(): Promise<void>;
}
