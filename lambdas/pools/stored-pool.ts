/** A pool as the table has it, for operations that show or change it. */
import { poolNotFound } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';

export async function requireStoredPool({ pools }: Pick<Ports, 'pools'>, poolId: string): Promise<Pool> {
  const pool = await pools.read(poolId);
  if (!pool) throw poolNotFound(poolId);
  return pool;
}
