/** An application ends a session by its refresh token. */
import { anyone } from '../../core/contract/callers.ts';
import {
  revocationDisabled,
  tokenOfAnotherClient,
  tokenTypeUnsupported,
  tokenUnreadable,
} from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret } from '../../core/contract/shapes/identifiers.ts';
import { revokeAssociatedSessions, tokenString } from '../../core/contract/shapes/sessions.ts';
import type { Client } from '../../core/model/client.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { RefreshGrant } from '../../core/model/session.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import { requireClientSecret } from '../../core/rules/client-secrets.ts';
import { isRevocable } from '../../core/rules/client-settings.ts';
import { openRefreshToken } from '../../core/rules/refresh-tokens.ts';
import { familyEnd } from '../../core/rules/tokens.ts';
import { forgetSession } from '../../core/rules/user-sessions.ts';
import { revokeGaps } from '../gaps.ts';

export const RevokeToken = operation({
  name: 'RevokeToken',
  caller: anyone(),
  input: s.structure({
    Token: tokenString,
    ClientId: clientId,
    ClientSecret: s.optional(clientSecret),
    RevokeAssociatedSessions: s.optional(revokeAssociatedSessions),
  }),
  output: s.structure({}),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'OperationNotEnabledException',
    'TooManyRequestsException',
    'UnauthorizedException',
    'UnsupportedOperationException',
    'UnsupportedTokenTypeException',
  ],
  uses: ['clients', 'families', 'userSessions', 'sealer'],
  gaps: revokeGaps,

  async handle(input, ports) {
    const found = await ports.clients.find(input.ClientId);
    // The operation declares no other error for a client that is not there.
    if (!found) throw tokenOfAnotherClient();
    const { pool, client } = found;
    requireClientSecret(client, input.ClientSecret, 'UnauthorizedException');
    if (!isRevocable(client)) throw revocationDisabled();
    const grant = await requireOwnGrant(ports.sealer, pool, client, input.Token);
    await ports.families.revoke(pool, grant.username, grant.originJti, familyEnd(grant));
    await forgetSession(ports, pool, grant);
    return {};
  },
});

async function requireOwnGrant(sealer: Sealer, pool: Pool, client: Client, token: string): Promise<RefreshGrant> {
  if (isJwt(token)) throw tokenTypeUnsupported();
  const grant = await openRefreshToken(sealer, pool, token);
  if (!grant) throw tokenUnreadable();
  if (grant.clientId !== client.id) throw tokenOfAnotherClient();
  return grant;
}

/** Access and ID tokens have three parts; ours for refreshing have one. */
const isJwt = (token: string): boolean => token.split('.').length === 3;
