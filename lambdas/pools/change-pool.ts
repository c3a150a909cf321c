/** Reads, decides and writes one pool, and decides again when somebody else wrote in between. */
import { poolBeingChanged, poolNotFound } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { requirePoolSize } from './size.ts';

const tries = 5;

/** The pool as saved. */
export async function changePool(
  { pools }: Pick<Ports, 'pools'>,
  poolId: string,
  decide: (pool: Pool) => Pool,
): Promise<Pool> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const pool = await pools.read(poolId);
    if (!pool) throw poolNotFound(poolId);
    const after = decide(pool);
    requirePoolSize(after);
    if ((await pools.save(pool, after)) === 'saved') return after;
  }
  throw poolBeingChanged();
}
