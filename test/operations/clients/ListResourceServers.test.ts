import {
  type ListResourceServersCommandOutput,
  ListUserPoolClientsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bodyOf } from '../../support/people.ts';
import { refused } from '../../support/refused.ts';
import { readAndWrite, serversOf } from '../../support/resource-servers.ts';
import { startService } from '../../support/start-service.ts';

async function aPoolWithServers(...identifiers: readonly string[]) {
  const service = await startService({ settings: { quotas: { resourceServersPerPool: 100 } } });
  const pool = await service.aPool();
  const servers = serversOf(service, pool);
  await Promise.all(identifiers.map((identifier) => servers.create(identifier)));
  return { service, pool, ...servers };
}

const identifiersIn = ({ ResourceServers = [] }: ListResourceServersCommandOutput) =>
  ResourceServers.map(({ Identifier = '' }) => Identifier);

const badToken = 'InvalidParameterException: Invalid pagination token provided.';

describe('ListResourceServers', () => {
  test('shows servers as DescribeResourceServer does, by identifier', async () => {
    const { pool, create, list } = await aPoolWithServers();
    await create('shop', { Scopes: readAndWrite });
    await create('bank', { Name: 'Bank' });
    expect(bodyOf(await list())).toEqual({
      ResourceServers: [
        { UserPoolId: pool.id, Identifier: 'bank', Name: 'Bank' },
        { UserPoolId: pool.id, Identifier: 'shop', Name: 'Shop', Scopes: readAndWrite },
      ],
    });
  });

  test('is empty in a pool without servers, and has those of its own pool alone', async () => {
    const { service, list } = await aPoolWithServers('here');
    const other = await service.aPool();
    expect(bodyOf(await serversOf(service, other).list())).toEqual({ ResourceServers: [] });
    await serversOf(service, other).create('there');
    expect(identifiersIn(await list())).toEqual(['here']);
  });

  test('goes through all servers once, page by page (pools-and-users 56)', async () => {
    const { list } = await aPoolWithServers('a', 'b', 'c', 'd', 'e');
    const first = await list({ MaxResults: 2 });
    const second = await list({ MaxResults: 2, NextToken: first.NextToken });
    const third = await list({ MaxResults: 2, NextToken: second.NextToken });
    expect([first, second, third].map(identifiersIn)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    expect(third).not.toHaveProperty('NextToken');
  });

  test('has fifty servers on a page unless it is told otherwise (pools-and-users 56)', async () => {
    const { list } = await aPoolWithServers(...Array.from({ length: 51 }, (_, index) => `server-${index}`));
    const first = await list();
    expect(first.ResourceServers).toHaveLength(50);
    expect((await list({ NextToken: first.NextToken })).ResourceServers).toHaveLength(1);
    expect((await list({ MaxResults: 50 })).ResourceServers).toHaveLength(50);
  });

  test.each([
    [0, 'greater than or equal to 1'],
    [51, 'less than or equal to 50'],
  ])('refuses a page of %s (pools-and-users 54)', async (MaxResults, bound) => {
    const { list } = await aPoolWithServers();
    expect(await refused(list({ MaxResults }))).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${MaxResults}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    );
  });

  test('neither loops nor skips when servers come and go while it is read (pools-and-users 56)', async () => {
    const { create, remove, list } = await aPoolWithServers('b', 'd', 'f', 'h');
    const first = await list({ MaxResults: 2 });
    await Promise.all([remove('b'), remove('d'), create('a'), create('c')]);
    const second = await list({ MaxResults: 2, NextToken: first.NextToken });
    expect([first, second].map(identifiersIn)).toEqual([
      ['b', 'd'],
      ['f', 'h'],
    ]);
  });

  test('does not know a pool that nobody made', async () => {
    const { list } = await aPoolWithServers();
    expect(await refused(list({ UserPoolId: 'us-east-1_000000000' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});

describe('The token of ListResourceServers (pools-and-users 56)', () => {
  test('is good for less than an hour', async () => {
    const { service, list } = await aPoolWithServers('a', 'b');
    const { NextToken } = await list({ MaxResults: 1 });
    service.clock.advance(3_600_000 - 1);
    expect(await refused(list({ NextToken }))).toBe('nothing is refused');
    service.clock.advance(1);
    expect(await refused(list({ NextToken }))).toBe(badToken);
  });

  test('is refused by another pool and another operation, and once it was changed', async () => {
    const { service, pool, list } = await aPoolWithServers('a', 'b');
    const { NextToken = '' } = await list({ MaxResults: 1 });
    const { id: UserPoolId } = await service.aPool();
    expect(await refused(list({ UserPoolId, NextToken }))).toBe(badToken);
    const clients = new ListUserPoolClientsCommand({ UserPoolId: pool.id, NextToken });
    expect(await refused(service.client.send(clients))).toBe(badToken);
    for (const changed of [`A${NextToken}`, NextToken.slice(1), `${NextToken}=`, 'x']) {
      expect(await refused(list({ NextToken: changed })), changed).toBe(badToken);
    }
    expect(await refused(list({ NextToken: '' }))).toMatch(/'nextToken' failed .* greater than or equal to 1/);
  });
});
