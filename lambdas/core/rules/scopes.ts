/** The scopes of resource servers, as app clients and tokens name them. */
import type { ResourceServer } from '../model/resource-server.ts';
import type { Ports } from '../ports/index.ts';

/** As clients ask for them: `<identifier>/<scope>`. */
const fullScopes = ({ identifier, scopes }: ResourceServer): readonly string[] =>
  scopes.map(({ ScopeName }) => `${identifier}/${ScopeName}`);

/** Identifiers may hold slashes, names of scopes may not. */
function findServerOf(scope: string): string | undefined {
  const end = scope.lastIndexOf('/');
  return end > 0 ? scope.slice(0, end) : undefined;
}

/** Every scope of the resource servers that these scopes name. Reads those servers and no other. */
export async function scopesBeside(
  { resourceServers }: Pick<Ports, 'resourceServers'>,
  poolId: string,
  named: readonly string[],
): Promise<readonly string[]> {
  const identifiers = new Set(named.flatMap((scope) => findServerOf(scope) ?? []));
  const servers = await Promise.all([...identifiers].map((identifier) => resourceServers.find(poolId, identifier)));
  return servers.flatMap((server) => (server ? fullScopes(server) : []));
}
