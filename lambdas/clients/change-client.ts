/** Reads, decides and writes one client, and decides again when somebody else wrote in between. */
import { clientBeingChanged } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { requireStoredClient } from './stored-client.ts';

const tries = 5;

/** The client as saved. */
export async function changeClient(
  ports: Pick<Ports, 'clients'>,
  pool: Pool,
  clientId: string,
  decide: (client: Client) => Client,
): Promise<Client> {
  for (let attempt = 0; attempt < tries; attempt++) {
    const client = await requireStoredClient(ports, pool, clientId);
    const after = decide(client);
    if ((await ports.clients.save(client, after)) === 'saved') return after;
  }
  throw clientBeingChanged();
}
