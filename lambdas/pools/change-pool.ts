/** Reads, decides and writes one pool, and decides again when somebody else wrote in between. */
import { poolBeingChanged } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { requirePoolSize } from './size.ts';
import { requireStoredPool } from './stored-pool.ts';

const tries = 5;

/** The pool as saved. */
export async function changePool(
  ports: Pick<Ports, 'pools'>,
  poolId: string,
  decide: (pool: Pool) => Pool,
): Promise<Pool> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const pool = await requireStoredPool(ports, poolId);
    const after = decide(pool);
    requirePoolSize(after);
    if ((await ports.pools.save(pool, after)) === 'saved') return { ...after, version: pool.version + 1 };
  }
  throw poolBeingChanged();
}
