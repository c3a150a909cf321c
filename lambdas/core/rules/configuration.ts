/** The pool and the client that a request names. */
import { clientNotFound, poolNotFound } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { Ports } from '../ports/index.ts';

export interface Configuration {
  readonly pool: Pool;
  readonly client: Client;
}

export async function requirePool({ pools }: Pick<Ports, 'pools'>, poolId: string): Promise<Pool> {
  const pool = await pools.find(poolId);
  if (!pool) throw poolNotFound(poolId);
  return pool;
}

/** For operations that name a client alone. */
export async function requireClient({ clients }: Pick<Ports, 'clients'>, clientId: string): Promise<Configuration> {
  const found = await clients.find(clientId);
  if (!found) throw clientNotFound(clientId);
  return found;
}

/** For operations that name both: a client of another pool does not exist here. */
export async function requireClientOf(
  ports: Pick<Ports, 'pools' | 'clients'>,
  poolId: string,
  clientId: string,
): Promise<Configuration> {
  const pool = await requirePool(ports, poolId);
  const found = await ports.clients.find(clientId);
  if (found?.client.poolId !== poolId) throw clientNotFound(clientId);
  return { pool, client: found.client };
}
