/** What every client store promises. */
import { describe, expect, test } from 'vitest';
import { inParallel, newClient, newPool, type OpenAll, storedPool, tally } from './open-stores.ts';

const secrets = [
  { id: 'first', createdAt: 5, value: 'what only the application knows' },
  { id: 'second', createdAt: 6, value: 'and its successor' },
];

export function clientStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a client store`, () => {
    test('gives back a client as it was added, secrets included', async () => {
      const { pools, clients } = open();
      const pool = await storedPool({ pools });
      const settings = { ReadAttributes: ['email'], AuthSessionValidity: 5 };
      const client = newClient(pool, { secrets, settings, ssoSession: { MaxValidityMinutes: 5 } });
      expect(await clients.add(client, 1000)).toBe('added');
      expect(await clients.read(pool.id, client.id)).toEqual(client);
      expect(await clients.find(client.id)).toEqual({ client, pool });
    });

    test('knows no client that was never added, and finds it once it is', async () => {
      const { pools, clients } = open();
      const pool = await storedPool({ pools });
      const client = newClient(pool);
      expect(await clients.find(client.id)).toBeUndefined();
      expect(await clients.read(pool.id, client.id)).toBeUndefined();
      await clients.add(client, 1000);
      expect((await clients.find(client.id))?.client).toEqual(client);
    });

    test('does not read a client through another pool', async () => {
      const { pools, clients } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      const client = newClient(pool);
      await clients.add(client, 1000);
      expect(await clients.read(other.id, client.id)).toBeUndefined();
    });

    test('adds an id once, whichever pool it is asked for', async () => {
      const { pools, clients } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      const client = newClient(pool);
      expect(tally(await inParallel(5, () => clients.add(client, 1000)))).toEqual({ added: 1, taken: 4 });
      expect(await clients.add({ ...client, poolId: other.id }, 1000)).toBe('taken');
      expect(await clients.read(other.id, client.id)).toBeUndefined();
    });

    test('adds no client to a pool that is not there', async () => {
      expect(await open().clients.add(newClient(newPool()), 1000)).toBe('pool gone');
    });

    test('shows a change at once where it was made, of the client and of its pool', async () => {
      const { pools, clients } = open();
      const pool = await storedPool({ pools });
      const client = newClient(pool, { secrets });
      await clients.add(client, 1000);
      await clients.find(client.id);
      const after = { ...client, name: 'renamed', secrets: secrets.slice(1), settings: { IdTokenValidity: 2 } };
      expect(await clients.save(client, after)).toBe('saved');
      await pools.save(pool, { ...pool, name: 'renamed too' });
      expect(await clients.find(client.id)).toEqual({
        client: { ...after, version: client.version + 1 },
        pool: { ...pool, name: 'renamed too', version: pool.version + 1 },
      });
    });

    test('lets one of several changes of the same version win', async () => {
      const { pools, clients } = open();
      const client = newClient(await storedPool({ pools }));
      await clients.add(client, 1000);
      const outcomes = await inParallel(10, (index) => clients.save(client, { ...client, name: `name ${index}` }));
      expect(tally(outcomes)).toEqual({ saved: 1, changed: 9 });
      expect((await clients.read(client.poolId, client.id))?.name).toBe(`name ${outcomes.indexOf('saved')}`);
    });

    test('removes a client once; nothing leads to it any more', async () => {
      const { pools, clients } = open();
      const client = newClient(await storedPool({ pools }));
      await clients.add(client, 1000);
      await clients.find(client.id);
      expect(await clients.remove(client)).toBe('removed');
      expect(await clients.remove(client)).toBe('gone');
      expect(await clients.find(client.id)).toBeUndefined();
      expect(await open().clients.find(client.id)).toBeUndefined();
      expect(await clients.read(client.poolId, client.id)).toBeUndefined();
    });

    test('does not change a client that is gone', async () => {
      const { pools, clients } = open();
      const client = newClient(await storedPool({ pools }));
      await clients.add(client, 1000);
      await clients.remove(client);
      expect(await clients.save(client, client)).toBe('changed');
      expect(await clients.read(client.poolId, client.id)).toBeUndefined();
    });

    test('lists the clients of one pool, page by page, with what was just added', async () => {
      const { pools, clients } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      const made = Array.from({ length: 5 }, () => newClient(pool, { secrets }));
      await Promise.all([...made, newClient(other)].map((client) => clients.add(client, 1000)));
      const first = await clients.list(pool.id, { limit: 3 });
      const second = await clients.list(pool.id, { limit: 3, after: first.next });
      expect(first.items).toHaveLength(3);
      const listed = [...first.items, ...second.items];
      expect(listed.toSorted(byId)).toEqual(made.toSorted(byId));
      expect(second.next).toBeUndefined();
    });
  });
}

const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1);
