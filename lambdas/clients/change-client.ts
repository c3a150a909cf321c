/** Reads, decides and writes one client, and decides again when somebody else wrote in between. */
import { clientBeingChanged, type Refusal } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { requirePool } from '../core/rules/configuration.ts';
import { requireStoredClient } from '../core/rules/stored-clients.ts';
import { unlessLost } from '../core/rules/unless-lost.ts';

/**
 * The client as saved. `decide` is given the pool as well, which may have changed or gone just like the client.
 * `lost` is for operations that declare no ConcurrentModificationException.
 */
export async function changeClient(
  ports: Pick<Ports, 'pools' | 'clients'>,
  poolId: string,
  clientId: string,
  decide: (client: Client, pool: Pool) => Client | Promise<Client>,
  lost: () => Refusal = clientBeingChanged,
): Promise<Client> {
  return unlessLost(async () => {
    const pool = await requirePool(ports, poolId);
    const client = await requireStoredClient(ports, pool, clientId);
    const after = await decide(client, pool);
    const outcome = await ports.clients.save(client, after);
    return outcome === 'saved' ? { ...after, version: client.version + 1 } : 'lost';
  }, lost);
}
