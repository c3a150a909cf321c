/** What is left of somebody who is disabled, and of somebody who is deleted. */
import {
  AdminAddUserToGroupCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminListGroupsForUserCommand,
  CreateGroupCommand,
  DeleteUserCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { lookAt, nobody, refusalOfCall, signIn } from '../support/people.ts';
import { startService } from '../support/start-service.ts';

const attributes = { email: 'fixture@example.com', email_verified: 'true' };
const revoked = 'NotAuthorizedException: Access Token has been revoked';

async function somebody() {
  const service = await startService();
  const { client } = service;
  const pool = await service.aPool({ AliasAttributes: ['email'] });
  const app = await service.aClient(pool);
  const user = await service.aUser(pool, { username: 'ada', attributes });
  const { AuthenticationResult: tokens = {} } = await signIn(client, app, { username: 'ada' });
  service.clock.advance(1);
  const named = { UserPoolId: pool.id, Username: 'ada' };
  return {
    ...service,
    pool,
    app,
    user,
    named,
    getUser: () => refusalOfCall(client.send(new GetUserCommand({ AccessToken: tokens.AccessToken }))),
    refresh: () =>
      refusalOfCall(
        client.send(
          new InitiateAuthCommand({
            ClientId: app.id,
            AuthFlow: 'REFRESH_TOKEN_AUTH',
            AuthParameters: { REFRESH_TOKEN: tokens.RefreshToken ?? '' },
          }),
        ),
      ),
    signInAs: (username: string) => refusalOfCall(signIn(client, app, { username })),
    async listed() {
      const { Users = [] } = await client.send(new ListUsersCommand({ UserPoolId: pool.id }));
      return Users.map(({ Username, Enabled }) => [Username, Enabled]);
    },
    deleteAccount: async () => {
      await client.send(new DeleteUserCommand({ AccessToken: tokens.AccessToken }));
    },
  };
}

test('Somebody who is disabled is listed still, and gets in again once enabled, by signing in (pools-and-users 44)', async () => {
  const { client, clock, named, getUser, refresh, signInAs, listed } = await somebody();
  expect([await getUser(), await refresh(), await signInAs(attributes.email)]).toEqual(
    Array.from({ length: 3 }, () => 'nothing is refused'),
  );
  await client.send(new AdminDisableUserCommand(named));

  expect(await getUser()).toBe(revoked);
  expect(await refresh()).toMatch(/^NotAuthorizedException: /);
  for (const name of ['ada', attributes.email]) {
    expect(await signInAs(name)).toBe('NotAuthorizedException: User is disabled.');
  }
  expect(await listed()).toEqual([['ada', false]]);

  clock.advance(1);
  await client.send(new AdminEnableUserCommand(named));
  expect(await listed()).toEqual([['ada', true]]);
  for (const name of ['ada', attributes.email]) expect(await signInAs(name)).toBe('nothing is refused');
  expect(await getUser()).toBe(revoked);
});

describe('Somebody who is deleted', () => {
  type Somebody = Awaited<ReturnType<typeof somebody>>;

  test.each<[string, (person: Somebody) => Promise<unknown>]>([
    ['an administrator', ({ client, named }) => client.send(new AdminDeleteUserCommand(named))],
    ['themselves', ({ deleteAccount }) => deleteAccount()],
  ])(
    'by %s leaves name, address and groups to the next one, and no token that works (pools-and-users 44)',
    async (_by, remove) => {
      const person = await somebody();
      const { client, pool, user, named, aUser, getUser, refresh, signInAs, listed } = person;
      const group = { UserPoolId: pool.id, GroupName: 'staff' };
      await client.send(new CreateGroupCommand(group));
      await client.send(new AdminAddUserToGroupCommand({ ...named, GroupName: 'staff' }));
      const members = async () =>
        (await client.send(new ListUsersInGroupCommand(group))).Users?.map(({ Username }) => Username);
      expect(await members()).toEqual(['ada']);
      await remove(person);

      expect(await listed()).toEqual([]);
      expect(await members()).toEqual([]);
      expect(await getUser()).toBe(nobody);
      expect(await refresh()).toMatch(/^NotAuthorizedException: /);
      expect(await signInAs(attributes.email)).toBe(nobody);

      const next = await aUser(pool, { username: 'ada', attributes });
      expect(next.sub).not.toBe(user.sub);
      expect((await lookAt(client, pool, attributes.email)).attributes['sub']).toBe(next.sub);
      expect((await client.send(new AdminListGroupsForUserCommand(named))).Groups).toEqual([]);
      expect(await members()).toEqual([]);
      expect(await getUser()).toBe(nobody);
      expect(await refresh()).toMatch(/^NotAuthorizedException: /);
    },
  );
});
