import {
  DeleteUserPoolCommand,
  TagResourceCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';
import { aTaggedPool, foreignArns, invalidArn } from '../../support/tagged-pools.ts';

const many = (count: number, prefix = 'key') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}-${index}`, '']));

const gone = (id: string) => `ResourceNotFoundException: User pool ${id} does not exist.`;

describe('TagResource', () => {
  test('adds tags, writes over those of the same key, and keeps the others (pools-and-users 22)', async () => {
    const { service, arn, tag, list, look } = await aTaggedPool({ team: 'shop', cost: '7' });
    const before = await look();
    const answer = await service.call('TagResource', { ResourceArn: arn, Tags: { team: 'web', empty: '' } });
    expect([answer.status, answer.body]).toEqual([200, '{}']);
    expect(await list()).toEqual({ team: 'web', cost: '7', empty: '' });
    await tag({ stage: 'test' });
    const tags = { team: 'web', cost: '7', empty: '', stage: 'test' };
    expect(await list()).toEqual(tags);
    service.clock.advance(1_000);
    // Nothing else changes, the date of the last change among it.
    expect(await look()).toEqual({ ...before, UserPoolTags: tags });
  });

  test('changes nothing where there are no tags in the request', async () => {
    const { tag, list } = await aTaggedPool({ team: 'shop' });
    await tag({});
    expect(await list()).toEqual({ team: 'shop' });
  });

  test('takes keys that all objects have, and tells upper from lower case', async () => {
    const { service, arn } = await aTaggedPool({ team: 'a' });
    const tags = '{"__proto__":"1","constructor":"2","Team":"3","größe \u{1F511}":"4"}';
    const { status } = await service.call('TagResource', { ResourceArn: arn, Tags: JSON.parse(tags) });
    expect(status).toBe(200);
    const { body } = await service.call('ListTagsForResource', { ResourceArn: arn });
    expect(JSON.parse(body)).toEqual({ Tags: JSON.parse(`{"team":"a",${tags.slice(1)}`) });
    expect(body).toContain('"__proto__":"1"');
  });

  test.each(['aws:team', 'AWS:team', 'aWs:', 'aws:cloudformation:stack-name'])('refuses the key %s', async (key) => {
    const { tag, list } = await aTaggedPool({ team: 'shop' });
    expect(await refused(tag({ other: 'x', [key]: 'x' }))).toBe(
      `InvalidParameterException: Tag key ${key} is reserved: keys that begin with aws: cannot be set.`,
    );
    expect(await list()).toEqual({ team: 'shop' });
    await tag({ aws: '1', 'my-aws:': '2' });
  });

  test('refuses the fifty-first tag, and writes over one of fifty', async () => {
    const { tag, list } = await aTaggedPool(many(49));
    const tooMany = 'InvalidParameterException: The limit of 50 tags of a user pool would be exceeded.';
    expect(await refused(tag(many(2, 'new')))).toBe(tooMany);
    expect(await list()).toEqual(many(49));
    await tag({ last: 'x' });
    expect(await refused(tag({ other: 'x' }))).toBe(tooMany);
    await tag({ last: 'y', 'key-0': 'z' });
    expect(await list()).toEqual({ ...many(49), 'key-0': 'z', last: 'y' });
  });

  test('has a limit that a deployment can change (pools-and-users 58)', async () => {
    const { service, pool, tag } = await aTaggedPool({ a: '' }, { settings: { quotas: { tagsPerPool: 2 } } });
    await tag({ b: '' });
    const exceeded = 'The limit of 2 tags of a user pool would be exceeded.';
    expect(await refused(tag({ c: '' }))).toBe(`InvalidParameterException: ${exceeded}`);
    const update = new UpdateUserPoolCommand({ UserPoolId: pool.id, UserPoolTags: many(3) });
    expect(await refused(service.client.send(update))).toBe(`InvalidParameterException: ${exceeded}`);
    expect(await refused(service.aPool({ UserPoolTags: many(3) }))).toBe(`LimitExceededException: ${exceeded}`);
  });

  test('refuses more than a pool has room for', async () => {
    const service = await startService();
    const { Arn } = await service.aPool({ DcrConfiguration: { AllowedScopes: Array(3700).fill('x'.repeat(100)) } });
    const Tags = Object.fromEntries(Object.keys(many(50)).map((key) => [key, 'x'.repeat(256)]));
    expect(await refused(service.client.send(new TagResourceCommand({ ResourceArn: Arn, Tags })))).toBe(
      'InvalidParameterException: The settings may take 390000 bytes in all.',
    );
  });

  test.each([
    [{ ['x'.repeat(129)]: '' }, 'Map keys must satisfy constraint: [Member must have length less than or equal to 128'],
    [{ '': '' }, 'Member must have length greater than or equal to 1'],
    [{ x: 'x'.repeat(257) }, "at 'tags.x.member' failed to satisfy constraint: Member must have length less than or"],
  ])('refuses tags that are too long or too short (%#)', async (tags, clause) => {
    const { tag } = await aTaggedPool();
    expect(await refused(tag(tags))).toContain(clause);
    await tag({ ['x'.repeat(128)]: 'x'.repeat(256) });
  });

  test('knows a pool by its very ARN, in its own region (pools-and-users 22)', async () => {
    const { service, arn, list } = await aTaggedPool({ team: 'shop' });
    const tagAt = (ResourceArn: string, client = service.client) =>
      refused(client.send(new TagResourceCommand({ ResourceArn, Tags: { team: 'x' } })));
    for (const [what, foreign] of foreignArns(arn)) {
      const told = await tagAt(foreign);
      // Some are not even ARNs.
      if (!told.includes('validation error')) expect(told, what).toBe(invalidArn);
    }
    expect(await tagAt(arn, service.clientFor('eu-west-1'))).toBe(invalidArn);
    expect(await tagAt('us-east-1_000000000')).toMatch(/'resourceArn' failed .* regular expression pattern/);
    expect(await list()).toEqual({ team: 'shop' });
  });

  test('does not know a pool that nobody made, that is gone, or that cannot be in this region (pools-and-users 22)', async () => {
    const { service, pool, arn, tag } = await aTaggedPool();
    const tagAt = (id: string, region = 'us-east-1') => {
      const ResourceArn = arn.replace(/:us-east-1:(\d+):.*$/, `:${region}:$1:userpool/${id}`);
      return refused(service.clientFor(region).send(new TagResourceCommand({ ResourceArn, Tags: { team: 'x' } })));
    };
    const inOtherLetters = pool.id.replace(/.$/, (last) => (last === last.toUpperCase() ? 'z' : last.toUpperCase()));
    for (const id of ['us-east-1_000000000', inOtherLetters, 'eu-west-1_000000000']) {
      expect(await tagAt(id)).toBe(gone(id));
    }
    expect(await tagAt(pool.id, 'eu-west-1')).toBe(gone(pool.id));
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(tag({ team: 'x' }))).toBe(gone(pool.id));
  });

  test('finds a pool in the region that its creator signed for', async () => {
    const service = await startService();
    const client = service.clientFor('ap-south-1');
    const created = await service.call('CreateUserPool', { PoolName: 'far' }, regionHeader('ap-south-1'));
    const { Arn } = (created.json as { UserPool: { Arn: string } }).UserPool;
    expect(Arn).toContain(':ap-south-1:');
    expect(await refused(client.send(new TagResourceCommand({ ResourceArn: Arn, Tags: { a: 'b' } })))).toBe(
      'nothing is refused',
    );
  });
});

const regionHeader = (region: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260901/${region}/cognito-idp/aws4_request, SignedHeaders=host, Signature=0`,
});

describe('TagResource beside other calls', () => {
  test('loses no tag of another call', async () => {
    for (let round = 0; round < 5; round++) {
      const { tag, untag, list } = await aTaggedPool({ old: 'x', kept: 'y' });
      const told = await outcomes([
        tag({ a: '1', both: 'a' }),
        tag({ b: '2', both: 'b' }),
        tag({ c: '3' }),
        untag('old'),
      ]);
      expect(told).toEqual(['done', 'done', 'done', 'done']);
      const { both, ...others } = (await list()) ?? {};
      expect(others).toEqual({ kept: 'y', a: '1', b: '2', c: '3' });
      expect(['a', 'b']).toContain(both);
    }
  });

  test('keeps to the limit however many calls there are', async () => {
    const { tag, list } = await aTaggedPool({}, { settings: { quotas: { tagsPerPool: 2 } } });
    const told = await outcomes(['a', 'b', 'c', 'd'].map((key) => tag({ [key]: '' })));
    expect(told.filter((each) => each === 'done')).toHaveLength(2);
    expect(Object.keys((await list()) ?? {})).toHaveLength(2);
  });

  test('and an update of the pool leave what one of the two orders leaves', async () => {
    for (let round = 0; round < 5; round++) {
      const { service, pool, tag, look } = await aTaggedPool({ old: 'x' });
      const update = { UserPoolId: pool.id, PoolName: 'renamed', UserPoolTags: { mine: 'y' } };
      const told = await outcomes([tag({ added: 'z' }), service.client.send(new UpdateUserPoolCommand(update))]);
      expect(told).toEqual(['done', 'done']);
      const { Name, UserPoolTags } = (await look()) ?? {};
      expect(Name).toBe('renamed');
      expect([{ mine: 'y' }, { mine: 'y', added: 'z' }]).toContainEqual(UserPoolTags);
    }
  });

  test('leaves nothing in a pool that is gone', async () => {
    for (let round = 0; round < 5; round++) {
      const { service, pool, tag } = await aTaggedPool();
      const remove = service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
      const [removed, tagged] = await outcomes([remove, tag({ late: 'x' })]);
      expect(removed).toBe('done');
      expect(['done', gone(pool.id)]).toContain(tagged);
      expect(await refused(tag({ late: 'x' }))).toBe(gone(pool.id));
    }
  });

  test('asks for another try when others are always faster', async () => {
    const { service, arn } = await aTaggedPool();
    const pools = { ...service.ports.pools, save: async () => 'changed' as const };
    const slow = await startService({ ports: { pools } });
    const command = new TagResourceCommand({ ResourceArn: arn, Tags: { a: '' } });
    expect(await refused(slow.client.send(command))).toBe('TooManyRequestsException: Rate exceeded');
  });
});
