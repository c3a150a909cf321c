import { DeleteUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aRole, groupsOf } from '../../support/groups.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

async function aGroup() {
  const service = await startService();
  const pool = await service.aPool();
  const groups = groupsOf(service, pool);
  const group = await groups.create('Staff', {
    Description: 'Those who work here',
    RoleArn: aRole('staff'),
    Precedence: 5,
  });
  service.clock.advance(60_000);
  return { service, pool, group, now: new Date(service.clock.now()), ...groups };
}

const gone = 'ResourceNotFoundException: Group not found.';

describe('UpdateGroup', () => {
  test.each([
    { Description: 'Others' },
    { RoleArn: aRole('others') },
    { Precedence: 0 },
    { Description: 'Others', RoleArn: aRole('others'), Precedence: 7 },
    {},
  ])('changes what it is told, and keeps the rest: %j', async (members) => {
    const { update, get, group, now } = await aGroup();
    const expected = { ...group, ...members, LastModifiedDate: now };
    expect(await update('Staff', members)).toEqual(expected);
    expect(await get('Staff')).toEqual(expected);
  });

  test('keeps what it is told to be null', async () => {
    const { service, pool, get, group, now } = await aGroup();
    const asked = { UserPoolId: pool.id, GroupName: 'Staff', Description: null, RoleArn: null, Precedence: null };
    await service.call('UpdateGroup', asked);
    expect(await get('Staff')).toEqual({ ...group, LastModifiedDate: now });
  });

  test('takes a description away that it is told to be empty', async () => {
    const { update, get } = await aGroup();
    expect(await update('Staff', { Description: '' })).not.toHaveProperty('Description');
    expect(await get('Staff')).not.toHaveProperty('Description');
  });

  test('finds the group in whatever case, and leaves its name as it was', async () => {
    const { update, get } = await aGroup();
    expect(await update('STAFF', { Precedence: 1 })).toMatchObject({ GroupName: 'Staff', Precedence: 1 });
    expect((await get('staff'))?.GroupName).toBe('Staff');
  });

  test('does not know a group that nobody made, or a pool', async () => {
    const { service, update, remove } = await aGroup();
    expect(await refused(update('nobody'))).toBe(gone);
    expect(await refused(groupsOf(service, await service.aPool()).update('Staff'))).toBe(gone);
    await remove('Staff');
    expect(await refused(update('Staff'))).toBe(gone);
    const nowhere = groupsOf(service, { id: 'us-east-1_000000000' });
    expect(await refused(nowhere.update('Staff'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test('refuses what is out of bounds', async () => {
    const { update, get, group } = await aGroup();
    expect(await refused(update('Staff', { Precedence: -1 }))).toMatch(/'precedence' .* greater than or equal to 0$/);
    expect(await refused(update('Staff', { Description: 'x'.repeat(2049) }))).toMatch(/less than or equal to 2048$/);
    expect(await refused(update('Staff', { RoleArn: 'short' }))).toMatch(/'roleArn' failed to satisfy/);
    expect(await get('Staff')).toEqual(group);
  });
});

describe('UpdateGroup beside other calls', () => {
  test('loses no change of another member', async () => {
    const { update, get } = await aGroup();
    for (let round = 0; round < 5; round++) {
      const members = { Description: `round ${round}`, RoleArn: aRole(`role-${round}`), Precedence: round };
      const { Description, RoleArn, Precedence } = members;
      const calls = [{ Description }, { RoleArn }, { Precedence }].map((each) => update('Staff', each));
      expect(await outcomes(calls)).toEqual(['done', 'done', 'done']);
      expect(await get('Staff')).toMatchObject(members);
    }
  });

  test('does not bring back a group that goes', async () => {
    const { create, update, remove, get } = await aGroup();
    for (let round = 0; round < 5; round++) {
      const name = `group-${round}`;
      await create(name);
      const [removed, ...updated] = await outcomes([remove(name), update(name), update(name, { Precedence: 1 })]);
      expect(removed).toBe('done');
      for (const outcome of updated) expect(['done', gone]).toContain(outcome);
      expect(await refused(get(name))).toBe(gone);
    }
  });

  test('says that the pool is gone once it is', async () => {
    const { service, pool, update } = await aGroup();
    await service.client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refused(update('Staff'))).toBe(`ResourceNotFoundException: User pool ${pool.id} does not exist.`);
  });

  test('gives up when others are always faster', async () => {
    const { service, pool } = await aGroup();
    const groups = { ...service.ports.groups, save: async () => 'changed' as const };
    const { update } = groupsOf(await startService({ ports: { groups } }), pool);
    expect(await refused(update('Staff'))).toBe('TooManyRequestsException: Rate exceeded');
  });
});
