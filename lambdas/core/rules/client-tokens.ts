/** Access tokens that applications get in their own name: which scopes they have, and what they say. */
import { noScopesToGrant, scopeNotGranted } from '../contract/errors.ts';
import type { Client } from '../model/client.ts';
import type { Pool } from '../model/pool.ts';
import type { TokenOverrides } from '../model/token-overrides.ts';
import type { Ports } from '../ports/index.ts';
import { uuid } from './identifiers.ts';
import { scopesBeside } from './scopes.ts';
import { changedAccessToken, requireFew } from './token-overrides.ts';
import { tokenValidity } from './token-validity.ts';
import { issuerOf } from './tokens.ts';

/**
 * What was asked for, or all that the client has when nothing was. Only scopes of resource servers that are still there:
 * all others speak of a user, and there is none.
 */
export async function requireGrantable(
  ports: Pick<Ports, 'resourceServers'>,
  { poolId, id, settings }: Client,
  asked: readonly string[],
): Promise<readonly string[]> {
  const configured = settings.AllowedOAuthScopes ?? [];
  const named = asked.length > 0 ? asked.filter((scope) => configured.includes(scope)) : configured;
  const offered = await scopesBeside(ports, poolId, named);
  const granted = named.filter((scope) => offered.includes(scope));
  const refused = asked.find((scope) => !granted.includes(scope));
  if (refused !== undefined) throw scopeNotGranted(refused);
  if (granted.length === 0) throw noScopesToGrant(id);
  return [...new Set(granted)];
}

/** As `ClientAuthenticationResult` of the API. */
interface ClientToken {
  readonly AccessToken: string;
  readonly ExpiresIn: number;
  readonly TokenType: 'Bearer';
}

export interface ClientTokenIssue {
  readonly pool: Pool;
  readonly client: Client;
  readonly scopes: readonly string[];
  /** What the pool's function has changed, where it has one. */
  readonly overrides?: TokenOverrides | undefined;
}

/** The client stands in the place of the user; without a `username` the token is refused wherever one acts for a user. */
export async function issueClientToken(
  { signer, settings, clock, random }: Pick<Ports, 'signer' | 'settings' | 'clock' | 'random'>,
  { pool, client, scopes, overrides }: ClientTokenIssue,
): Promise<ClientToken> {
  const { accessToken: ExpiresIn } = tokenValidity(client.settings);
  const now = Math.floor(clock.now() / 1000);
  const claims = {
    sub: client.id,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: now,
    iss: issuerOf(settings, pool),
    exp: now + ExpiresIn,
    iat: now,
    version: 2,
    jti: uuid(random),
    client_id: client.id,
  };
  const said = overrides ? changedAccessToken(claims, overrides, client.id) : claims;
  if (overrides) requireFew([said]);
  const AccessToken = await signer.sign(pool.id, 'access', said);
  return { AccessToken, ExpiresIn, TokenType: 'Bearer' };
}
