/** What pools say of the number of their users, and what there really is. */
import type { Tally } from '../model/job.ts';
import type { Cursor } from '../model/page.ts';

export interface UserCounts {
  /** Strongly consistent; undefined once the pool is gone. */
  tally(poolId: string): Promise<Tally | undefined>;
  /** Counts a few thousand users, by an index that may lag behind by `delay` ms. */
  count(
    poolId: string,
    after: Cursor | undefined,
  ): Promise<{ readonly counted: number; readonly next?: Cursor | undefined }>;
  /** How long (ms) it takes until a change is counted for sure. */
  readonly delay: number;
  /** Adds to what the counters say; `changed` when they do not say what was seen any more. */
  correct(poolId: string, seen: Tally, by: number): Promise<'corrected' | 'changed'>;
}
