/** What every store of resource servers promises. */
import { describe, expect, test } from 'vitest';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { ResourceServer } from '../../lambdas/core/model/resource-server.ts';
import { purgePool } from '../support/worker.ts';
import { inParallel, newPool, type OpenAll, storedPool, tally } from './open-stores.ts';

const newServer = (pool: Pool, identifier: string, members: Partial<ResourceServer> = {}): ResourceServer => ({
  poolId: pool.id,
  identifier,
  name: 'Shop',
  scopes: [{ ScopeName: 'read', ScopeDescription: 'Look at the shop' }],
  version: 0,
  ...members,
});

export function resourceServerStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of resource servers`, () => {
    test('gives back a server as it was added, in its own pool alone', async () => {
      const { pools, resourceServers } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      const server = newServer(pool, 'https://shop.example.com/api');
      expect(await resourceServers.find(pool.id, server.identifier)).toBeUndefined();
      expect(await resourceServers.add(server, 25)).toBe('added');
      expect(await resourceServers.find(pool.id, server.identifier)).toEqual(server);
      expect(await resourceServers.find(other.id, server.identifier)).toBeUndefined();
    });

    test('adds an identifier once in a pool', async () => {
      const { pools, resourceServers } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      const outcomes = await inParallel(5, () => resourceServers.add(newServer(pool, 'shop'), 25));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 4 });
      expect(await resourceServers.add(newServer(other, 'shop'), 25)).toBe('added');
    });

    test('adds none to a pool that is not there, nor more than a pool has room for', async () => {
      const { pools, resourceServers } = open();
      expect(await resourceServers.add(newServer(newPool(), 'shop'), 25)).toBe('pool gone');
      const pool = await storedPool({ pools });
      const outcomes = await inParallel(8, (index) => resourceServers.add(newServer(pool, `server-${index}`), 3));
      expect(tally(outcomes)).toEqual({ added: 3, full: 5 });
      const { items } = await resourceServers.list(pool.id, { limit: 50 });
      const [first] = items;
      if (!first) throw new Error('there is no server');
      expect(await resourceServers.add(first, 3)).toBe('taken');
      expect(await resourceServers.remove(first)).toBe('removed');
      expect(await resourceServers.add(first, 3)).toBe('added');
    });

    test('lets one of several changes of the same version win', async () => {
      const { pools, resourceServers } = open();
      const server = newServer(await storedPool({ pools }), 'shop');
      await resourceServers.add(server, 25);
      const outcomes = await inParallel(6, (index) => resourceServers.save(server, { ...server, name: `${index}` }));
      expect(tally(outcomes)).toEqual({ saved: 1, changed: 5 });
      const name = `${outcomes.indexOf('saved')}`;
      expect(await resourceServers.find(server.poolId, 'shop')).toEqual({ ...server, name, version: 1 });
    });

    test('removes the version that was read, once', async () => {
      const { pools, resourceServers } = open();
      const server = newServer(await storedPool({ pools }), 'shop');
      await resourceServers.add(server, 25);
      await resourceServers.save(server, { ...server, scopes: [] });
      expect(await resourceServers.remove(server)).toBe('changed');
      const now = { ...server, scopes: [], version: 1 };
      expect(await resourceServers.find(server.poolId, 'shop')).toEqual(now);
      expect(tally(await inParallel(4, () => resourceServers.remove(now)))).toEqual({ removed: 1, changed: 3 });
      expect(await resourceServers.save(now, now)).toBe('changed');
      expect(await resourceServers.find(server.poolId, 'shop')).toBeUndefined();
    });

    test('lists the servers of one pool by identifier, page by page', async () => {
      const { pools, resourceServers } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      await resourceServers.add(newServer(other, 'shop'), 25);
      for (const identifier of ['d', 'b', 'a', 'c']) await resourceServers.add(newServer(pool, identifier), 25);
      const first = await resourceServers.list(pool.id, { limit: 3 });
      const second = await resourceServers.list(pool.id, { limit: 3, after: first.next });
      expect([...first.items, ...second.items].map(({ identifier }) => identifier)).toEqual(['a', 'b', 'c', 'd']);
      expect(second.next).toBeUndefined();
    });

    test('changes nothing in a pool that is gone, and keeps nothing of it', async () => {
      const { pools, resourceServers, worker } = open();
      const pool = await storedPool({ pools });
      const server = newServer(pool, 'shop');
      await resourceServers.add(server, 25);
      await pools.remove(pool);
      expect(await resourceServers.save(server, server)).toBe('changed');
      expect(await resourceServers.add(newServer(pool, 'bank'), 25)).toBe('pool gone');
      await purgePool(worker, pool.id);
      expect(await resourceServers.find(pool.id, 'shop')).toBeUndefined();
    });
  });
}
