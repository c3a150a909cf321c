import {
  AdminUserGlobalSignOutCommand,
  GetUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, nobody, refusalOfCall, signIn, tokenOf } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

describe('AdminUserGlobalSignOut', () => {
  test('ends every session of the user, and of nobody else (auth-flows 44)', async () => {
    const service = await startService();
    const { client, clock } = service;
    const pool = await service.aPool();
    const { app, token } = await aPerson(service, pool, { username: 'ada' });
    const { AuthenticationResult } = await signIn(client, app, { username: 'ada' });
    const bob = await aPerson(service, pool, { username: 'bob', app });
    clock.advance(1);
    const signOut = new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' });

    expect(bodyOf(await client.send(signOut))).toEqual({});
    for (const AccessToken of [token, AuthenticationResult?.AccessToken]) {
      expect(await refusalOfCall(client.send(new GetUserCommand({ AccessToken })))).toBe(
        'NotAuthorizedException: Access Token has been revoked',
      );
    }
    const refresh = new InitiateAuthCommand({
      ClientId: app.id,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
    });
    expect(await refusalOfCall(client.send(refresh))).toBe('NotAuthorizedException: Refresh Token has been revoked');
    expect((await client.send(new GetUserCommand({ AccessToken: bob.token }))).Username).toBe('bob');
    clock.advance(1);
    const AccessToken = await tokenOf(client, app, { username: 'ada' });
    expect((await client.send(new GetUserCommand({ AccessToken }))).Username).toBe('ada');
  });

  test('does not know users and pools that are not there', async () => {
    const service = await startService();
    const pool = await service.aPool();
    const signOut = (UserPoolId: string) =>
      refusalOfCall(service.client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: 'nobody' })));

    expect(await signOut(pool.id)).toBe(nobody);
    expect(await signOut('us-east-1_nobody')).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
