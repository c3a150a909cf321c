/** Deletes what a removed pool left behind, step by step; whatever is still there is what remains to be done. */
import type { WorkKinds } from '../../core/model/job.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Leftovers } from '../../core/ports/leftovers.ts';
import { aliasesOf } from '../../core/rules/aliases.ts';
import { has } from './expressions.ts';
import { numberIn, textIn } from './fields.ts';
import { aliasKey, everythingOfPool, isClientKey, isUserKey, lookupKey, usersOfPool } from './keys.ts';
import { everyItem } from './paging.ts';
import { passkeyIdsClaimedBy } from './passkey-rows.ts';
import type { Item, Key, Query, Table } from './table.ts';
import { decodeListedUser } from './user-rows.ts';

/** So few that requests beside the purge hardly notice it. */
const usersInStep = 25;
const rowsInStep = 200;

export interface PurgeOptions {
  readonly table: Table;
  readonly clock: Clock;
  /** How long (ms) an index may lag behind the table. */
  readonly indexDelay: number;
}

export async function purgePool(
  { table, clock, indexDelay }: PurgeOptions,
  { pool, removedAt }: WorkKinds['purge-pool'],
): ReturnType<Leftovers['purgePool']> {
  if ((await purgeUsers(table, pool)) || (await purgeContents(table, pool.id))) return 'more';
  // Users who came just before the removal may not be in the index yet: until they must be, another run looks again.
  const settledAt = removedAt + indexDelay;
  return clock.now() < settledAt ? { lookAgain: settledAt } : 'done';
}

/** Whether there were any. The index may go on naming users who are gone: they are passed over. */
async function purgeUsers(table: Table, pool: Pool): Promise<boolean> {
  let after: Query['after'];
  do {
    const page = await table.query({ index: 1, partition: usersOfPool(pool.id), limit: usersInStep, after });
    const collections = page.items.map(({ PK }) => everyItem(table, { partition: PK, consistent: true }));
    const rows = (await Promise.all(collections)).flat();
    if (rows.length > 0) {
      await removeUsers(table, pool, rows);
      return true;
    }
    after = page.next;
  } while (after !== undefined);
  return false;
}

async function removeUsers(table: Table, pool: Pool, rows: readonly Item[]): Promise<void> {
  const users = rows.filter(isUserKey);
  await table.removeMany([
    ...users.flatMap((user) => aliasesOfRow(pool, user)),
    ...passkeyIdsClaimedBy(rows),
    ...rows.filter(isNoUser).map(keyOf),
  ]);
  // Users go last: while their row is there, an interrupted purge finds their aliases again. A change that began before
  // the removal may have given one of them another alias since: that row stays, and is read anew at the next step.
  await Promise.all(users.map((user) => table.remove(keyOf(user), has('n', numberIn(user, 'n')))));
}

const isNoUser = (key: Key): boolean => !isUserKey(key);

const aliasesOfRow = (pool: Pool, item: Item): readonly Key[] =>
  aliasesOf(pool, decodeListedUser(pool.id, item)).map((alias) => aliasKey(pool.id, alias));

/** Clients, signing keys and whatever else is configured. Whether there was any. */
async function purgeContents(table: Table, poolId: string): Promise<boolean> {
  const { items } = await table.query({ ...everythingOfPool(poolId), consistent: true, limit: rowsInStep });
  await table.removeMany(items.filter(isClientKey).map((item) => lookupKey(textIn(item, 'id'))));
  await table.removeMany(items.map(keyOf));
  return items.length > 0;
}

const keyOf = ({ PK, SK }: Key): Key => ({ PK, SK });
