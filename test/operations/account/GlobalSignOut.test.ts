import { GetUserCommand, GlobalSignOutCommand, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, refusalOfCall, signIn, tokenOf } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

const revoked = 'NotAuthorizedException: Access Token has been revoked';

describe('GlobalSignOut', () => {
  test('ends every session of the user, and of nobody else (auth-flows 44)', async () => {
    const service = await startService();
    const { client, clock, aClient } = service;
    const pool = await service.aPool();
    const { app, token } = await aPerson(service, pool, { username: 'ada' });
    const other = await aClient(pool, { EnableTokenRevocation: false });
    const { AuthenticationResult: elsewhere } = await signIn(client, other, { username: 'ada' });
    const { token: tokenOfBob } = await aPerson(service, pool, { username: 'bob', app });
    clock.advance(1);

    expect(bodyOf(await client.send(new GlobalSignOutCommand({ AccessToken: token })))).toEqual({});
    for (const AccessToken of [token, elsewhere?.AccessToken]) {
      expect(await refusalOfCall(client.send(new GetUserCommand({ AccessToken })))).toBe(revoked);
      expect(await refusalOfCall(client.send(new GlobalSignOutCommand({ AccessToken })))).toBe(revoked);
    }
    const refresh = new InitiateAuthCommand({
      ClientId: other.id,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: elsewhere?.RefreshToken ?? '' },
    });
    expect(await refusalOfCall(client.send(refresh))).toBe('NotAuthorizedException: Refresh Token has been revoked');
    expect((await client.send(new GetUserCommand({ AccessToken: tokenOfBob }))).Username).toBe('bob');
  });

  test('stands in nobody’s way who signs in within the same second (auth-flows 44)', async () => {
    const service = await startService();
    const { client, clock } = service;
    const { app, token } = await aPerson(service, await service.aPool(), { username: 'ada' });
    await client.send(new GlobalSignOutCommand({ AccessToken: token }));
    clock.advance(1);

    const AccessToken = await tokenOf(client, app, { username: 'ada' });
    expect((await client.send(new GetUserCommand({ AccessToken }))).Username).toBe('ada');
  });

  test('stands in nobody’s way who signs in within the same millisecond', async () => {
    const service = await startService();
    const { client } = service;
    const { app, token } = await aPerson(service, await service.aPool(), { username: 'ada' });
    await client.send(new GlobalSignOutCommand({ AccessToken: token }));

    const AccessToken = await tokenOf(client, app, { username: 'ada' });
    expect((await client.send(new GetUserCommand({ AccessToken }))).Username).toBe('ada');
    await client.send(new GlobalSignOutCommand({ AccessToken }));
    expect(await refusalOfCall(client.send(new GetUserCommand({ AccessToken })))).toBe(revoked);
  });
});
