import {
  type CognitoIdentityProviderClient,
  DeleteUserPoolCommand,
  ListUserPoolClientsCommand,
  ListUserPoolsCommand,
  type ListUserPoolsCommandOutput,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { builders } from '../../support/builders.ts';
import { functionArn } from '../../support/every-setting.ts';
import { refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

interface Region {
  readonly service: Service;
  readonly client: CognitoIdentityProviderClient;
  list(MaxResults: number, NextToken?: string): Promise<ListUserPoolsCommandOutput>;
}

/** A list has all pools of a region, so each test has a region of its own. */
async function aRegion(name: string): Promise<Region> {
  const service = await startService();
  const client = service.clientFor(name);
  const list = (MaxResults: number, NextToken?: string) =>
    client.send(new ListUserPoolsCommand({ MaxResults, NextToken }));
  return { service, client, list };
}

/** One after the other, a second apart. */
async function pools({ service, client }: Region, ...names: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const PoolName of names) {
    ids.push((await builders(client).aPool({ PoolName })).id);
    service.clock.advance(1_000);
  }
  return ids;
}

const namesIn = ({ UserPools = [] }: ListUserPoolsCommandOutput) => UserPools.map(({ Name }) => Name);

const badToken = 'InvalidParameterException: Invalid pagination token provided.';

describe('ListUserPools', () => {
  test('shows five members of a pool, and no settings but its functions', async () => {
    const { service, client, list } = await aRegion('list-members');
    const LambdaConfig = { PreTokenGeneration: functionArn('tokens') };
    const pool = await builders(client).aPool({ PoolName: 'shop', LambdaConfig, UserPoolTags: { team: 'shop' } });
    const { UserPools, NextToken } = await list(60);
    expect(UserPools).toEqual([
      {
        Id: pool.id,
        Name: 'shop',
        LambdaConfig: pool.LambdaConfig,
        CreationDate: new Date(service.clock.now()),
        LastModifiedDate: new Date(service.clock.now()),
      },
    ]);
    expect(NextToken).toBeUndefined();
  });

  test('shows a pool as it was changed, at its old place', async () => {
    const region = await aRegion('list-changed');
    const [UserPoolId] = await pools(region, 'first', 'second');
    await region.client.send(new UpdateUserPoolCommand({ UserPoolId, PoolName: 'renamed' }));
    const { UserPools } = await region.list(60);
    expect(UserPools).toMatchObject([
      { Name: 'renamed', LastModifiedDate: new Date(region.service.clock.now()) },
      { Name: 'second' },
    ]);
  });

  test('is empty where there are no pools', async () => {
    const { client } = await aRegion('list-nothing');
    const { UserPools, NextToken } = await client.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    expect({ UserPools, NextToken }).toEqual({ UserPools: [], NextToken: undefined });
  });

  test('has the pools of its own region alone', async () => {
    const [here, there] = [await aRegion('list-here'), await aRegion('list-here-too')];
    await pools(here, 'here');
    await pools(there, 'there');
    expect(namesIn(await here.list(60))).toEqual(['here']);
    expect(namesIn(await there.list(60))).toEqual(['there']);
  });

  test('goes through the pools in the order of their creation, page by page (pools-and-users 22)', async () => {
    const region = await aRegion('list-pages');
    await pools(region, 'e', 'd', 'c', 'b', 'a');
    const first = await region.list(2);
    const second = await region.list(2, first.NextToken);
    const third = await region.list(2, second.NextToken);
    expect([first, second, third].map(namesIn)).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect(third).not.toHaveProperty('NextToken');
  });

  test('may change the size of its pages on the way', async () => {
    const region = await aRegion('list-sizes');
    await pools(region, 'a', 'b', 'c', 'd');
    const first = await region.list(1);
    expect(namesIn(await region.list(60, first.NextToken))).toEqual(['b', 'c', 'd']);
  });

  test('neither loops nor skips when pools go while it is read', async () => {
    const region = await aRegion('list-going');
    const ids = await pools(region, 'a', 'b', 'c', 'd');
    const { NextToken } = await region.list(2);
    for (const UserPoolId of ids.slice(0, 2)) await region.client.send(new DeleteUserPoolCommand({ UserPoolId }));
    expect(namesIn(await region.list(2, NextToken))).toEqual(['c', 'd']);
  });

  test.each([
    [undefined, "Value null at 'maxResults' failed to satisfy constraint: Member must not be null"],
    [0, "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1"],
    [61, "Value '61' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 60"],
  ])('refuses a page of %s (pools-and-users 22)', async (MaxResults, clause) => {
    const { call } = await startService();
    expect((await call('ListUserPools', { MaxResults })).json).toEqual({
      __type: 'InvalidParameterException',
      message: `1 validation error detected: ${clause}`,
    });
  });
});

describe('The token of ListUserPools', () => {
  test('is good for less than an hour', async () => {
    const region = await aRegion('list-hour');
    await pools(region, 'a', 'b');
    const { NextToken } = await region.list(1);
    region.service.clock.advance(3_600_000 - 1);
    expect(namesIn(await region.list(1, NextToken))).toEqual(['b']);
    region.service.clock.advance(1);
    expect(await refused(region.list(1, NextToken))).toBe(badToken);
  });

  test('is refused when anybody has changed it', async () => {
    const region = await aRegion('list-tampered');
    await pools(region, 'a', 'b');
    const { NextToken = '' } = await region.list(1);
    const changed = `${NextToken.slice(0, -1)}${NextToken.endsWith('A') ? 'B' : 'A'}`;
    for (const token of [changed, NextToken.slice(1), `${NextToken}AAAA`, 'x', '__proto__', 'null']) {
      expect(await refused(region.list(1, token))).toBe(badToken);
    }
    expect(await refused(region.list(1, 'two words'))).toMatch(/'nextToken' failed .* regular expression pattern/);
  });

  test('is refused in another region and by another list', async () => {
    const [here, there] = [await aRegion('list-token'), await aRegion('list-token-too')];
    const [UserPoolId] = await pools(here, 'a', 'b');
    const { NextToken } = await here.list(1);
    expect(await refused(there.list(1, NextToken))).toBe(badToken);
    expect(await refused(here.client.send(new ListUserPoolClientsCommand({ UserPoolId, NextToken })))).toBe(badToken);
  });

  test('tells nothing of the pools that it leads to', async () => {
    const region = await aRegion('list-opaque');
    const [first = ''] = await pools(region, 'a', 'b');
    const { NextToken = '' } = await region.list(1);
    expect(Buffer.from(NextToken, 'base64url').toString('latin1')).not.toContain(first);
  });
});
