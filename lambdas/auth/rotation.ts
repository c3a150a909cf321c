/** Refreshes for GetTokensFromRefreshToken: with a new refresh token each time where the client asks for rotation. */
import { refreshTokenReused, refreshTokenRevoked } from '../core/contract/errors.ts';
import type { Client } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import type { RefreshGrant } from '../core/model/session.ts';
import type { Ports } from '../core/ports/index.ts';
import { isRotating } from '../core/rules/auth-flows.ts';
import { retryGracePeriod } from '../core/rules/client-settings.ts';
import { familyEnd, type IssuedTokens, issueTokens, issueWithRefreshToken } from '../core/rules/tokens.ts';
import { requireRefreshable } from './refreshing.ts';

export const refreshPorts = [
  'clients',
  'users',
  'groups',
  'families',
  'signer',
  'sealer',
  'settings',
  'clock',
  'random',
] as const satisfies readonly (keyof Ports)[];

type RefreshPorts = Pick<Ports, (typeof refreshPorts)[number]>;

export async function refresh(ports: RefreshPorts, pool: Pool, client: Client, token: string): Promise<IssuedTokens> {
  const { user, groups, grant } = await requireRefreshable(ports, pool, client, token, refreshTokenReused);
  const holder = { pool, client, user, groups };
  if (!isRotating(client.settings)) return issueTokens(ports, holder, grant);
  return issueWithRefreshToken(ports, holder, await rotated(ports, pool, client, grant));
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
