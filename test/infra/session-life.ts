/** What comes of signing in: sessions that are tracked, looked at and ended, and tokens of applications. */
import {
  type ExplicitAuthFlowsType,
  GetClientTokenCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect } from 'vitest';
import { tracking } from '../support/client-sessions.ts';
import { readAndWrite, serversOf } from '../support/resource-servers.ts';
import { idsIn, userSessionsOf } from '../support/user-sessions.ts';
import { liveIn, type Town } from './sign-in-place.ts';

/** Of five sessions, three at once are too many: each of the ways ends one, and the last one goes with the pool. */
export const endSessions = (town: Town): Promise<void> =>
  liveIn(town, {}, async ({ client, pool, app, aUser, signIn }) => {
    await tracking({ client }, pool, 'ENABLED', 2);
    await aUser(pool, { username: 'ada' });
    const { list, revoke, adminList, adminRevoke } = userSessionsOf({ client }, pool);
    const [, second, third] = [await signIn.tokens('ada'), await signIn.tokens('ada'), await signIn.tokens('ada')];
    await signIn.refresh(third.refresh);
    const [newest, eldest, ...others] = idsIn(await list(third.access));
    expect(others).toEqual([]);
    await revoke(third.access, eldest);
    expect(idsIn(await adminList('ada'))).toEqual([newest]);
    await expect(list(second.access)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await adminRevoke('ada', newest);
    const { refresh: Token } = await signIn.tokens('ada');
    await client.send(new RevokeTokenCommand({ ClientId: app.id, Token }));
    expect(await adminList('ada')).toEqual([]);
    await signIn.tokens('ada');
  });

// The SDK's list of flows does not have it yet.
const forApplications = ['ALLOW_CLIENT_TOKEN_AUTH' as ExplicitAuthFlowsType];

export const actForApplications = (town: Town): Promise<void> =>
  liveIn(town, {}, async ({ client, pool, aClient }) => {
    await serversOf({ client }, pool).create('shop', { Scopes: readAndWrite });
    const { id: ClientId, ClientSecret: Secret } = await aClient(pool, {
      GenerateSecret: true,
      ExplicitAuthFlows: forApplications,
      AllowedOAuthScopes: ['shop/read', 'shop/write'],
    });
    const asked = new GetClientTokenCommand({ ClientId, Secret, Scopes: ['shop/read'] });
    const { ClientAuthenticationResult } = await client.send(asked);
    expect(ClientAuthenticationResult?.AccessToken).toBeDefined();
  });
