import { DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aRole, groupNamesIn, groupsOf } from '../../support/groups.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';

async function aPool(options?: ServiceOptions) {
  const service = await startService(options);
  const pool = await service.aPool();
  return { service, pool, ...groupsOf(service, pool) };
}

const exists = 'GroupExistsException: A group with the name already exists';
const violates = (what: string) => `InvalidParameterException: 1 validation error detected: ${what}`;

describe('CreateGroup', () => {
  test('answers with the group as GetGroup and ListGroups show it', async () => {
    const { service, pool, create, get, list } = await aPool();
    const now = new Date(service.clock.now());
    const group = {
      GroupName: 'Staff',
      UserPoolId: pool.id,
      Description: 'Those who work here',
      RoleArn: aRole('staff'),
      Precedence: 5,
      LastModifiedDate: now,
      CreationDate: now,
    };
    const { Description, RoleArn, Precedence } = group;
    expect(await create('Staff', { Description, RoleArn, Precedence })).toEqual(group);
    service.clock.advance(1000);
    expect(await get('Staff')).toEqual(group);
    expect((await list()).Groups).toEqual([group]);
  });

  test('leaves out what it was not told', async () => {
    const { service, pool, create, get } = await aPool();
    const now = new Date(service.clock.now());
    const bare = { GroupName: 'bare', UserPoolId: pool.id, LastModifiedDate: now, CreationDate: now };
    expect(await create('bare')).toEqual(bare);
    expect(await get('bare')).toEqual(bare);
    expect(await create('blank', { Description: '' })).toEqual({ ...bare, GroupName: 'blank' });
  });

  test('takes every precedence from 0 on, none, and the same one twice', async () => {
    const { service, pool, create, get } = await aPool();
    for (const [name, Precedence] of [
      ['first', 0],
      ['tied', 0],
      ['last', 2 ** 31 - 1],
    ] as const) {
      await create(name, { Precedence });
      expect((await get(name))?.Precedence).toBe(Precedence);
    }
    const asked = { UserPoolId: pool.id, GroupName: 'none', Precedence: null };
    const { json } = await service.call('CreateGroup', asked);
    expect(json).toEqual({ Group: expect.not.objectContaining({ Precedence: expect.anything() }) });
    expect(await get('none')).not.toHaveProperty('Precedence');
    expect(await refused(create('minus', { Precedence: -1 }))).toBe(
      violates(
        "Value '-1' at 'precedence' failed to satisfy constraint: Member must have value greater than or equal to 0",
      ),
    );
  });

  test('refuses a name that is taken, in whatever case, and no such name of another pool', async () => {
    const { service, create, get, list } = await aPool();
    await create('Größe', { Description: 'the first one' });
    for (const name of ['Größe', 'größe', 'GRÖßE']) {
      expect(await refused(create(name, { Description: 'another one' }))).toBe(exists);
    }
    expect((await get('größe'))?.Description).toBe('the first one');
    expect(groupNamesIn(await list())).toEqual(['Größe']);
    const other = groupsOf(service, await service.aPool());
    expect((await other.create('größe'))?.GroupName).toBe('größe');
  });

  test('takes every name that the API allows, and tells similar ones apart', async () => {
    const { create, get, list } = await aPool();
    const names = ['x'.repeat(128), '😀'.repeat(64), 'a#b', 'a', '@', 'G#', '__proto__', `sha256:${'0'.repeat(64)}`];
    for (const [at, name] of names.entries()) await create(name, { Description: `the one at ${at}` });
    for (const [at, name] of names.entries()) expect((await get(name))?.Description).toBe(`the one at ${at}`);
    expect(groupNamesIn(await list()).toSorted()).toEqual(names.toSorted());
  });

  test.each([
    ['', "Value '' at 'groupName' failed to satisfy constraint: Member must have length greater than or equal to 1"],
    [
      'x'.repeat(129),
      `Value '${'x'.repeat(129)}' at 'groupName' failed to satisfy constraint: Member must have length less than or equal to 128`,
    ],
    [
      'two words',
      String.raw`Value 'two words' at 'groupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+`,
    ],
  ])('refuses the name %j', async (name, violation) => {
    const { create } = await aPool();
    expect(await refused(create(name))).toContain(violation);
  });

  test('refuses a role that is no ARN and a description that is too long', async () => {
    const { create } = await aPool();
    expect(await refused(create('staff', { RoleArn: 'not-the-name-of-a-role' }))).toMatch(
      /'roleArn' failed to satisfy/,
    );
    expect(await refused(create('staff', { Description: 'x'.repeat(2049) }))).toMatch(
      /length less than or equal to 2048$/,
    );
    expect((await create('staff', { Description: 'ä'.repeat(2048) }))?.Description).toBe('ä'.repeat(2048));
  });

  test('does not know a pool that nobody made, or that is elsewhere', async () => {
    const { service, pool } = await aPool();
    const { create } = groupsOf(service, { id: 'us-east-1_000000000' });
    expect(await refused(create('staff'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    const elsewhere = groupsOf({ client: service.clientFor('eu-west-1') }, pool);
    expect(await refused(elsewhere.create('staff'))).toBe(
      `ResourceNotFoundException: User pool ${pool.id} does not exist.`,
    );
  });
});

describe('The number of groups of a pool', () => {
  const full = 'LimitExceededException: The limit of 2 groups of a user pool would be exceeded.';

  test('is bounded, each pool by itself; who is deleted makes room', async () => {
    const { service, create, remove } = await aPool({ settings: { quotas: { groupsPerPool: 2 } } });
    await create('one');
    await create('two');
    expect(await refused(create('three'))).toBe(full);
    expect(await refused(create('ONE'))).toBe(exists);
    expect((await groupsOf(service, await service.aPool()).create('three'))?.GroupName).toBe('three');
    await remove('one');
    expect((await create('three'))?.GroupName).toBe('three');
    expect(await refused(create('four'))).toBe(full);
  });

  test('is kept by calls that come at the same time', async () => {
    const { create, list } = await aPool({ settings: { quotas: { groupsPerPool: 2 } } });
    const told = await outcomes(['a', 'b', 'c', 'd', 'e'].map((name) => create(name)));
    expect(told.toSorted()).toEqual([...Array(3).fill(full), 'done', 'done']);
    expect((await list()).Groups).toHaveLength(2);
  });
});

describe('CreateGroup beside other calls', () => {
  test('gives a name once, in whatever case it is asked for', async () => {
    const { create, list } = await aPool();
    const told = await outcomes(['staff', 'Staff', 'STAFF', 'sTaFF'].map((name) => create(name)));
    expect(told.toSorted()).toEqual([...Array(3).fill(exists), 'done']);
    expect((await list()).Groups).toHaveLength(1);
  });

  test('leaves no group in a pool that goes', async () => {
    const { service } = await aPool();
    for (let round = 0; round < 5; round++) {
      const pool = await service.aPool();
      const { create, list } = groupsOf(service, pool);
      const gone = `ResourceNotFoundException: User pool ${pool.id} does not exist.`;
      const [removed, ...created] = await outcomes([
        service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id })),
        ...['a', 'b', 'c'].map((name) => create(name)),
      ]);
      expect(removed).toBe('done');
      for (const outcome of created) expect(['done', gone]).toContain(outcome);
      expect(await refused(list())).toBe(gone);
    }
  });
});
