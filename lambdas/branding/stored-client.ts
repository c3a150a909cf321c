/** The client whose pages a request is about. */
import { clientNotFound } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';

/** As the table has it: one that is gone takes along how its pages look. */
export async function requireStoredClient(
  { clients }: Pick<Ports, 'clients'>,
  pool: Pool,
  clientId: string,
): Promise<Client> {
  const client = await clients.read(pool.id, clientId);
  if (!client) throw clientNotFound(clientId);
  return client;
}
