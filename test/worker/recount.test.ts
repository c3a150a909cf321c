/** Counting users anew while others come and go: what is corrected, and what is left alone. */
import { describe, expect, test } from 'vitest';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { add } from '../../lambdas/adapters/dynamodb/expressions.ts';
import { counterKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Tally } from '../../lambdas/core/model/job.ts';
import type { UserCounts } from '../../lambdas/core/ports/user-counts.ts';
import { recount } from '../../lambdas/worker/jobs/recount.ts';
import type { WorkerPorts } from '../../lambdas/worker/ports.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { openDynamodbStores } from '../ports/dynamodb-stores.ts';
import { aClock, inParallel, storedPool, storedUser } from '../ports/open-stores.ts';
import { laggingWire } from '../support/lagging-wire.ts';
import { testTable, testWire } from '../support/table.ts';
import { testTableName } from '../support/table-names.ts';
import { type TestWorker, testWorker, untiring } from '../support/worker.ts';

const minutes = 60_000;

/** Looks at this pool alone, of all that share the table of the tests. */
const only = (worker: TestWorker, poolId: string): TestWorker => ({
  ...worker,
  poolDirectory: { list: async () => ({ items: [poolId] }) },
});

async function recountNow(worker: WorkerPorts, jobId: string): Promise<void> {
  await worker.jobStore.add({ id: jobId, work: { kind: 'recount' }, notBefore: 0 });
  await runJob(worker, jobId, untiring);
}

describe('Counting users anew', () => {
  test('corrects what counters say too much or too little', async () => {
    const stores = openDynamodbStores();
    const pool = await storedPool(stores);
    await inParallel(7, (index) => storedUser(stores, pool, `user-${index}`));
    for (const drift of [30, -20]) {
      await testTable().update(counterKey(pool.id, 5), add({ n: drift }));
      expect(await stores.pools.countUsers(pool.id)).toBe(7 + drift);
      await recountNow(only(stores.worker, pool.id), `recount-${pool.id}`);
      expect(await stores.pools.countUsers(pool.id)).toBe(7);
    }
  });

  test('counts more users than one step does', async () => {
    const stores = openDynamodbStores();
    const pool = await storedPool(stores);
    await inParallel(6, (index) => storedUser(stores, pool, `user-${index}`));
    await testTable().update(counterKey(pool.id, 5), add({ n: 3 }));
    const table = testTable();
    // Pages of two, so that a step counts twenty users at most.
    const small = {
      ...table,
      count: (query: Parameters<typeof table.count>[0]) => table.count({ ...query, limit: 2 }),
    };
    const { clock } = stores;
    const worker = only(testWorker({ clock, table: small }), pool.id);
    await inParallel(30, (index) => storedUser(stores, pool, `more-${index}`));
    await recountNow(worker, `recount-${pool.id}`);
    expect(worker.lines).toMatchObject([{ outcome: 'done', steps: 2 }]);
    expect(await stores.pools.countUsers(pool.id)).toBe(36);
  });

  test('leaves a right count as it is although users come and go meanwhile', async () => {
    const stores = openDynamodbStores();
    const pool = await storedPool(stores);
    const users = await inParallel(10, (index) => storedUser(stores, pool, `user-${index}`));
    const worker = only(stores.worker, pool.id);
    const { count } = worker.userCounts;
    const busy: UserCounts = {
      ...worker.userCounts,
      // Those who come are counted, those who go are not.
      async count(poolId, after) {
        await inParallel(4, (index) => storedUser(stores, pool, `new-${index}`));
        const counted = await count(poolId, after);
        await Promise.all(users.slice(0, 6).map((user) => stores.users.remove(pool, user)));
        return counted;
      },
    };
    await recountNow({ ...worker, userCounts: busy }, `recount-${pool.id}`);
    expect(await stores.pools.countUsers(pool.id)).toBe(8);
  });

  test('is exact however it runs beside sign-ups and removals', async () => {
    const stores = openDynamodbStores();
    const pool = await storedPool(stores);
    const users = await inParallel(20, (index) => storedUser(stores, pool, `user-${index}`));
    const again = async () => {
      for (let round = 0; round < 5; round += 1) await recountNow(only(stores.worker, pool.id), `recount-${pool.id}`);
    };
    await Promise.all([
      again(),
      inParallel(40, (index) => storedUser(stores, pool, `new-${index}`)),
      ...users.map((user) => stores.users.remove(pool, user)),
    ]);
    expect(await stores.pools.countUsers(pool.id)).toBe(40);
  });

  test('believes a drift once the index must have caught up', async () => {
    const wire = laggingWire(testWire());
    const table = dynamodbTable({ wire, tableName: testTableName });
    const clock = aClock();
    const stores = openDynamodbStores({ table, clock, versionCheck: 'always' });
    const pool = await storedPool(stores);
    await inParallel(3, (index) => storedUser(stores, pool, `user-${index}`));
    const worker = only(stores.worker, pool.id);
    const jobId = `recount-${pool.id}`;
    // Nobody is in the index yet, which looks as if the counters said three too many.
    await recountNow(worker, jobId);
    expect(worker.lines).toMatchObject([{ outcome: 'resting' }]);
    expect(await stores.pools.countUsers(pool.id)).toBe(3);
    await wire.catchUp();
    await runJob(worker, jobId, untiring);
    expect(worker.lines).toHaveLength(1);
    clock.advance(10 * minutes);
    await runJob(worker, jobId, untiring);
    expect(worker.lines).toMatchObject([{ outcome: 'resting' }, { outcome: 'done' }]);
    expect(await stores.pools.countUsers(pool.id)).toBe(3);

    await table.update(counterKey(pool.id, 5), add({ n: 9 }));
    await wire.catchUp();
    await recountNow(worker, jobId);
    expect(await stores.pools.countUsers(pool.id)).toBe(12);
    clock.advance(10 * minutes);
    await runJob(worker, jobId, untiring);
    expect(await stores.pools.countUsers(pool.id)).toBe(3);
  });

  test('goes on with the next pool when one is removed meanwhile', async () => {
    const stores = openDynamodbStores();
    const [gone, next] = [await storedPool(stores), await storedPool(stores)];
    await testTable().update(counterKey(next.id, 5), add({ n: 9 }));
    const poolDirectory: WorkerPorts['poolDirectory'] = {
      list: async ({ after }) => (after ? { items: [next.id] } : { items: [gone.id], next: { at: 1 } }),
    };
    const { count } = stores.worker.userCounts;
    const userCounts: UserCounts = {
      ...stores.worker.userCounts,
      async count(poolId, after) {
        if (poolId === gone.id) await stores.pools.remove(gone);
        return count(poolId, after);
      },
    };
    const jobId = `recount-${gone.id}`;
    await recountNow({ ...stores.worker, poolDirectory, userCounts }, jobId);
    await recountNow({ ...stores.worker, poolDirectory }, jobId);
    expect(stores.worker.lines).toMatchObject([
      { outcome: 'done', steps: 2 },
      { outcome: 'done', steps: 2 },
    ]);
    expect(await stores.pools.countUsers(next.id)).toBe(0);
  });
});

describe('What is taken for a drift', () => {
  /** Corrections of a pool that says this before and after so many were counted. */
  async function corrections(before: Tally, counted: number, after: readonly Tally[], refusals = 0) {
    const made: { seen: Tally; by: number }[] = [];
    const tallies = [...after];
    const userCounts: UserCounts = {
      delay: 0,
      tally: async () => (tallies.length > 1 ? tallies.shift() : tallies[0]),
      count: async () => ({ counted }),
      async correct(_poolId, seen, by) {
        made.push({ seen, by });
        return made.length <= refusals ? 'changed' : 'corrected';
      },
    };
    const counting = { poolId: 'pool', before, counted: 0, isSettled: true };
    // The step asks for nothing else.
    const outcome = await recount({ userCounts } as unknown as WorkerPorts, { kind: 'recount', counting });
    expect(outcome).toEqual({ left: undefined });
    return made;
  }
  const said = (users: number, changes: number): Tally => ({ users, changes });

  test.each([
    ['nothing while nobody came or went and the count is right', said(5, 9), 5, said(5, 9), undefined],
    ['all of it when nobody came or went', said(5, 9), 8, said(5, 9), 3],
    ['all of it likewise when there are fewer', said(5, 9), 1, said(5, 9), -4],
    ['nothing that the changes meanwhile explain', said(5, 9), 8, said(6, 12), undefined],
    ['nothing that they explain the other way round', said(5, 9), 2, said(4, 11), undefined],
    ['the part that they cannot explain', said(5, 9), 20, said(6, 12), 11],
    ['that part when there are fewer', said(50, 9), 20, said(49, 12), -26],
  ])('is %s', async (_, before, counted, after, by) => {
    expect(await corrections(before, counted, [after])).toEqual(by === undefined ? [] : [{ seen: after, by }]);
  });

  test('is looked at anew when the counters change before they are corrected', async () => {
    const tallies = [said(5, 9), said(6, 10), said(8, 10)];
    expect(await corrections(said(5, 9), 8, tallies, 9)).toEqual([
      { seen: said(5, 9), by: 3 },
      { seen: said(6, 10), by: 1 },
    ]);
  });

  test('is left to the next week where counters change all the time', async () => {
    expect(await corrections(said(5, 9), 80, [said(5, 9)], 99)).toHaveLength(5);
  });
});
