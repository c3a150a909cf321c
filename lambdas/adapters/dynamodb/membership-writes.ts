/**
 * Puts users into groups and takes them out of groups.
 *
 * A user's row counts the groups that the user is in, so the bound is exact however many writes there are side by side.
 * With the count, each of these writes raises the version of the row: who removes the user on a version has seen all
 * memberships until then, and leaves none behind.
 */
import type { Group } from '../../core/model/group.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { GroupStore, Member } from '../../core/ports/group-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import { foldGroupName } from '../../core/rules/group-names.ts';
import { add, and, has, hasRoom, isAbsent, isOther, or } from './expressions.ts';
import { groupKey, membershipKey, userKey } from './keys.ts';
import { encodeMembership } from './membership-rows.ts';
import { dropStaleMemberships } from './membership-sweep.ts';
import type { Table } from './table.ts';

interface Pair {
  readonly pool: Pool;
  readonly group: Group;
  readonly user: Member;
}

type Joined = Awaited<ReturnType<GroupStore['join']>>;
type Left = Awaited<ReturnType<GroupStore['leave']>>;

/** Others may join and leave while stale memberships are looked for. */
const tries = 5;

export async function joinGroup(table: Table, pair: Pair, most: number): Promise<Joined> {
  for (let made = 1; ; made++) {
    const outcome = await tryToJoin(table, pair, most);
    if (outcome !== 'full' || made === tries) return outcome;
    if (!(await dropStaleMemberships(table, pair.pool, pair.user))) return outcome;
  }
}

async function tryToJoin(table: Table, { pool, group, user }: Pair, most: number): Promise<Joined> {
  const un = fold(pool, 'username', user.username);
  const outcome = await table.transact([
    { check: groupKey(pool.id, foldGroupName(group.name)), condition: has('id', group.id) },
    {
      update: userKey(pool.id, un),
      change: add({ n: 1, gc: 1 }),
      condition: and(has('sub', user.sub), hasRoom('gc', most)),
    },
    // One of somebody who had the name before is in nobody's way.
    { put: encodeMembership(un, group, user), condition: or(isAbsent, isOther('sub', user.sub)) },
  ]);
  if (outcome === 'done') return 'joined';
  const [ofGroup, ofUser, ofMembership] = outcome.refused;
  if (ofGroup) return 'group gone';
  if (ofUser && ofUser.current?.['sub'] !== user.sub) return 'user gone';
  // Of a user who is in enough groups, it still matters that this is one of them.
  return ofMembership ? 'member already' : 'full';
}

export async function leaveGroup(table: Table, { pool, group, user }: Pair): Promise<Left> {
  const un = fold(pool, 'username', user.username);
  const outcome = await table.transact([
    { remove: membershipKey(pool.id, un, group.id), condition: has('sub', user.sub) },
    { update: userKey(pool.id, un), change: add({ n: 1, gc: -1 }), condition: has('sub', user.sub) },
  ]);
  return outcome === 'done' ? 'left' : 'no member';
}
