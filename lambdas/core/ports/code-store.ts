/** Keeps one live code for each user and purpose, and counts guesses before they are compared. */
import type { CodeOwner, CodePurpose, NewCode, StoredCode } from '../model/code.ts';
import type { Pool } from '../model/pool.ts';

export interface CodeStore {
  /** Replaces the former code of the purpose. */
  put(pool: Pool, owner: CodeOwner, code: NewCode): Promise<void>;
  /**
   * Counts one guess, then hands out what to compare with: `spent` when `limit` guesses were counted within the last
   * hour (the call itself is then not counted), `none` when no live code exists.
   */
  guess(pool: Pool, owner: CodeOwner, purpose: CodePurpose, limit: number): Promise<StoredCode | 'none' | 'spent'>;
  /** Removes a code that was used; false when it was not this one any more. */
  spend(pool: Pool, owner: CodeOwner, purpose: CodePurpose, digest: Uint8Array): Promise<boolean>;
  /** The code that confirmed a registration, for as long as it would have been good; asked for once a guess is counted. */
  findUsed(pool: Pool, owner: CodeOwner): Promise<StoredCode | undefined>;
  /**
   * Counts one call within a sliding hour, by a username, a name that nobody has, or whatever else calls of this budget are
   * counted by; `spent` calls are not counted.
   */
  take(pool: Pool, name: string, budget: Budget, limit: number): Promise<'taken' | 'spent'>;
}

export type Budget =
  | 'resend-sign-up'
  | 'send-attribute-code'
  | 'forgot-password'
  | 'change-password'
  /** Of a first factor: anybody may ask for one. */
  | 'sign-in-code'
  | 'second-factor-code'
  /** By address and requester. */
  | 'second-factor-mail';
