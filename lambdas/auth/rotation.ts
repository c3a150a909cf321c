/** Refreshes for GetTokensFromRefreshToken: with a new refresh token each time where the client asks for rotation. */
import { refreshTokenReused, refreshTokenRevoked } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import type { RefreshGrant } from '../core/model/session.ts';
import type { Ports } from '../core/ports/index.ts';
import { isRotating } from '../core/rules/auth-flows.ts';
import { retryGracePeriod } from '../core/rules/client-settings.ts';
import { familyEnd, type IssuedTokens, issueTokens, issueWithRefreshToken, tokenClaims } from '../core/rules/tokens.ts';
import type { ClientMetadata } from '../core/triggers/event.ts';
import { type Presented, requireRefreshable } from './refreshing.ts';
import { touchSession } from './session-tracking.ts';
import { overrideRefresh } from './token-overrides.ts';

export const refreshPorts = [
  'clients',
  'users',
  'groups',
  'families',
  'devices',
  'userSessions',
  'triggers',
  'notices',
  'signer',
  'sealer',
  'settings',
  'clock',
  'random',
] as const satisfies readonly (keyof Ports)[];

type RefreshPorts = Pick<Ports, (typeof refreshPorts)[number]>;

export interface Refresh extends Presented {
  readonly pool: Pool;
  readonly client: Client;
  readonly sourceIp: string;
  readonly clientMetadata?: ClientMetadata | undefined;
}

export async function refresh(
  ports: RefreshPorts,
  { pool, client, sourceIp, clientMetadata, ...presented }: Refresh,
): Promise<IssuedTokens> {
  const { user, groups, grant } = await requireRefreshable(ports, pool, client, presented, refreshTokenReused);
  const overrides = await overrideRefresh(ports, { pool, client }, { user, groups }, clientMetadata);
  const holder = { pool, client, user, groups, overrides };
  const claims = tokenClaims(ports, holder, grant);
  const next = isRotating(client.settings) ? await rotated(ports, pool, client, grant) : undefined;
  await touchSession(ports, { pool, client, sourceIp }, grant);
  return next ? issueWithRefreshToken(ports, holder, claims, next) : issueTokens(ports, holder, claims);
}

/** A repetition within the grace period gets a sibling of the same generation: the first answer may have been lost. */
async function rotated(
  { families }: RefreshPorts,
  pool: Pool,
  client: Client,
  grant: RefreshGrant,
): Promise<RefreshGrant> {
  const outcome = await families.rotate(pool, grant.username, grant.originJti, {
    generation: grant.generation,
    grace: retryGracePeriod(client),
    expiresAt: familyEnd(grant),
  });
  if (outcome === 'reused') throw refreshTokenReused();
  if (outcome === 'revoked') throw refreshTokenRevoked();
  return { ...grant, generation: grant.generation + 1 };
}
