/** Keeps pools: the pool, its version, its line in the directory and its counters change together. */
import type { Pool } from '../../core/model/pool.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { PoolStore } from '../../core/ports/pool-store.ts';
import type { Configuration } from './configuration.ts';
import { has, hasRoom, increase, isAbsent } from './expressions.ts';
import { numberIn } from './fields.ts';
import { encodeJob, purgeOfPool } from './job-rows.ts';
import { accountKey, counterKeys, countersOfPool, directoryKey, directoryOf, poolKey, versionKey } from './keys.ts';
import { everyItem, listPage } from './paging.ts';
import { changeListedPool, decodeListedPool, decodePool, encodeListedPool, encodePool } from './pool-rows.ts';
import { countsNone, newVersion } from './pool-version.ts';
import type { Table, Write } from './table.ts';

export interface PoolStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
  readonly configuration: Configuration;
}

export function poolStore(options: PoolStoreOptions): PoolStore {
  const { table, clock, configuration } = options;
  return {
    find: (poolId) => configuration.findPool(poolId),

    async read(poolId) {
      const item = await table.get(poolKey(poolId), { consistent: true });
      return item && decodePool(item);
    },

    async add(pool, most = Infinity) {
      const outcome = await table.transact([
        countOneMore(pool, most),
        { put: encodePool(pool), condition: isAbsent },
        { put: encodeListedPool(pool) },
        { put: { ...versionKey(pool.id), n: 1 } },
        ...counterKeys(pool.id).map((key): Write => ({ put: { ...key, n: 0 } })),
      ]);
      if (outcome === 'done') return 'added';
      const [counted] = outcome.refused;
      if (counted) return 'full';
      throw new Error(`There is a pool ${pool.id} already.`);
    },

    async save(before, after) {
      const outcome = await configuration.during(before.id, () =>
        table.transact([
          { put: encodePool({ ...after, version: before.version + 1 }), condition: has('n', before.version) },
          changeListedPool(after),
          newVersion(before.id),
        ]),
      );
      return outcome === 'done' ? 'saved' : 'changed';
    },

    async remove(pool) {
      const outcome = await configuration.during(pool.id, () =>
        table.transact([
          { remove: poolKey(pool.id), condition: has('n', pool.version) },
          { remove: versionKey(pool.id), condition: countsNone('replicas') },
          countOneLess(pool),
          { remove: directoryKey(pool.region, pool.createdAt, pool.id) },
          // Nobody is added to a pool without its counters, so what is left only becomes less.
          ...counterKeys(pool.id).map((key): Write => ({ remove: key })),
          { put: encodeJob(purgeOfPool(pool, clock.now())) },
        ]),
      );
      return outcome === 'done' ? 'removed' : 'changed';
    },

    list: (region, page) => listPage(table, directoryOf(region), page, decodeListedPool),

    async countUsers(poolId) {
      const counters = await everyItem(table, countersOfPool(poolId));
      return counters.reduce((sum, counter) => sum + numberIn(counter, 'n'), 0);
    },
  };
}

const countOneMore = (pool: Pool, most: number): Write => ({
  update: accountKey(pool),
  change: increase('pools', 1),
  ...(most !== Infinity && { condition: hasRoom('pools', most) }),
});

const countOneLess = (pool: Pool): Write => ({ update: accountKey(pool), change: increase('pools', -1) });
