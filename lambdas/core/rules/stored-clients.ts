/** A client as the table has it, for operations that show or change it, or what belongs to it. */
import { clientNotFound } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { Ports } from '../ports/index.ts';

export async function requireStoredClient(
  { clients }: Pick<Ports, 'clients'>,
  pool: Pool,
  clientId: string,
): Promise<Client> {
  const client = await clients.read(pool.id, clientId);
  if (!client) throw clientNotFound(clientId);
  return client;
}
