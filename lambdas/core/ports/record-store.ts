/** Keeps records of one kind that belong to a pool: its groups, say, or its resource servers. */
import type { Page, PageRequest } from '../model/page.ts';

export interface PoolRecord {
  readonly poolId: string;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

/** Every change of a record is a change of its pool's configuration. */
export interface RecordStore<T extends PoolRecord> {
  /** Strongly consistent. */
  find(poolId: string, id: string): Promise<T | undefined>;
  /** `full` when its pool has `most` records of the kind already, however many are added side by side. */
  add(record: T, most: number): Promise<'added' | 'taken' | 'full' | 'pool gone'>;
  /** Replaces the very version `before`, whose `poolId` and id stay; `taken` when another record holds what this one wants to. */
  save(before: T, after: T): Promise<'saved' | 'changed' | 'taken'>;
  remove(record: T): Promise<'removed' | 'changed'>;
  /** Strongly consistent, in the order of their ids. */
  list(poolId: string, page: PageRequest): Promise<Page<T>>;
}
