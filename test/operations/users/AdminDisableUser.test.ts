import {
  AdminDisableUserCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, lookAt, nobody, refusalOfCall, signIn } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

async function administering() {
  const service = await startService();
  const pool = await service.aPool();
  const person = await aPerson(service, pool, { username: 'ada' });
  const disable = (Username: string) =>
    service.client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username }));
  return { ...service, ...person, pool, disable };
}

describe('AdminDisableUser', () => {
  test('ends the sessions and lets nobody in, with the right password alone', async () => {
    const { client, app, token, clock, disable } = await administering();
    const { AuthenticationResult } = await signIn(client, app, { username: 'ada' });
    clock.advance(1);

    expect(bodyOf(await disable('ada'))).toEqual({});
    for (const AccessToken of [token, AuthenticationResult?.AccessToken]) {
      expect(await refusalOfCall(client.send(new GetUserCommand({ AccessToken })))).toMatch(
        /^NotAuthorizedException: /,
      );
    }
    const refresh = new InitiateAuthCommand({
      ClientId: app.id,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? '' },
    });
    expect(await refusalOfCall(client.send(refresh))).toMatch(/^NotAuthorizedException: /);
    expect(await refusalOfCall(signIn(client, app, { username: 'ada' }))).toBe(
      'NotAuthorizedException: User is disabled.',
    );
  });

  test('keeps the state, and lists the user still (pools-and-users 42)', async () => {
    const { client, pool, clock, aUser, disable } = await administering();
    await aUser(pool, { username: 'invited', invited: true });
    clock.advance(5000);
    for (const [name, status] of [
      ['ada', 'CONFIRMED'],
      ['invited', 'FORCE_CHANGE_PASSWORD'],
    ] as const) {
      await disable(name);
      expect(await lookAt(client, pool, name)).toMatchObject({ status, enabled: false });
    }
    const { Users } = await client.send(new ListUsersCommand({ UserPoolId: pool.id }));
    expect(Users?.map(({ Username, Enabled }) => [Username, Enabled])).toEqual([
      ['ada', false],
      ['invited', false],
    ]);
    expect(Users?.[0]?.UserLastModifiedDate).toEqual(new Date(clock.now()));
  });

  test('may be asked for twice, which changes nothing more', async () => {
    const { client, pool, clock, disable } = await administering();
    await disable('ada');
    const list = new ListUsersCommand({ UserPoolId: pool.id });
    const once = bodyOf(await client.send(list));
    clock.advance(5000);
    expect(bodyOf(await disable('ada'))).toEqual({});

    expect(bodyOf(await client.send(list))).toEqual(once);
  });

  test('does not know users and pools that are not there', async () => {
    const { client, disable } = await administering();
    expect(await refusalOfCall(disable('nobody'))).toBe(nobody);
    const elsewhere = new AdminDisableUserCommand({ UserPoolId: 'us-east-1_nobody', Username: 'nobody' });
    expect(await refusalOfCall(client.send(elsewhere))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
