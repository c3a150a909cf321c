/** What a pool has of that which the settings of an app client name: scopes of resource servers, identity providers. */
import type { ClientSettings } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Ports } from '../core/ports/index.ts';
import { scopesBeside } from '../core/rules/scopes.ts';
import type { ClientSurroundings } from './app-client-settings.ts';

type Records = Pick<Ports, 'resourceServers' | 'identityProviders'>;

type Names = Pick<ClientSettings, 'AllowedOAuthScopes' | 'SupportedIdentityProviders'>;

/** Reads what is named and nothing else, however much the pool has. */
export async function surroundingsOf(
  ports: Records,
  pool: Pool,
  named: Names,
): Promise<Omit<ClientSurroundings, 'hasSecret'>> {
  const { AllowedOAuthScopes = [], SupportedIdentityProviders = [] } = named;
  const [customScopes, providers] = await Promise.all([
    scopesBeside(ports, pool.id, AllowedOAuthScopes),
    providersOf(ports, pool.id, SupportedIdentityProviders),
  ]);
  return { pool, customScopes, providers };
}

/** Read side by side at a time. */
const batch = 25;

/** The API sets no bound to this list, so the first name without a provider ends the reading: the client is refused. */
async function providersOf({ identityProviders }: Records, poolId: string, asked: readonly string[]) {
  const names = [...new Set(asked)].filter((name) => name !== 'COGNITO');
  const known: string[] = [];
  while (known.length < names.length) {
    const next = names.slice(known.length, known.length + batch);
    const found = await Promise.all(next.map((name) => identityProviders.find(poolId, name)));
    known.push(...next.filter((_, index) => found[index] !== undefined));
    if (found.includes(undefined)) break;
  }
  return known;
}
