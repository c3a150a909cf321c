/** What every store of copies of pools promises, and what it means for the pools. */
import { describe, expect, test } from 'vitest';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { Replica } from '../../lambdas/core/model/replica.ts';
import { purgePool } from '../support/worker.ts';
import { inParallel, newPool, type OpenAll, type OpenStores, storedPool, tally } from './open-stores.ts';

const newReplica = (pool: Pool, region: string, members: Partial<Replica> = {}): Replica => ({
  poolId: pool.id,
  region,
  status: 'INACTIVE',
  tags: { team: 'a b', '': 'x' },
  createdAt: 1000,
  pool: { region: pool.region, createdAt: pool.createdAt },
  version: 0,
  ...members,
});

/** In a region of its own, so that it stands alone in its list. */
async function listedPool({ pools }: Pick<OpenStores, 'pools'>): Promise<Pool> {
  const { id } = newPool();
  const region = `xx-test-${id.slice(-9).toLowerCase()}`;
  const pool = newPool({}, { region, id });
  await pools.add(pool);
  return pool;
}

const hasReplicas = async ({ pools }: Pick<OpenStores, 'pools'>, { region }: Pool) =>
  (await pools.list(region, { limit: 5 })).items.map((listed) => listed.hasReplicas);

export function replicaStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of copies of pools`, () => {
    test('gives back a copy as it was added and as it was changed, in its own pool alone', async () => {
      const { pools, replicas } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      const replica = newReplica(pool, 'eu-west-1');
      expect(await replicas.add(replica, 1)).toBe('added');
      expect(await replicas.find(pool.id, 'eu-west-1')).toEqual(replica);
      expect(await replicas.find(other.id, 'eu-west-1')).toBeUndefined();
      const ended: Replica = { ...replica, status: 'ACTIVE', endedAt: 2000 };
      expect(await replicas.save(replica, ended)).toBe('saved');
      expect((await open().replicas.list(pool.id, { limit: 5 })).items).toEqual([{ ...ended, version: 1 }]);
    });

    test('adds one in a region, and no more than a pool may have', async () => {
      const { pools, replicas } = open();
      const pool = await storedPool({ pools });
      const outcomes = await inParallel(6, (index) =>
        replicas.add(newReplica(pool, `eu-west-${Math.floor(index / 2)}`), 2),
      );
      expect(tally(outcomes)['added']).toBe(2);
      expect((await replicas.list(pool.id, { limit: 9 })).items).toHaveLength(2);
      expect(await replicas.add(newReplica(newPool(), 'eu-west-1'), 2)).toBe('pool gone');
    });

    test('lets lists of pools know which ones have copies, whatever else of a pool is changed', async () => {
      const { pools, replicas } = open();
      const pool = await listedPool({ pools });
      expect(await hasReplicas({ pools }, pool)).toEqual([false]);
      const [one, two] = [newReplica(pool, 'eu-west-1'), newReplica(pool, 'eu-west-2')];
      await Promise.all([replicas.add(one, 2), replicas.add(two, 2)]);
      expect(await hasReplicas({ pools }, pool)).toEqual([true]);
      expect(await pools.save(pool, { ...pool, name: 'renamed' })).toBe('saved');
      await replicas.remove(one);
      expect(await hasReplicas({ pools }, pool)).toEqual([true]);
      await replicas.remove(two);
      expect(await hasReplicas({ pools }, pool)).toEqual([false]);
    });

    test('keeps a pool as long as it has a record of a copy', async () => {
      const { pools, replicas } = open();
      const pool = await listedPool({ pools });
      const replica = newReplica(pool, 'eu-west-1');
      await replicas.add(replica, 1);
      expect(await pools.remove(pool)).toBe('changed');
      expect(await pools.read(pool.id)).toEqual(pool);
      expect(await replicas.remove(replica)).toBe('removed');
      expect(await pools.remove(pool)).toBe('removed');
      expect(await hasReplicas({ pools }, pool)).toEqual([]);
    });

    test('adds none to a pool that is being removed', async () => {
      const { pools, replicas, worker } = open();
      for (let round = 0; round < 5; round++) {
        const pool = await listedPool({ pools });
        const outcomes = await Promise.all([pools.remove(pool), replicas.add(newReplica(pool, 'eu-west-1'), 1)]);
        expect([
          ['removed', 'pool gone'],
          ['changed', 'added'],
        ]).toContainEqual(outcomes);
        expect(await hasReplicas({ pools }, pool)).toEqual(outcomes[0] === 'removed' ? [] : [true]);
        if (outcomes[0] === 'removed') await purgePool(worker, pool.id);
      }
    });
  });
}
