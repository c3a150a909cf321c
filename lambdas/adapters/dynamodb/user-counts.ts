/** Compares the counters of a pool with the users that there are. */
import type { Tally } from '../../core/model/job.ts';
import type { UserCounts } from '../../core/ports/user-counts.ts';
import { add, and, has, isPresent, lacks } from './expressions.ts';
import { findNumber, numberIn } from './fields.ts';
import { countersOfPool, usersOfPool } from './keys.ts';
import { everyItem } from './paging.ts';
import type { Item, Query, Table } from './table.ts';

/** Each of 500 users. */
const queriesInStep = 10;

export interface UserCountsOptions {
  readonly table: Table;
  /** How long (ms) an index may lag behind the table. */
  readonly indexDelay: number;
}

export function userCounts({ table, indexDelay }: UserCountsOptions): UserCounts {
  const countersOf = (poolId: string) => everyItem(table, { ...countersOfPool(poolId), consistent: true });

  return {
    delay: indexDelay,

    async tally(poolId) {
      const counters = await countersOf(poolId);
      return counters.length > 0 ? sumOf(counters) : undefined;
    },

    async count(poolId, after) {
      let [counted, next]: [number, Query['after']] = [0, after];
      for (let query = 0; query < queriesInStep; query += 1) {
        const page = await table.count({ index: 1, partition: usersOfPool(poolId), limit: 500, after: next });
        counted += page.count;
        next = page.next;
        if (next === undefined) break;
      }
      return { counted, next };
    },

    async correct(poolId, seen, by) {
      const counters = await countersOf(poolId);
      const [first] = counters;
      if (!first || !isSame(sumOf(counters), seen)) return 'changed';
      const outcome = await table.update(first, add({ n: by }), isAsRead(first));
      return 'item' in outcome ? 'corrected' : 'changed';
    },
  };
}

/** Counters that were never changed do not say so. */
const changesIn = (counter: Item): number => findNumber(counter, 'ch') ?? 0;

const sumOf = (counters: readonly Item[]): Tally => ({
  users: counters.reduce((sum, counter) => sum + numberIn(counter, 'n'), 0),
  changes: counters.reduce((sum, counter) => sum + changesIn(counter), 0),
});

const isSame = (one: Tally, other: Tally): boolean => one.users === other.users && one.changes === other.changes;

/** Of two who correct the same drift, the second one finds the counter changed. */
const isAsRead = (counter: Item) => {
  const changes = findNumber(counter, 'ch');
  return and(isPresent, has('n', numberIn(counter, 'n')), changes === undefined ? lacks('ch') : has('ch', changes));
};
