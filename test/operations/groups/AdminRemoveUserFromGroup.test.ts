import { describe, expect, test } from 'vitest';
import { groupNamesIn, groupsOf, usernamesIn } from '../../support/groups.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

async function aMember() {
  const service = await startService();
  const pool = await service.aPool();
  const groups = groupsOf(service, pool);
  for (const name of ['Staff', 'others']) await groups.create(name);
  const user = await service.aUser(pool, { username: 'ada' });
  for (const name of ['Staff', 'others']) await groups.join(name, 'ada');
  return { service, pool, user, ...groups };
}

describe('AdminRemoveUserFromGroup', () => {
  test('answers with an empty body, and takes the user out of the group and of no other', async () => {
    const { service, pool, ofUser, members } = await aMember();
    const asked = { UserPoolId: pool.id, GroupName: 'Staff', Username: 'ada' };
    const answer = await service.call('AdminRemoveUserFromGroup', asked);
    expect(answer).toMatchObject({ status: 200, body: '', headers: { 'content-length': '0' } });
    expect(groupNamesIn(await ofUser('ada'))).toEqual(['others']);
    expect(usernamesIn(await members('Staff'))).toEqual([]);
  });

  test('finds group and user under every name that they have', async () => {
    const { user, leave, join, members } = await aMember();
    await leave('STAFF', user.sub);
    expect(usernamesIn(await members('Staff'))).toEqual([]);
    await join('Staff', 'ada');
    expect(usernamesIn(await members('Staff'))).toEqual(['ada']);
  });

  test('changes nothing for a user who is not in the group', async () => {
    const { service, pool, leave, members } = await aMember();
    await service.aUser(pool, { username: 'ben' });
    expect(await refused(leave('Staff', 'ben'))).toBe('nothing is refused');
    await leave('Staff', 'ada');
    expect(await refused(leave('Staff', 'ada'))).toBe('nothing is refused');
    expect(usernamesIn(await members('others'))).toEqual(['ada']);
  });

  test('looks for the pool first, then for the group, and for the user last', async () => {
    const { service, leave } = await aMember();
    const nowhere = groupsOf(service, { id: 'us-east-1_000000000' });
    expect(await refused(nowhere.leave('nobody', 'nobody'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(leave('nobody', 'nobody'))).toBe('ResourceNotFoundException: Group not found.');
    expect(await refused(leave('Staff', 'nobody'))).toBe('UserNotFoundException: User does not exist.');
  });

  test('beside a call that adds the user leaves them in or out, the same from both sides', async () => {
    const { leave, join, ofUser, members } = await aMember();
    for (let round = 0; round < 5; round++) {
      const told = await outcomes([leave('Staff', 'ada'), join('Staff', 'ada'), leave('Staff', 'ada')]);
      expect(told).toEqual(['done', 'done', 'done']);
      const isIn = groupNamesIn(await ofUser('ada')).includes('Staff');
      expect(usernamesIn(await members('Staff'))).toEqual(isIn ? ['ada'] : []);
    }
  });
});
