/** Memberships from their beginning to their end. */
import { AdminDeleteUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { everyPage, groupNamesIn, groupsOf, usernamesIn } from '../support/groups.ts';
import { refused } from '../support/refused.ts';
import { startService } from '../support/start-service.ts';

test('Users join groups once, leave them though they are in none, and find no hundred-and-first; pages are right while members leave (pools-and-users 53)', async () => {
  const service = await startService();
  const pool = await service.aPool();
  const { create, join, leave, ofUser, members } = groupsOf(service, pool);
  const names = Array.from({ length: 101 }, (_, index) => `group-${index}`);
  await Promise.all(names.map((name) => create(name)));
  const people = ['ada', 'ben', 'cyd', 'dan', 'eve'];
  for (const username of people) await service.aUser(pool, { username, invited: true });

  expect(await refused(join('nobody', 'nobody'))).toBe('ResourceNotFoundException: Group not found.');
  expect(await refused(join('group-0', 'nobody'))).toBe('UserNotFoundException: User does not exist.');
  for (const _ of ['once', 'twice']) await join('group-0', 'ben');
  expect(groupNamesIn(await ofUser('ben'))).toEqual(['group-0']);
  expect(await refused(leave('group-1', 'ben'))).toBe('nothing is refused');

  for (const name of names.slice(0, 100)) await join(name, 'ada');
  expect(await refused(join('group-100', 'ada'))).toBe(
    'InvalidParameterException: The limit of 100 groups of a user would be exceeded.',
  );
  const pages = await everyPage((NextToken) => ofUser('ada', { NextToken }));
  expect(pages.flatMap(groupNamesIn).toSorted()).toEqual(names.slice(0, 100).toSorted());

  for (const username of ['cyd', 'dan', 'eve']) await join('group-0', username);
  const first = await members('group-0', { Limit: 2 });
  await leave('group-0', 'ben');
  await service.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'cyd' }));
  const rest = await members('group-0', { Limit: 2, NextToken: first.NextToken });
  expect([usernamesIn(first), usernamesIn(rest)]).toEqual([
    ['ada', 'ben'],
    ['dan', 'eve'],
  ]);
});
