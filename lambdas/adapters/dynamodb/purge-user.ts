/** Deletes the collection of a removed user, and nothing of a next user of the same name. */
import type { WorkKinds } from '../../core/model/job.ts';
import type { Leftovers } from '../../core/ports/leftovers.ts';
import { isUuid, startOf } from '../../core/rules/identifiers.ts';
import { has } from './expressions.ts';
import { everythingOfUser, familyIn, isUserKey, userKey } from './keys.ts';
import { passkeyIdsClaimedBy } from './passkey-rows.ts';
import type { Item, Key, Table } from './table.ts';

const rowsInStep = 200;
/** More than the clocks of two instances differ by. */
const clockTolerance = 60_000;

export async function purgeUser(
  table: Table,
  { poolId, un, sub, removedAt, after }: WorkKinds['purge-user'],
): ReturnType<Leftovers['purgeUser']> {
  const query = { ...everythingOfUser(poolId, un), consistent: true, limit: rowsInStep, after };
  const { items, next } = await table.query(query);
  const belongings = items.filter((row) => !isUserKey(row));
  // Whoever has the name now had it, or got it, before this answer: without anybody all that was read is garbage.
  const holder = await table.get(userKey(poolId, un), { consistent: true });
  const isNamesake = holder !== undefined && holder['sub'] !== sub;
  await removeBelongings(table, isNamesake ? belongings.filter(isFrom(removedAt)) : belongings, sub);
  return { next };
}

/**
 * Rows that name a user might be the next one's by the time they are deleted, so they go only while they are this
 * one's. Of the others, families have keys of their own, and what failures and budgets say is of no consequence.
 */
export async function removeBelongings(table: Table, rows: readonly Item[], sub: string): Promise<void> {
  const [named, unnamed] = [
    rows.filter((row) => row['sub'] !== undefined),
    rows.filter((row) => row['sub'] === undefined),
  ];
  // Before their rows, which tell what was claimed.
  await Promise.all(passkeyIdsClaimedBy(named).map((key) => table.remove(key, has('sub', sub))));
  await Promise.all([
    table.removeMany(unnamed.map(keyOf)),
    ...named.map((row) => table.remove(keyOf(row), has('sub', sub))),
  ]);
}

/**
 * Beside a next user of the name, rows that name nobody are only taken if they can be told to be the former one's:
 * families say when they began. The others end by their `ttl`.
 */
const isFrom =
  (removedAt: number) =>
  (row: Item): boolean => {
    if (row['sub'] !== undefined) return true;
    const family = familyIn(row);
    return family !== undefined && isUuid(family) && startOf(family) < removedAt - clockTolerance;
  };

const keyOf = ({ PK, SK }: Key): Key => ({ PK, SK });
