/** Reads a domain and its pool, decides and writes, and decides again when somebody else wrote in between. */
import { noSuchDomain, poolBeingChanged, poolNotFound } from '../core/contract/errors.ts';
import type { Domain } from '../core/model/domain.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { unlessLost } from '../core/rules/unless-lost.ts';

/** As the table has it: writes rest on its version. */
export async function requireStoredPool({ pools }: Pick<Ports, 'pools'>, poolId: string): Promise<Pool> {
  const pool = await pools.read(poolId);
  if (!pool) throw poolNotFound(poolId);
  return pool;
}

/** `change` is given the domain if it is the pool's, and answers what was made of it, or `changed`. */
export const changeDomain = <T>(
  ports: Pick<Ports, 'pools' | 'domains'>,
  { UserPoolId, Domain: name }: { readonly UserPoolId: string; readonly Domain: string },
  change: (pool: Pool, domain: Domain) => Promise<T | 'changed'>,
): Promise<T> =>
  unlessLost(async () => {
    const pool = await requireStoredPool(ports, UserPoolId);
    const domain = await ports.domains.find(name);
    if (domain?.poolId !== pool.id) throw noSuchDomain();
    const outcome = await change(pool, domain);
    return outcome === 'changed' ? 'lost' : outcome;
  }, poolBeingChanged);
