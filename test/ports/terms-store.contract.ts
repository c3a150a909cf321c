/** What every store of terms promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Client } from '../../lambdas/core/model/client.ts';
import type { Terms } from '../../lambdas/core/model/terms.ts';
import { purgePool } from '../support/worker.ts';
import { inParallel, type OpenAll, storedClient, tally } from './open-stores.ts';

export const newTerms = ({ poolId, id: clientId }: Client, members: Partial<Terms> = {}): Terms => ({
  poolId,
  id: randomUUID(),
  clientId,
  name: 'terms-of-use',
  source: 'LINK',
  enforcement: 'NONE',
  links: { 'cognito:default': 'https://example.com/terms', 'cognito:french': 'https://example.com/fr' },
  createdAt: 5,
  modifiedAt: 6,
  version: 0,
  ...members,
});

export function termsStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of terms`, () => {
    test('gives back terms as they were added, by id and by client and name', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const { poolId, id } = client;
      const terms = newTerms(client);
      expect(await stores.terms.find(poolId, terms.id)).toBeUndefined();
      expect(await stores.terms.findByName(poolId, id, terms.name)).toBeUndefined();
      expect(await stores.terms.add(terms, 40)).toBe('added');
      expect(await stores.terms.find(poolId, terms.id)).toEqual(terms);
      expect(await stores.terms.findByName(poolId, id, terms.name)).toEqual(terms);
      expect(await stores.terms.findByName(poolId, id, 'privacy-policy')).toBeUndefined();
      expect(await stores.terms.find(randomUUID(), terms.id)).toBeUndefined();
    });

    test('adds a name to a client once, however many ask at once', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const other = await storedClient(stores, client.poolId);
      const outcomes = await inParallel(5, () => stores.terms.add(newTerms(client), 40));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 4 });
      expect(await stores.terms.add(newTerms(client, { name: 'privacy-policy' }), 40)).toBe('added');
      expect(await stores.terms.add(newTerms(other), 40)).toBe('added');
    });

    test('adds none to a client or a pool that is gone, nor more than a pool has room for', async () => {
      const stores = open();
      const gone = await storedClient(stores);
      await stores.clients.remove(gone);
      expect(await stores.terms.add(newTerms(gone), 40)).toBe('taken');
      expect(await stores.terms.add(newTerms({ ...gone, poolId: 'us-east-1_nobody' }), 40)).toBe('pool gone');
      const clients = await inParallel(5, () => storedClient(stores, gone.poolId));
      const outcomes = await Promise.all(clients.map((client) => stores.terms.add(newTerms(client), 2)));
      expect(tally(outcomes)).toEqual({ added: 2, full: 3 });
    });

    test('lets one of several changes of the same version win', async () => {
      const stores = open();
      const terms = newTerms(await storedClient(stores));
      await stores.terms.add(terms, 40);
      const change = (index: number) => stores.terms.save(terms, { ...terms, modifiedAt: index });
      const outcomes = await inParallel(5, change);
      expect(tally(outcomes)).toEqual({ saved: 1, changed: 4 });
      const modifiedAt = outcomes.indexOf('saved');
      expect(await stores.terms.find(terms.poolId, terms.id)).toEqual({ ...terms, modifiedAt, version: 1 });
    });

    test('lets terms take another name that is free, and gives up the former one', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const { poolId, id } = client;
      const terms = newTerms(client);
      await stores.terms.add(terms, 40);
      const renamed = { ...terms, name: 'privacy-policy', version: 1 };
      expect(await stores.terms.save(terms, renamed)).toBe('saved');
      expect(await stores.terms.findByName(poolId, id, 'privacy-policy')).toEqual(renamed);
      expect(await stores.terms.findByName(poolId, id, 'terms-of-use')).toBeUndefined();
      const next = newTerms(client);
      expect(await stores.terms.add(next, 40)).toBe('added');
      expect(await stores.terms.save(next, { ...next, name: 'privacy-policy' })).toBe('taken');
      expect(await stores.terms.find(poolId, next.id)).toEqual(next);
    });

    test('removes the version that was read, once, and its name is free', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const terms = newTerms(client);
      await stores.terms.add(terms, 1);
      expect(tally(await inParallel(4, () => stores.terms.remove(terms)))).toEqual({ removed: 1, changed: 3 });
      expect(await stores.terms.add(newTerms(client), 1)).toBe('added');
    });

    test('lets all terms of a client go with it, which makes room for others', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const both = [newTerms(client), newTerms(client, { name: 'privacy-policy' })];
      for (const terms of both) await stores.terms.add(terms, 2);
      expect(await stores.clients.remove(client)).toBe('removed');
      for (const { poolId, id } of both) expect(await stores.terms.find(poolId, id)).toBeUndefined();
      const other = await storedClient(stores, client.poolId);
      expect(await stores.terms.add(newTerms(other), 1)).toBe('added');
    });

    test('adds terms or removes their client, and never leaves one without the other', async () => {
      const stores = open();
      for (let round = 0; round < 8; round++) {
        const client = await storedClient(stores);
        const terms = newTerms(client);
        const [added] = await Promise.all([stores.terms.add(terms, 40), stores.clients.remove(client)]);
        const isThere = (await stores.clients.read(client.poolId, client.id)) !== undefined;
        const found = await stores.terms.find(client.poolId, terms.id);
        expect(found !== undefined).toBe(isThere && added === 'added');
      }
    });

    test('lists the terms of one pool by id, page by page', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const other = await storedClient(stores, client.poolId);
      await stores.terms.add(newTerms(await storedClient(stores)), 40);
      const all = [newTerms(client), newTerms(client, { name: 'privacy-policy' }), newTerms(other)];
      for (const terms of all) await stores.terms.add(terms, 40);
      const first = await stores.terms.list(client.poolId, { limit: 2 });
      const second = await stores.terms.list(client.poolId, { limit: 2, after: first.next });
      const ids = all.map(({ id }) => id).toSorted();
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
      expect([first.items.length, second.next]).toEqual([2, undefined]);
    });

    test('changes nothing in a pool that is gone, and keeps nothing of it', async () => {
      const stores = open();
      const { pools, worker } = stores;
      const client = await storedClient(stores);
      const terms = newTerms(client);
      await stores.terms.add(terms, 40);
      const pool = await pools.read(client.poolId);
      if (pool) await pools.remove(pool);
      expect(await stores.terms.save(terms, terms)).toBe('changed');
      await purgePool(worker, client.poolId);
      expect(await stores.terms.find(client.poolId, terms.id)).toBeUndefined();
    });
  });
}
