import { paginateListGroups } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { everyPage, groupNamesIn, groupsOf } from '../../support/groups.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

async function aPoolWithGroups(...names: readonly string[]) {
  const service = await startService();
  const pool = await service.aPool();
  const groups = groupsOf(service, pool);
  const created = await Promise.all(names.map((name) => groups.create(name)));
  return { service, pool, created, ...groups };
}

const badToken = 'InvalidParameterException: Invalid pagination token provided.';

describe('ListGroups', () => {
  test('shows groups as GetGroup does, in the order of their names whatever their case', async () => {
    const { list, created } = await aPoolWithGroups('C', 'b', 'A', 'd');
    const [c, b, a, d] = created;
    const { Groups, NextToken } = await list();
    expect({ Groups, NextToken }).toEqual({ Groups: [a, b, c, d], NextToken: undefined });
  });

  test('is empty in a pool without groups, and has those of its own pool alone', async () => {
    const { service, list } = await aPoolWithGroups('here');
    const empty = await groupsOf(service, await service.aPool()).list();
    expect({ Groups: empty.Groups, NextToken: empty.NextToken }).toEqual({ Groups: [], NextToken: undefined });
    expect(groupNamesIn(await list())).toEqual(['here']);
  });

  test('goes through all groups once, page by page', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const { service, pool, list } = await aPoolWithGroups(...names);
    const pages = await everyPage((NextToken) => list({ Limit: 2, NextToken }));
    expect(pages.map(groupNamesIn)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    const paged: string[] = [];
    const { client } = service;
    for await (const page of paginateListGroups({ client, pageSize: 2 }, { UserPoolId: pool.id })) {
      paged.push(...groupNamesIn(page));
    }
    expect(paged).toEqual(names);
  });

  test('has sixty groups on a page unless it is asked for fewer', async () => {
    const { list } = await aPoolWithGroups(...Array.from({ length: 61 }, (_, index) => `group-${index}`));
    for (const size of [{}, { Limit: 0 }, { Limit: 60 }]) {
      const pages = await everyPage((NextToken) => list({ ...size, NextToken }));
      expect(pages.map(({ Groups }) => Groups?.length)).toEqual([60, 1]);
    }
  });

  test('neither loops nor skips when groups come and go while it is read', async () => {
    const { list, create, remove } = await aPoolWithGroups('b', 'd', 'f', 'h');
    const first = await list({ Limit: 2 });
    for (const name of groupNamesIn(first)) await remove(name);
    await create('a');
    await create('g');
    expect(groupNamesIn(await list({ Limit: 60, NextToken: first.NextToken }))).toEqual(['f', 'g', 'h']);
  });

  test.each([
    [-1, 'greater than or equal to 0'],
    [61, 'less than or equal to 60'],
  ])('refuses a page of %s', async (Limit, bound) => {
    const { list } = await aPoolWithGroups();
    expect(await refused(list({ Limit }))).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${Limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
    );
  });

  test('does not know a pool that nobody made', async () => {
    const { service } = await aPoolWithGroups();
    expect(await refused(groupsOf(service, { id: 'us-east-1_000000000' }).list())).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});

describe('The token of ListGroups', () => {
  test('is good for less than an hour', async () => {
    const { service, list } = await aPoolWithGroups('a', 'b');
    const { NextToken } = await list({ Limit: 1 });
    service.clock.advance(3_600_000 - 1);
    expect(groupNamesIn(await list({ NextToken }))).toEqual(['b']);
    service.clock.advance(1);
    expect(await refused(list({ NextToken }))).toBe(badToken);
  });

  test('is refused by another pool, by another list, and once it was changed', async () => {
    const { service, pool, list, join, members, ofUser } = await aPoolWithGroups('a', 'b');
    await service.aUser(pool, { username: 'ada' });
    await join('a', 'ada');
    const { NextToken = '' } = await list({ Limit: 1 });
    const other = groupsOf(service, await service.aPool());
    expect(await refused(other.list({ NextToken }))).toBe(badToken);
    expect(await refused(members('a', { NextToken }))).toBe(badToken);
    expect(await refused(ofUser('ada', { NextToken }))).toBe(badToken);
    expect(await refused(list({ NextToken: `A${NextToken}` }))).toBe(badToken);
    expect(await refused(list({ NextToken: 'no token of ours'.replaceAll(' ', '-') }))).toBe(badToken);
  });
});
