/** A resource server as the table has it. */
import { resourceServerNotFound } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { ResourceServer } from '../core/model/resource-server.ts';
import type { Ports } from '../core/ports/index.ts';

export async function requireResourceServer(
  { resourceServers }: Pick<Ports, 'resourceServers'>,
  pool: Pool,
  identifier: string,
): Promise<ResourceServer> {
  const server = await resourceServers.find(pool.id, identifier);
  if (!server) throw resourceServerNotFound(identifier);
  return server;
}
