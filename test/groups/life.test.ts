/** A group from its creation to its end. */
import { expect, test } from 'vitest';
import { aRole, groupNamesIn, groupsOf } from '../support/groups.ts';
import { refused } from '../support/refused.ts';
import { startService } from '../support/start-service.ts';

test('A group is created once in whatever case, keeps what an update omits, and takes its memberships along (pools-and-users 52)', async () => {
  const service = await startService();
  const pool = await service.aPool();
  const { create, get, update, remove, join, ofUser } = groupsOf(service, pool);
  const created = await create('Staff', { Description: 'Those who work here', RoleArn: aRole('staff'), Precedence: 2 });
  const exists = 'GroupExistsException: A group with the name already exists';
  for (const name of ['Staff', 'staff']) expect(await refused(create(name))).toBe(exists);

  service.clock.advance(1000);
  const updated = await update('Staff', { Description: 'Those who worked here' });
  const LastModifiedDate = new Date(service.clock.now());
  expect(updated).toEqual({ ...created, Description: 'Those who worked here', LastModifiedDate });
  expect(await get('Staff')).toEqual(updated);

  await create('none');
  await create('first', { Precedence: 0 });
  await create('tied', { Precedence: 0 });
  const precedences = await Promise.all(
    ['none', 'first', 'tied', 'Staff'].map(async (name) => (await get(name))?.Precedence),
  );
  expect(precedences).toEqual([undefined, 0, 0, 2]);

  await service.aUser(pool, { username: 'ada' });
  for (const name of ['none', 'tied', 'Staff', 'first']) await join(name, 'ada');
  expect(groupNamesIn(await ofUser('ada'))).toEqual(['first', 'tied', 'Staff', 'none']);
  await remove('first');
  expect(groupNamesIn(await ofUser('ada'))).toEqual(['tied', 'Staff', 'none']);
  await create('first');
  expect(groupNamesIn(await ofUser('ada'))).toEqual(['tied', 'Staff', 'none']);
});
