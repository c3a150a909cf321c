import { DeleteUserPoolCommand, ListUserPoolReplicasCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { refused } from '../../support/refused.ts';
import { aReplicablePool, replicable, replicating } from '../../support/replicated-pools.ts';

const badToken = 'InvalidParameterException: Invalid pagination token provided.';

/** With so many copies as no real pool has. */
async function aPoolWithReplicas(count: number) {
  const made = await aReplicablePool({ settings: { quotas: { replicasPerPool: count } } });
  const regions = Array.from({ length: count }, (_, index) => `${letters(index)}-west-1`);
  for (const region of regions) await made.copy(region);
  return { ...made, regions: regions.toSorted() };
}

const letters = (index: number): string =>
  `${String.fromCharCode(97 + Math.floor(index / 26))}${String.fromCharCode(97 + (index % 26))}`;

describe('ListUserPoolReplicas', () => {
  test('shows the pool itself first, then its replicas, and no token', async () => {
    const { copy, list } = await aReplicablePool({ settings: { quotas: { replicasPerPool: 3 } } });
    for (const region of ['eu-west-1', 'ap-south-1']) await copy(region);
    const { UserPoolReplicas = [], ...answer } = await list();
    expect(UserPoolReplicas.map(({ RegionName, Role }) => [RegionName, Role])).toEqual([
      ['us-east-1', 'PRIMARY'],
      ['ap-south-1', 'SECONDARY'],
      ['eu-west-1', 'SECONDARY'],
    ]);
    expect(answer).not.toHaveProperty('NextToken');
  });

  test('has the replicas of its own pool alone', async () => {
    const { service, copy } = await aReplicablePool();
    await copy('eu-west-1');
    const other = await service.aPool(replicable);
    expect(await replicating(service, other.id).states()).toEqual(['us-east-1 ACTIVE']);
  });

  test('goes through all of them once, page by page', async () => {
    const { list, regions } = await aPoolWithReplicas(65);
    const first = await list();
    const second = await list(first.NextToken);
    const shown = [first, second].map(({ UserPoolReplicas = [] }) =>
      UserPoolReplicas.map(({ RegionName }) => RegionName),
    );
    expect(shown.map(({ length }) => length)).toEqual([60, 6]);
    expect(shown.flat()).toEqual(['us-east-1', ...regions]);
    expect(second).not.toHaveProperty('NextToken');
  });

  test('refuses the token of another pool, one that was changed, and one of an hour ago', async () => {
    const { service, list } = await aPoolWithReplicas(60);
    const { NextToken = '' } = await list();
    const other = await service.aPool(replicable);
    expect(await refused(replicating(service, other.id).list(NextToken))).toBe(badToken);
    for (const token of [`${NextToken}AAAA`, NextToken.slice(1), 'x'])
      expect(await refused(list(token))).toBe(badToken);
    expect((await list(NextToken)).UserPoolReplicas).toHaveLength(1);
    service.clock.advance(3_600_000);
    expect(await refused(list(NextToken))).toBe(badToken);
  });

  test('does not know a pool that nobody made, that is gone, or that is in another region', async () => {
    const { service, pool, list } = await aReplicablePool();
    const gone = (id: string) => `ResourceNotFoundException: User pool ${id} does not exist.`;
    expect(await refused(replicating(service, 'us-east-1_000000000').list())).toBe(gone('us-east-1_000000000'));
    const abroad = new ListUserPoolReplicasCommand({ UserPoolId: pool.id });
    expect(await refused(service.clientFor('eu-west-1').send(abroad))).toBe(gone(pool.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(list())).toBe(gone(pool.id));
  });
});
