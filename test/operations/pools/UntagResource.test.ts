import { UntagResourceCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';
import { aTaggedPool, foreignArns, invalidArn } from '../../support/tagged-pools.ts';

describe('UntagResource', () => {
  test('takes tags off, and passes over keys that are not there (pools-and-users 22)', async () => {
    const { service, arn, list, look } = await aTaggedPool({ team: 'shop', cost: '7', stage: 'test' });
    const before = await look();
    const answer = await service.call('UntagResource', { ResourceArn: arn, TagKeys: ['team', 'nobody', 'team'] });
    expect([answer.status, answer.body]).toEqual([200, '{}']);
    expect(await list()).toEqual({ cost: '7', stage: 'test' });
    service.clock.advance(1_000);
    expect(await look()).toEqual({ ...before, UserPoolTags: { cost: '7', stage: 'test' } });
  });

  test('takes off all of them, and none', async () => {
    const { untag, list, look } = await aTaggedPool({ team: 'shop', cost: '7' });
    await untag();
    expect(await list()).toEqual({ team: 'shop', cost: '7' });
    await untag('team', 'cost');
    expect(await list()).toEqual({});
    expect(await look()).toMatchObject({ UserPoolTags: {} });
  });

  test('tells upper from lower case, and no key from one that all objects have', async () => {
    const { untag, list } = await aTaggedPool({ team: 'shop', Team: 'web', constructor: 'x' });
    await untag('TEAM', 'Team', 'toString', '__proto__');
    expect(await list()).toEqual({ team: 'shop', constructor: 'x' });
    await untag('constructor');
    expect(await list()).toEqual({ team: 'shop' });
  });

  test('refuses keys that no tag can have', async () => {
    const { untag } = await aTaggedPool();
    expect(await refused(untag('x'.repeat(129)))).toContain("at 'tagKeys' failed to satisfy constraint");
    expect(await refused(untag(''))).toContain("at 'tagKeys' failed to satisfy constraint");
  });

  test('knows a pool by its very ARN, in its own region (pools-and-users 22)', async () => {
    const { service, arn, list } = await aTaggedPool({ team: 'shop' });
    const untagAt = (ResourceArn: string, client = service.client) =>
      refused(client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['team'] })));
    for (const [what, foreign] of foreignArns(arn)) {
      const told = await untagAt(foreign);
      if (!told.includes('validation error')) expect(told, what).toBe(invalidArn);
    }
    expect(await untagAt(arn, service.clientFor('eu-west-1'))).toBe(invalidArn);
    expect(await untagAt(arn.replace(/userpool\/.*$/, 'userpool/us-east-1_000000000'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await list()).toEqual({ team: 'shop' });
  });

  test('asks for another try when others are always faster', async () => {
    const { service, arn } = await aTaggedPool();
    const pools = { ...service.ports.pools, save: async () => 'changed' as const };
    const slow = await startService({ ports: { pools } });
    const command = new UntagResourceCommand({ ResourceArn: arn, TagKeys: ['a'] });
    expect(await refused(slow.client.send(command))).toBe('TooManyRequestsException: Rate exceeded');
  });
});
