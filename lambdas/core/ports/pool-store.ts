/** Keeps pools. */
import type { Page, PageRequest } from '../model/page.ts';
import type { ListedPool, Pool } from '../model/pool.ts';

export interface PoolStore {
  /** From the instance's cache, brought up to date by version; use for everything but Describe. */
  find(poolId: string): Promise<Pool | undefined>;
  /** Strongly consistent. */
  read(poolId: string): Promise<Pool | undefined>;
  /** `full` when the account has `most` pools in the region already, however many are added side by side. */
  add(pool: Pool, most?: number): Promise<'added' | 'full'>;
  /** Replaces `before` by `after` in the pool and its directory row; `changed` when another writer came first. */
  save(before: Pool, after: Pool): Promise<'saved' | 'changed'>;
  /**
   * The pool vanishes from every operation at once; a job, written with that, purges its contents. `changed` as long as
   * it has records of copies, too.
   */
  remove(pool: Pool): Promise<'removed' | 'changed'>;
  list(region: string, page: PageRequest): Promise<Page<ListedPool>>;
  /** Sum of the counters; eventually consistent. */
  countUsers(poolId: string): Promise<number>;
}
