/** Reads, decides and writes one pool, and decides again when somebody else wrote in between. */
import { poolBeingChanged, type Refusal } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { unlessLost } from '../core/rules/unless-lost.ts';
import { requirePoolSize } from './size.ts';
import { requireStoredPool } from './stored-pool.ts';

/** The pool as saved. `lost` is what the operation declares for others having been faster throughout. */
export async function changePool(
  ports: Pick<Ports, 'pools'>,
  poolId: string,
  decide: (pool: Pool) => Pool,
  lost: () => Refusal = poolBeingChanged,
): Promise<Pool> {
  return unlessLost(async () => {
    const pool = await requireStoredPool(ports, poolId);
    const after = decide(pool);
    requirePoolSize(after);
    const outcome = await ports.pools.save(pool, after);
    return outcome === 'saved' ? { ...after, version: pool.version + 1 } : 'lost';
  }, lost);
}
