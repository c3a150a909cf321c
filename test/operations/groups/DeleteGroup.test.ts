import { describe, expect, test } from 'vitest';
import { groupPurgeId } from '../../../lambdas/core/rules/job-ids.ts';
import { runDue } from '../../../lambdas/worker/index.ts';
import { startProcesses } from '../../support/another-process.ts';
import { groupNamesIn, groupsOf, usernamesIn } from '../../support/groups.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';
import { testWorker, untiring } from '../../support/worker.ts';

async function aGroup(options?: ServiceOptions) {
  const service = await startService(options);
  const pool = await service.aPool();
  const groups = groupsOf(service, pool);
  await groups.create('staff');
  return { service, pool, ...groups };
}

const gone = 'ResourceNotFoundException: Group not found.';

describe('DeleteGroup', () => {
  test('answers with an empty body', async () => {
    const { service, pool } = await aGroup();
    const answer = await service.call('DeleteGroup', { UserPoolId: pool.id, GroupName: 'staff' });
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
  });

  test('takes the group from the pool, and no other one', async () => {
    const { create, remove, list, get } = await aGroup();
    await create('others');
    await remove('STAFF');
    expect(groupNamesIn(await list())).toEqual(['others']);
    expect(await refused(get('staff'))).toBe(gone);
  });

  test('ends memberships at once, and leaves the members their other groups', async () => {
    const { service, pool, create, join, remove, ofUser, members } = await aGroup();
    await create('others');
    for (const username of ['ada', 'ben']) {
      await service.aUser(pool, { username });
      for (const name of ['staff', 'others']) await join(name, username);
    }
    await remove('staff');
    expect(await refused(members('staff'))).toBe(gone);
    for (const username of ['ada', 'ben']) expect(groupNamesIn(await ofUser(username))).toEqual(['others']);
    expect(usernamesIn(await members('others'))).toEqual(['ada', 'ben']);
  });

  test('frees the name for another group, which has none of the former members, now or later', async () => {
    const { service, pool, create, join, remove, ofUser, members, get } = await aGroup();
    for (const username of ['ada', 'ben']) {
      await service.aUser(pool, { username });
      await join('staff', username);
    }
    await remove('staff');
    expect(await create('Staff', { Description: 'new' })).toEqual(await get('staff'));
    expect(usernamesIn(await members('staff'))).toEqual([]);
    await join('staff', 'ben');
    await runDue(testWorker({ clock: service.clock }), untiring);
    expect(usernamesIn(await members('staff'))).toEqual(['ben']);
    expect([groupNamesIn(await ofUser('ada')), groupNamesIn(await ofUser('ben'))]).toEqual([[], ['Staff']]);
  });

  test('wakes somebody who purges the memberships', async () => {
    const woken: string[] = [];
    const { pool, service, remove } = await aGroup({ ports: { jobs: { wake: async (id) => void woken.push(id) } } });
    const group = await service.ports.groups.find(pool.id, 'staff');
    await remove('staff');
    expect(woken).toEqual([groupPurgeId(group?.id ?? '')]);
  });

  test('does not know a group that nobody made, or that is gone, or of another pool, or a pool', async () => {
    const { service, remove } = await aGroup();
    expect(await refused(remove('nobody'))).toBe(gone);
    expect(await refused(groupsOf(service, await service.aPool()).remove('staff'))).toBe(gone);
    await remove('staff');
    expect(await refused(remove('staff'))).toBe(gone);
    const nowhere = groupsOf(service, { id: 'us-east-1_000000000' });
    expect(await refused(nowhere.remove('staff'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test('is noticed by another process at once', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    await here.aUser(pool, { username: 'ada' });
    const [mine, theirs] = [groupsOf(here, pool), groupsOf(there, pool)];
    await mine.create('staff');
    await theirs.join('staff', 'ada');
    await mine.remove('staff');
    expect(groupNamesIn(await theirs.ofUser('ada'))).toEqual([]);
    expect(await refused(theirs.join('staff', 'ada'))).toBe(gone);
  });
});

describe('DeleteGroup beside other calls', () => {
  test('succeeds once', async () => {
    const { remove } = await aGroup();
    const told = await outcomes([1, 2, 3, 4].map(() => remove('staff')));
    expect(told.toSorted()).toEqual([...Array(3).fill(gone), 'done']);
  });

  test('leaves nobody in it who joins meanwhile', async () => {
    const { service, pool, create, join, remove, ofUser } = await aGroup();
    const names = ['ada', 'ben', 'cyd'];
    for (const username of names) await service.aUser(pool, { username });
    for (let round = 0; round < 5; round++) {
      const name = `group-${round}`;
      await create(name);
      const [removed, ...joined] = await outcomes([remove(name), ...names.map((username) => join(name, username))]);
      expect(removed).toBe('done');
      for (const outcome of joined) expect(['done', gone]).toContain(outcome);
      for (const username of names) expect(groupNamesIn(await ofUser(username))).toEqual([]);
    }
  });

  test('gives up when others are always faster', async () => {
    const { service, pool } = await aGroup();
    const groups = { ...service.ports.groups, remove: async () => 'changed' as const };
    const { remove } = groupsOf(await startService({ ports: { groups } }), pool);
    expect(await refused(remove('staff'))).toBe('TooManyRequestsException: Rate exceeded');
  });
});
