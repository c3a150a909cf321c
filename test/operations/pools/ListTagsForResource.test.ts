import {
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  ListTagsForResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { refused } from '../../support/refused.ts';
import { aTaggedPool, foreignArns, invalidArn, tagging } from '../../support/tagged-pools.ts';

describe('ListTagsForResource', () => {
  test('shows an empty map where there are no tags', async () => {
    const { service, arn } = await aTaggedPool();
    const { status, body } = await service.call('ListTagsForResource', { ResourceArn: arn });
    expect([status, body]).toEqual([200, '{"Tags":{}}']);
  });

  test('shows the tags of a creation, of an update and of a tagger alike (pools-and-users 22)', async () => {
    const { service, pool, tag, untag, list, look } = await aTaggedPool({ team: 'shop' });
    const { client } = service;
    const shown = async () => {
      const listed = await list();
      expect((await look())?.UserPoolTags).toEqual(listed);
      return listed;
    };
    expect(pool.UserPoolTags).toEqual({ team: 'shop' });
    expect(await shown()).toEqual({ team: 'shop' });
    await tag({ cost: '7' });
    expect(await shown()).toEqual({ team: 'shop', cost: '7' });
    await client.send(new UpdateUserPoolCommand({ UserPoolId: pool.id, UserPoolTags: { stage: 'test' } }));
    expect(await shown()).toEqual({ stage: 'test' });
    await tag({ team: 'web' });
    await untag('stage');
    expect(await shown()).toEqual({ team: 'web' });
    await client.send(new UpdateUserPoolCommand({ UserPoolId: pool.id }));
    expect(await shown()).toEqual({});
  });

  test('shows the tags of its own pool alone', async () => {
    const { service, list } = await aTaggedPool({ team: 'shop' });
    const other = await service.aPool({ UserPoolTags: { team: 'web' } });
    await tagging(service, other).tag({ cost: '7' });
    expect(await list()).toEqual({ team: 'shop' });
  });

  test('shows what another process has just changed', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool({ UserPoolTags: { team: 'shop' } });
    expect(await tagging(there, pool).list()).toEqual({ team: 'shop' });
    await tagging(here, pool).tag({ team: 'web' });
    expect(await tagging(there, pool).list()).toEqual({ team: 'web' });
  });

  test('knows a pool by its very ARN, in its own region (pools-and-users 22)', async () => {
    const { service, pool, arn } = await aTaggedPool({ team: 'shop' });
    const listAt = (ResourceArn: string, client = service.client) =>
      refused(client.send(new ListTagsForResourceCommand({ ResourceArn })));
    for (const [what, foreign] of foreignArns(arn)) {
      const told = await listAt(foreign);
      if (!told.includes('validation error')) expect(told, what).toBe(invalidArn);
    }
    expect(await listAt(arn, service.clientFor('eu-west-1'))).toBe(invalidArn);
    const gone = `ResourceNotFoundException: User pool ${pool.id} does not exist.`;
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await listAt(arn)).toBe(gone);
    expect(await refused(service.client.send(new DescribeUserPoolCommand({ UserPoolId: pool.id })))).toBe(gone);
  });
});
