import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
  ListUsersCommand,
  paginateListUsersInGroup,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { newUser } from '../../ports/open-stores.ts';
import { everyPage, groupsOf, usernamesIn } from '../../support/groups.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

async function aGroupOf(...names: readonly string[]) {
  const service = await startService();
  const pool = await service.aPool();
  const groups = groupsOf(service, pool);
  await groups.create('Staff');
  for (const username of names) {
    await service.aUser(pool, { username, attributes: { email: `${username}@example.com` }, invited: true });
    await groups.join('Staff', username);
  }
  const stored = async (): Promise<Parameters<typeof newUser>[0]> => {
    const found = await service.ports.pools.find(pool.id);
    if (!found) throw new Error('The pool is gone.');
    return found;
  };
  return { service, pool, stored, ...groups };
}

const badToken = 'InvalidParameterException: Invalid pagination token provided.';
const noGroup = 'ResourceNotFoundException: Group not found.';

describe('ListUsersInGroup', () => {
  test('shows users as ListUsers does, with all of their attributes', async () => {
    const { service, pool, members } = await aGroupOf('ada', 'ben');
    const { Users: all } = await service.client.send(new ListUsersCommand({ UserPoolId: pool.id }));
    const { Users, NextToken } = await members('staff');
    expect({ Users, NextToken }).toEqual({ Users: all, NextToken: undefined });
    expect(Users).toHaveLength(2);
  });

  test('shows users as they are by now', async () => {
    const { service, pool, members } = await aGroupOf('ada');
    const UserAttributes = [{ Name: 'name', Value: 'Ada Lovelace' }];
    const asked = { UserPoolId: pool.id, Username: 'ada', UserAttributes };
    await service.client.send(new AdminUpdateUserAttributesCommand(asked));
    const { Users: [ada] = [] } = await members('Staff');
    expect(ada?.Attributes).toContainEqual({ Name: 'name', Value: 'Ada Lovelace' });
  });

  test('includes users who are disabled, and those of another identity provider', async () => {
    const { service, pool, stored, members, join } = await aGroupOf('ada', 'ben');
    await service.client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ben' }));
    const current = await stored();
    await service.ports.users.add(current, newUser(current, 'google_1', { status: 'EXTERNAL_PROVIDER' }));
    await join('Staff', 'google_1');
    const { Users = [] } = await members('Staff');
    expect(Users.map(({ Username, Enabled, UserStatus }) => [Username, Enabled, UserStatus])).toEqual([
      ['ada', true, 'FORCE_CHANGE_PASSWORD'],
      ['ben', false, 'FORCE_CHANGE_PASSWORD'],
      ['google_1', true, 'EXTERNAL_PROVIDER'],
    ]);
  });

  test('is empty for a group without members, and has those of the group alone', async () => {
    const { members, create, join } = await aGroupOf('ada', 'ben');
    await create('others');
    const { Users, NextToken } = await members('others');
    expect({ Users, NextToken }).toEqual({ Users: [], NextToken: undefined });
    await join('others', 'ben');
    expect(usernamesIn(await members('others'))).toEqual(['ben']);
  });

  test('leaves out users who are gone, and the next ones of their names', async () => {
    const { service, pool, members } = await aGroupOf('ada', 'ben');
    await service.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await service.aUser(pool, { username: 'ada' });
    expect(usernamesIn(await members('Staff'))).toEqual(['ben']);
  });

  test('goes through all members once, page by page', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const { service, pool, members } = await aGroupOf(...names);
    const pages = await everyPage((NextToken) => members('Staff', { Limit: 2, NextToken }));
    expect(pages.flatMap(usernamesIn)).toEqual(names);
    expect(pages.slice(0, 2).map(usernamesIn)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    const paged: string[] = [];
    const [asked, { client }] = [{ UserPoolId: pool.id, GroupName: 'Staff' }, service];
    for await (const page of paginateListUsersInGroup({ client, pageSize: 2 }, asked)) paged.push(...usernamesIn(page));
    expect(paged).toEqual(names);
  });

  test('has sixty members on a page unless it is asked for fewer', async () => {
    const { service, stored, members } = await aGroupOf();
    const current = await stored();
    const group = await service.ports.groups.find(current.id, 'staff');
    for (let index = 0; index < 61; index++) {
      const user = newUser(current, `user-${index}`);
      await service.ports.users.add(current, user);
      if (group) await service.ports.groups.join(current, group, user, 1);
    }
    for (const size of [{}, { Limit: 0 }, { Limit: 60 }]) {
      const pages = await everyPage((NextToken) => members('Staff', { ...size, NextToken }));
      expect(pages.map(({ Users }) => Users?.length)).toEqual([60, 1]);
    }
  });

  test.each([
    [-1, 'greater than or equal to 0'],
    [61, 'less than or equal to 60'],
  ])('refuses a page of %s', async (Limit, bound) => {
    const { members } = await aGroupOf();
    expect(await refused(members('Staff', { Limit }))).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
    );
  });

  test('does not know a group or a pool that nobody made', async () => {
    const { service, members, remove } = await aGroupOf('ada');
    expect(await refused(members('nobody'))).toBe(noGroup);
    expect(await refused(groupsOf(service, await service.aPool()).members('Staff'))).toBe(noGroup);
    await remove('Staff');
    expect(await refused(members('Staff'))).toBe(noGroup);
    expect(await refused(groupsOf(service, { id: 'us-east-1_000000000' }).members('Staff'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});

describe('ListUsersInGroup while members leave', () => {
  test('shows everybody who stays, once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const { service, pool, members, leave, join } = await aGroupOf(...names);
    const first = await members('Staff', { Limit: 3 });
    // Who was shown, at whom the page ended, and who is yet to come.
    await leave('Staff', 'a');
    await service.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'c' }));
    await leave('Staff', 'e');
    await service.aUser(pool, { username: 'cc', invited: true });
    await join('Staff', 'cc');
    const second = await members('Staff', { Limit: 3, NextToken: first.NextToken });
    await leave('Staff', 'f');
    await leave('Staff', 'g');
    const third = await members('Staff', { Limit: 3, NextToken: second.NextToken });
    expect([first, second, third].map(usernamesIn)).toEqual([['a', 'b', 'c'], ['cc', 'd', 'f'], ['h']]);
    expect(third.NextToken).toBeUndefined();
  });

  test('ends when the group goes', async () => {
    const { members, remove, create } = await aGroupOf('a', 'b');
    const { NextToken } = await members('Staff', { Limit: 1 });
    await remove('Staff');
    expect(await refused(members('Staff', { NextToken }))).toBe(noGroup);
    await create('Staff');
    expect(await refused(members('Staff', { NextToken }))).toBe(badToken);
  });
});

describe('The token of ListUsersInGroup', () => {
  test('is good for less than an hour', async () => {
    const { service, members } = await aGroupOf('a', 'b');
    const { NextToken } = await members('Staff', { Limit: 1 });
    service.clock.advance(3_600_000 - 1);
    expect(usernamesIn(await members('Staff', { NextToken }))).toEqual(['b']);
    service.clock.advance(1);
    expect(await refused(members('Staff', { NextToken }))).toBe(badToken);
  });

  test('is refused for another group, in another pool, by another list, and once it was changed', async () => {
    const { service, members, create, list, ofUser } = await aGroupOf('a', 'b');
    await create('others');
    const { NextToken = '' } = await members('Staff', { Limit: 1 });
    expect(await refused(members('others', { NextToken }))).toBe(badToken);
    const other = groupsOf(service, await service.aPool());
    await other.create('Staff');
    expect(await refused(other.members('Staff', { NextToken }))).toBe(badToken);
    expect(await refused(list({ NextToken }))).toBe(badToken);
    expect(await refused(ofUser('a', { NextToken }))).toBe(badToken);
    expect(await refused(members('Staff', { NextToken: `A${NextToken}` }))).toBe(badToken);
  });
});
