import { AdminGetUserCommand, DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { groupNamesIn, groupsOf, usernamesIn } from '../../support/groups.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';

async function aGroup(options?: ServiceOptions) {
  const service = await startService(options);
  const pool = await service.aPool();
  const groups = groupsOf(service, pool);
  await groups.create('Staff');
  const user = await service.aUser(pool, { username: 'ada', attributes: { email: 'ada@example.com' } });
  return { service, pool, user, ...groups };
}

const noGroup = 'ResourceNotFoundException: Group not found.';
const noUser = 'UserNotFoundException: User does not exist.';
const full = (most: number) => `InvalidParameterException: The limit of ${most} groups of a user would be exceeded.`;

describe('AdminAddUserToGroup', () => {
  test('answers with an empty body, and shows the user in the group from both sides', async () => {
    const { service, pool, ofUser, members } = await aGroup();
    const asked = { UserPoolId: pool.id, GroupName: 'Staff', Username: 'ada' };
    const answer = await service.call('AdminAddUserToGroup', asked);
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
    expect(groupNamesIn(await ofUser('ada'))).toEqual(['Staff']);
    expect(usernamesIn(await members('Staff'))).toEqual(['ada']);
  });

  test('changes nothing when the user is in it already, under whatever names', async () => {
    const { user, join, ofUser, members } = await aGroup();
    await join('Staff', 'ada');
    await join('staff', 'ada');
    await join('STAFF', user.sub);
    expect(groupNamesIn(await ofUser('ada'))).toEqual(['Staff']);
    expect(usernamesIn(await members('Staff'))).toEqual(['ada']);
  });

  test('leaves the user as they were', async () => {
    const { service, pool, join } = await aGroup();
    const look = async () => {
      const { $metadata: _, ...user } = await service.client.send(
        new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'ada' }),
      );
      return user;
    };
    const before = await look();
    service.clock.advance(1000);
    await join('Staff', 'ada');
    expect(await look()).toEqual(before);
  });

  test('finds the user by an alias', async () => {
    const service = await startService();
    const pool = await service.aPool({ AliasAttributes: ['email'] });
    const { create, join, members } = groupsOf(service, pool);
    await create('staff');
    const attributes = { email: 'ada@example.com', email_verified: 'true' };
    await service.aUser(pool, { username: 'ada', attributes });
    await join('staff', 'ada@example.com');
    expect(usernamesIn(await members('staff'))).toEqual(['ada']);
  });

  test('looks for the pool first, then for the group, and for the user last', async () => {
    const { service, join } = await aGroup();
    const nowhere = groupsOf(service, { id: 'us-east-1_000000000' });
    expect(await refused(nowhere.join('nobody', 'nobody'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(join('nobody', 'nobody'))).toBe(noGroup);
    expect(await refused(join('Staff', 'nobody'))).toBe(noUser);
    const other = groupsOf(service, await service.aPool());
    expect(await refused(other.join('Staff', 'ada'))).toBe(noGroup);
    await other.create('staff');
    expect(await refused(other.join('staff', 'ada'))).toBe(noUser);
  });

  test('does not name the user in the refusal of a name that is too long', async () => {
    const { join } = await aGroup();
    expect(await refused(join('Staff', 'x'.repeat(129)))).toBe(
      "InvalidParameterException: 1 validation error detected: Value at 'username' failed to satisfy constraint: Member must have length less than or equal to 128",
    );
  });
});

describe('The number of groups of a user', () => {
  test('is what the deployment says, each user by itself; who leaves has room again', async () => {
    const { service, pool, create, join, leave } = await aGroup({ settings: { quotas: { groupsPerUser: 1 } } });
    await create('others');
    await service.aUser(pool, { username: 'ben' });
    await join('Staff', 'ada');
    expect(await refused(join('others', 'ada'))).toBe(full(1));
    expect(await refused(join('others', 'ben'))).toBe('nothing is refused');
    // Whoever is in a group already is not kept out of it.
    expect(await refused(join('Staff', 'ada'))).toBe('nothing is refused');
    await leave('Staff', 'ada');
    await join('others', 'ada');
    expect(await refused(join('Staff', 'ada'))).toBe(full(1));
  });

  test('is kept by calls that come at the same time', async () => {
    const { create, join, ofUser } = await aGroup({ settings: { quotas: { groupsPerUser: 3 } } });
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const name of names) await create(name);
    const told = await outcomes(names.map((name) => join(name, 'ada')));
    expect(told.toSorted()).toEqual([...Array(3).fill(full(3)), 'done', 'done', 'done']);
    expect(groupNamesIn(await ofUser('ada'))).toEqual(names.filter((_, at) => told[at] === 'done'));
  });

  test('does not count groups that are gone', async () => {
    const { create, remove, join, ofUser } = await aGroup({ settings: { quotas: { groupsPerUser: 2 } } });
    for (const name of ['one', 'two', 'three']) await create(name);
    await join('one', 'ada');
    await join('two', 'ada');
    await remove('one');
    await create('one');
    await join('three', 'ada');
    expect(await refused(join('one', 'ada'))).toBe(full(2));
    expect(groupNamesIn(await ofUser('ada'))).toEqual(['three', 'two']);
  });
});

describe('AdminAddUserToGroup beside other calls', () => {
  test('succeeds each time, and makes one membership', async () => {
    const { join, members, ofUser } = await aGroup();
    expect(await outcomes([1, 2, 3, 4].map(() => join('Staff', 'ada')))).toEqual(['done', 'done', 'done', 'done']);
    expect(usernamesIn(await members('Staff'))).toEqual(['ada']);
    expect(groupNamesIn(await ofUser('ada'))).toEqual(['Staff']);
  });

  test('puts many users into one group, and one user into many groups', async () => {
    const { service, pool, create, join, members, ofUser } = await aGroup();
    const names = Array.from({ length: 20 }, (_, index) => `name-${String(index).padStart(2, '0')}`);
    for (const name of names) await Promise.all([create(name), service.aUser(pool, { username: name })]);
    const calls = names.flatMap((name) => [join('Staff', name), join(name, 'ada')]);
    expect(new Set(await outcomes(calls))).toEqual(new Set(['done']));
    expect(usernamesIn(await members('Staff'))).toEqual(names);
    expect(groupNamesIn(await ofUser('ada'))).toEqual(names);
  });

  test('says that the pool is gone once it is', async () => {
    const { service, pool, join } = await aGroup();
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(join('Staff', 'ada'))).toBe(`ResourceNotFoundException: User pool ${pool.id} does not exist.`);
  });

  test.each([
    ['group gone', noGroup],
    ['user gone', noUser],
  ] as const)('says what went in between: %s', async (outcome, message) => {
    const { service, pool } = await aGroup();
    const groups = { ...service.ports.groups, join: async () => outcome };
    const { join } = groupsOf(await startService({ ports: { groups } }), pool);
    expect(await refused(join('Staff', 'ada'))).toBe(message);
  });
});
