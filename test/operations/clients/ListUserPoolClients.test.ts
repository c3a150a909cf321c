import {
  DeleteUserPoolClientCommand,
  ListUserPoolClientsCommand,
  type ListUserPoolClientsCommandInput,
  type ListUserPoolClientsCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { refused } from '../../support/refused.ts';
import { serversOf } from '../../support/resource-servers.ts';
import { startService } from '../../support/start-service.ts';

async function aPoolWithClients(...names: readonly string[]) {
  const service = await startService();
  const pool = await service.aPool();
  const apps = await Promise.all(
    names.map((ClientName) => service.aClient(pool, { ClientName, GenerateSecret: true })),
  );
  const list = (page: Partial<ListUserPoolClientsCommandInput> = {}) =>
    service.client.send(new ListUserPoolClientsCommand({ UserPoolId: pool.id, ...page }));
  return { service, pool, apps, list };
}

const namesIn = ({ UserPoolClients = [] }: ListUserPoolClientsCommandOutput) =>
  UserPoolClients.map(({ ClientName = '' }) => ClientName);

const badToken = 'InvalidParameterException: Invalid pagination token provided.';

describe('ListUserPoolClients', () => {
  test('shows three members of a client, and never a secret (pools-and-users 24)', async () => {
    const { service, pool, apps } = await aPoolWithClients('web', 'server');
    const answer = await service.call('ListUserPoolClients', { UserPoolId: pool.id });
    const { UserPoolClients } = answer.json as { UserPoolClients: readonly { ClientName: string }[] };
    expect(UserPoolClients.toSorted((one, other) => (one.ClientName < other.ClientName ? -1 : 1))).toEqual(
      apps.toReversed().map(({ id, ClientName }) => ({ ClientId: id, ClientName, UserPoolId: pool.id })),
    );
    for (const { ClientSecret = '' } of apps) expect(answer.body).not.toContain(ClientSecret);
  });

  test('is empty in a pool without clients', async () => {
    const { list } = await aPoolWithClients();
    const { UserPoolClients, NextToken } = await list();
    expect({ UserPoolClients, NextToken }).toEqual({ UserPoolClients: [], NextToken: undefined });
  });

  test('has the clients of its own pool alone', async () => {
    const { service, list } = await aPoolWithClients('here');
    await service.aClient(await service.aPool(), { ClientName: 'there' });
    expect(namesIn(await list())).toEqual(['here']);
  });

  test('goes through all clients once, page by page (pools-and-users 56)', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const { list } = await aPoolWithClients(...names);
    const first = await list({ MaxResults: 2 });
    const second = await list({ MaxResults: 2, NextToken: first.NextToken });
    const third = await list({ MaxResults: 2, NextToken: second.NextToken });
    expect([first, second, third].map((page) => namesIn(page).length)).toEqual([2, 2, 1]);
    expect([first, second, third].flatMap(namesIn).toSorted()).toEqual(names);
    expect(third).not.toHaveProperty('NextToken');
  });

  test('has sixty clients on a page unless it is told otherwise (pools-and-users 56)', async () => {
    const { list } = await aPoolWithClients(...Array.from({ length: 61 }, (_, index) => `client ${index}`));
    const first = await list();
    expect(first.UserPoolClients).toHaveLength(60);
    expect((await list({ NextToken: first.NextToken })).UserPoolClients).toHaveLength(1);
  });

  test('neither loops nor skips when clients come and go while it is read (pools-and-users 56)', async () => {
    const { service, pool, list } = await aPoolWithClients('a', 'b', 'c', 'd');
    const all = namesIn(await list());
    const first = await list({ MaxResults: 2 });
    for (const { ClientId } of first.UserPoolClients ?? []) {
      await service.client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId }));
    }
    expect(namesIn(await list({ MaxResults: 2, NextToken: first.NextToken }))).toEqual(all.slice(2));
    await Promise.all(Array.from({ length: 5 }, () => service.aClient(pool, { ClientName: 'new' })));
    const rest = namesIn(await list({ NextToken: first.NextToken }));
    expect(rest.filter((name) => name !== 'new')).toEqual(all.slice(2));
  });

  test('tells clients that registered by themselves, of which there are none, from the others', async () => {
    const { list } = await aPoolWithClients('a', 'b');
    expect(namesIn(await list({ ClientType: 'DCR' }))).toEqual([]);
    const first = await list({ ClientType: 'REGULAR', MaxResults: 1 });
    const second = await list({ ClientType: 'REGULAR', MaxResults: 1, NextToken: first.NextToken });
    expect([first, second].flatMap(namesIn).toSorted()).toEqual(['a', 'b']);
  });

  test.each([
    [0, 'greater than or equal to 1'],
    [61, 'less than or equal to 60'],
  ])('refuses a page of %s', async (MaxResults, bound) => {
    const { list } = await aPoolWithClients();
    expect(await refused(list({ MaxResults }))).toBe(
      `InvalidParameterException: 1 validation error detected: Value '${MaxResults}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    );
  });

  test('does not know a pool that nobody made', async () => {
    const { list } = await aPoolWithClients();
    expect(await refused(list({ UserPoolId: 'us-east-1_000000000' }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});

describe('The token of ListUserPoolClients (pools-and-users 56)', () => {
  test('is good for less than an hour', async () => {
    const { service, list } = await aPoolWithClients('a', 'b');
    const { NextToken } = await list({ MaxResults: 1 });
    service.clock.advance(3_600_000 - 1);
    expect(await refused(list({ NextToken }))).toBe('nothing is refused');
    service.clock.advance(1);
    expect(await refused(list({ NextToken }))).toBe(badToken);
  });

  test('is refused by another pool, another operation, another choice of clients, and once it was changed', async () => {
    const { service, pool, list } = await aPoolWithClients('a', 'b');
    const { NextToken = '' } = await list({ MaxResults: 1 });
    const { id: UserPoolId } = await service.aPool();
    expect(await refused(list({ UserPoolId, NextToken }))).toBe(badToken);
    for (const ClientType of ['DCR', 'REGULAR'] as const) {
      expect(await refused(list({ ClientType, NextToken }))).toBe(badToken);
    }
    expect(await refused(list({ NextToken: `A${NextToken}` }))).toBe(badToken);
    expect(await refused(serversOf(service, pool).list({ NextToken }))).toBe(badToken);
    expect(await refused(list({ NextToken: 'x'.repeat(131_073) }))).toMatch(/less than or equal to 131072$/);
  });
});
