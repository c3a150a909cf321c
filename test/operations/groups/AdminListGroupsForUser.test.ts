import { AdminDeleteUserCommand, paginateAdminListGroupsForUser } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aRole, everyPage, groupNamesIn, groupsOf } from '../../support/groups.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

/** With a precedence each, and the user in all of them. */
async function aMember(precedences: Readonly<Record<string, number | undefined>> = {}) {
  const service = await startService();
  const pool = await service.aPool();
  const groups = groupsOf(service, pool);
  const user = await service.aUser(pool, { username: 'ada' });
  for (const [name, Precedence] of Object.entries(precedences)) {
    await groups.create(name, { ...(Precedence !== undefined && { Precedence }) });
    await groups.join(name, 'ada');
  }
  return { service, pool, user, ...groups };
}

const badToken = 'InvalidParameterException: Invalid pagination token provided.';

describe('AdminListGroupsForUser', () => {
  test('shows groups as GetGroup does, by precedence, then by name, those without one last', async () => {
    const { ofUser, get } = await aMember({ z: undefined, b: 3, a: 3, first: 0, y: undefined, last: 2 ** 31 - 1 });
    const names = ['first', 'a', 'b', 'last', 'y', 'z'];
    const { Groups, NextToken } = await ofUser('ada');
    expect({ Groups, NextToken }).toEqual({ Groups: await Promise.all(names.map(get)), NextToken: undefined });
  });

  test('shows groups as they are by now', async () => {
    const { ofUser, update } = await aMember({ a: 1, b: 2 });
    const changed = await update('b', { Precedence: 0, Description: 'new', RoleArn: aRole('b') });
    const { Groups = [] } = await ofUser('ada');
    expect([Groups[0], groupNamesIn({ Groups })]).toEqual([changed, ['b', 'a']]);
  });

  test('is empty for a user in no group, and has those of the user alone', async () => {
    const { service, pool, ofUser, user, join } = await aMember({ a: 1, b: 2 });
    await service.aUser(pool, { username: 'ben' });
    const { Groups, NextToken } = await ofUser('ben');
    expect({ Groups, NextToken }).toEqual({ Groups: [], NextToken: undefined });
    await join('b', 'ben');
    expect(groupNamesIn(await ofUser('ben'))).toEqual(['b']);
    expect(groupNamesIn(await ofUser(user.sub))).toEqual(['a', 'b']);
  });

  test('goes through all groups once, page by page', async () => {
    const { service, pool, ofUser } = await aMember({ a: 5, b: 4, c: 3, d: 2, e: 1 });
    const pages = await everyPage((NextToken) => ofUser('ada', { Limit: 2, NextToken }));
    expect(pages.map(groupNamesIn)).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    const paged: string[] = [];
    const [asked, { client }] = [{ UserPoolId: pool.id, Username: 'ada' }, service];
    for await (const page of paginateAdminListGroupsForUser({ client, pageSize: 2 }, asked)) {
      paged.push(...groupNamesIn(page));
    }
    expect(paged).toEqual(['e', 'd', 'c', 'b', 'a']);
  });

  test('has sixty groups on a page unless it is asked for fewer', async () => {
    const groups = Object.fromEntries(Array.from({ length: 61 }, (_, index) => [`group-${index}`, index]));
    const { ofUser } = await aMember(groups);
    for (const size of [{}, { Limit: 0 }, { Limit: 60 }]) {
      const pages = await everyPage((NextToken) => ofUser('ada', { ...size, NextToken }));
      expect(pages.map(({ Groups }) => Groups?.length)).toEqual([60, 1]);
    }
  });

  test('shows each group once though precedences change, and groups go, while it is read', async () => {
    const { ofUser, update, remove, leave, create, join } = await aMember({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 });
    const first = await ofUser('ada', { Limit: 2 });
    expect(groupNamesIn(first)).toEqual(['a', 'b']);
    // To the other end each, and some away.
    await update('a', { Precedence: 9 });
    await update('f', { Precedence: 0 });
    await remove('b');
    await leave('c', 'ada');
    await create('g', { Precedence: 1 });
    await join('g', 'ada');
    const second = await ofUser('ada', { Limit: 2, NextToken: first.NextToken });
    const third = await ofUser('ada', { Limit: 2, NextToken: second.NextToken });
    expect([second, third].map(groupNamesIn)).toEqual([
      ['f', 'g'],
      ['d', 'e'],
    ]);
    expect(third.NextToken).toBeUndefined();
  });

  test.each([
    [-1, 'greater than or equal to 0'],
    [61, 'less than or equal to 60'],
  ])('refuses a page of %s', async (Limit, bound) => {
    const { ofUser } = await aMember();
    expect(await refused(ofUser('ada', { Limit }))).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
    );
  });

  test('does not know a user or a pool that nobody made', async () => {
    const { service, pool, ofUser } = await aMember({ a: 1 });
    const nobody = 'UserNotFoundException: User does not exist.';
    expect(await refused(ofUser('nobody'))).toBe(nobody);
    expect(await refused(groupsOf(service, await service.aPool()).ofUser('ada'))).toBe(nobody);
    await service.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await refused(ofUser('ada'))).toBe(nobody);
    expect(await refused(groupsOf(service, { id: 'us-east-1_000000000' }).ofUser('ada'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test('has nothing of a former user of the name', async () => {
    const { service, pool, ofUser } = await aMember({ a: 1, b: 2 });
    await service.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await service.aUser(pool, { username: 'ada' });
    expect(groupNamesIn(await ofUser('ada'))).toEqual([]);
  });
});

describe('The token of AdminListGroupsForUser', () => {
  test('is good for less than an hour', async () => {
    const { service, ofUser } = await aMember({ a: 1, b: 2 });
    const { NextToken } = await ofUser('ada', { Limit: 1 });
    service.clock.advance(3_600_000 - 1);
    expect(groupNamesIn(await ofUser('ada', { NextToken }))).toEqual(['b']);
    service.clock.advance(1);
    expect(await refused(ofUser('ada', { NextToken }))).toBe(badToken);
  });

  test('is refused for another user, in another pool, by another list, and once it was changed', async () => {
    const { service, pool, ofUser, list, members } = await aMember({ a: 1, b: 2 });
    await service.aUser(pool, { username: 'ben' });
    const { NextToken = '' } = await ofUser('ada', { Limit: 1 });
    expect(await refused(ofUser('ben', { NextToken }))).toBe(badToken);
    const other = await service.aPool();
    await service.aUser(other, { username: 'ada' });
    expect(await refused(groupsOf(service, other).ofUser('ada', { NextToken }))).toBe(badToken);
    expect(await refused(list({ NextToken }))).toBe(badToken);
    expect(await refused(members('a', { NextToken }))).toBe(badToken);
    expect(await refused(ofUser('ada', { NextToken: `A${NextToken}` }))).toBe(badToken);
  });
});
