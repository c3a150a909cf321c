/** Takes away a user's memberships of groups that are gone, and counts those that are left anew. */
import type { Pool } from '../../core/model/pool.ts';
import type { Member } from '../../core/ports/group-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import { and, assign, has, increase, together } from './expressions.ts';
import { findNumber, numberIn } from './fields.ts';
import { groupNamesIn, readGroups, withoutOthers } from './group-reading.ts';
import { isUserKey, membershipKey, signInSetOf, userKey } from './keys.ts';
import { decodeMembership, isMembershipOf } from './membership-rows.ts';
import { everyItem } from './paging.ts';
import type { Table } from './table.ts';

/** Whether there is room for more than there was, or somebody else has changed the user meanwhile. */
export async function dropStaleMemberships(table: Table, pool: Pool, user: Member): Promise<boolean> {
  const un = fold(pool, 'username', user.username);
  // The user's own row comes first: who joins later than that, changes its version.
  const items = await everyItem(table, { ...signInSetOf(pool.id, un), consistent: true });
  const row = items.find(isUserKey);
  if (row?.['sub'] !== user.sub) return false;
  const memberships = items.filter((item) => isMembershipOf(item, user.sub)).map(decodeMembership);
  const groups = await readGroups(table, pool.id, groupNamesIn(memberships));
  const present = new Set(withoutOthers(groups.values(), memberships).map(({ id }) => id));
  if (present.size === (findNumber(row, 'gc') ?? 0)) return false;

  const stale = memberships.filter(({ groupId }) => !present.has(groupId));
  await Promise.all(stale.map(({ groupId }) => table.remove(membershipKey(pool.id, un, groupId))));
  const recounted = together(assign({ gc: present.size }), increase('n', 1));
  await table.update(userKey(pool.id, un), recounted, and(has('sub', user.sub), has('n', numberIn(row, 'n'))));
  return true;
}
