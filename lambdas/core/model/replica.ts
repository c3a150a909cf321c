/** A copy of a pool in another region. */
import type { Pool } from './pool.ts';

export interface Replica {
  readonly poolId: string;
  /** Where it is; a pool has one copy in a region. */
  readonly region: string;
  /** What it was last told to be. */
  readonly status: 'ACTIVE' | 'INACTIVE';
  readonly tags: Pool['tags'];
  readonly createdAt: number;
  /** When somebody asked for its end. */
  readonly endedAt?: number | undefined;
  /** By which the line of its pool in the directory is found. */
  readonly pool: Pick<Pool, 'region' | 'createdAt'>;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}
