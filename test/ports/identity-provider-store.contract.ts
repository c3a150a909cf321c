/** What every store of identity providers promises. */
import { describe, expect, test } from 'vitest';
import type { IdentityProvider } from '../../lambdas/core/model/identity-provider.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import { inParallel, newPool, type OpenAll, storedPool, tally } from './open-stores.ts';

const newProvider = (pool: Pool, name: string, members: Partial<IdentityProvider> = {}): IdentityProvider => ({
  poolId: pool.id,
  name,
  type: 'OIDC',
  details: { client_id: 'shop', client_secret: 'what only the shop knows' },
  mapping: { email: 'mail', username: 'sub' },
  identifiers: [],
  createdAt: 5,
  modifiedAt: 6,
  version: 0,
  ...members,
});

const fifty = (kind: string): readonly string[] => Array.from({ length: 50 }, (_, index) => `${kind} ${index}`);

export function identityProviderStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of identity providers`, () => {
    test('gives back a provider as it was added, secrets included, by its name and its identifiers', async () => {
      const { pools, identityProviders } = open();
      const pool = await storedPool({ pools });
      const provider = newProvider(pool, 'Corp', {
        identifiers: ['corp', 'Corp', 'x'.repeat(40)],
        acrMapping: { Level1: 'low' },
        linkAttributes: ['email'],
      });
      expect(await identityProviders.add(provider, 300)).toBe('added');
      expect(await identityProviders.find(pool.id, 'Corp')).toEqual(provider);
      for (const identifier of provider.identifiers) {
        expect(await open().identityProviders.findByIdentifier(pool.id, identifier)).toEqual(provider);
      }
      expect(await identityProviders.findByIdentifier(pool.id, 'CORP')).toBeUndefined();
      expect(await identityProviders.find(pool.id, 'corp')).toBeUndefined();
    });

    test('knows no provider of another pool', async () => {
      const { pools, identityProviders } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      await identityProviders.add(newProvider(pool, 'Corp', { identifiers: ['corp'] }), 300);
      expect(await identityProviders.find(other.id, 'Corp')).toBeUndefined();
      expect(await identityProviders.findByIdentifier(other.id, 'corp')).toBeUndefined();
      expect(await identityProviders.add(newProvider(other, 'Corp', { identifiers: ['corp'] }), 300)).toBe('added');
    });

    test('adds no provider to a pool that is not there', async () => {
      expect(await open().identityProviders.add(newProvider(newPool(), 'Corp'), 300)).toBe('pool gone');
    });

    test('gives a name and an identifier to one of many', async () => {
      const { pools, identityProviders } = open();
      const pool = await storedPool({ pools });
      const sameName = await inParallel(5, (index) =>
        identityProviders.add(newProvider(pool, 'Corp', { identifiers: [`own ${index}`] }), 300),
      );
      expect(tally(sameName)).toEqual({ added: 1, taken: 4 });
      const sameIdentifier = await inParallel(5, (index) =>
        identityProviders.add(newProvider(pool, `Corp${index}`, { identifiers: ['shared'] }), 300),
      );
      expect(tally(sameIdentifier)).toEqual({ added: 1, taken: 4 });
      // Whoever was refused holds nothing.
      const free = [0, 1, 2, 3, 4].filter((index) => sameName[index] === 'taken').map((index) => `own ${index}`);
      expect(await identityProviders.add(newProvider(pool, 'Next', { identifiers: free }), 300)).toBe('added');
    });

    test('holds no more than it is told, however many come at once', async () => {
      const { pools, identityProviders } = open();
      const pool = await storedPool({ pools });
      const outcomes = await inParallel(5, (index) => identityProviders.add(newProvider(pool, `Corp${index}`), 3));
      expect(tally(outcomes)).toEqual({ added: 3, full: 2 });
      const { items } = await identityProviders.list(pool.id, { limit: 10 });
      if (items[0]) await identityProviders.remove(items[0]);
      expect(await identityProviders.add(newProvider(pool, 'Next'), 3)).toBe('added');
    });

    test('moves identifiers with a change', async () => {
      const { pools, identityProviders } = open();
      const pool = await storedPool({ pools });
      const before = newProvider(pool, 'Corp', { identifiers: ['a', 'b'] });
      await identityProviders.add(before, 300);
      const after = { ...before, identifiers: ['b', 'c'], mapping: {}, acrMapping: { Level2: 'x' } };
      expect(await identityProviders.save(before, after)).toBe('saved');
      const saved = { ...after, version: before.version + 1 };
      expect(await identityProviders.find(pool.id, 'Corp')).toEqual(saved);
      for (const identifier of ['b', 'c']) {
        expect(await identityProviders.findByIdentifier(pool.id, identifier)).toEqual(saved);
      }
      expect(await identityProviders.findByIdentifier(pool.id, 'a')).toBeUndefined();
      const taken = newProvider(pool, 'Other', { identifiers: ['a', 'c'] });
      expect(await identityProviders.add(taken, 300)).toBe('taken');
      const other = newProvider(pool, 'Other', { identifiers: ['a'] });
      expect(await identityProviders.add(other, 300)).toBe('added');
      expect(await identityProviders.save(other, { ...other, identifiers: ['a', 'b'] })).toBe('taken');
      expect(await identityProviders.find(pool.id, 'Other')).toEqual(other);
    });

    test('exchanges fifty identifiers for fifty others, or none of them', async () => {
      const { pools, identityProviders } = open();
      const pool = await storedPool({ pools });
      const before = newProvider(pool, 'Corp', { identifiers: fifty('old') });
      await identityProviders.add(before, 300);
      const other = newProvider(pool, 'Other', { identifiers: ['new 49'] });
      await identityProviders.add(other, 300);
      const after = { ...before, identifiers: fifty('new') };
      expect(await identityProviders.save(before, after)).toBe('taken');
      expect(await identityProviders.find(pool.id, 'Corp')).toEqual(before);
      await identityProviders.remove(other);

      expect(await identityProviders.save(before, after)).toBe('saved');
      expect((await identityProviders.find(pool.id, 'Corp'))?.identifiers).toEqual(fifty('new'));
      for (const identifier of fifty('new')) {
        expect((await identityProviders.findByIdentifier(pool.id, identifier))?.name).toBe('Corp');
      }
      const next = newProvider(pool, 'Next', { identifiers: fifty('old') });
      expect(await identityProviders.add(next, 300)).toBe('added');
    });

    test('lets one of several changes of the same version win', async () => {
      const { pools, identityProviders } = open();
      const provider = newProvider(await storedPool({ pools }), 'Corp');
      await identityProviders.add(provider, 300);
      const outcomes = await inParallel(5, (index) =>
        identityProviders.save(provider, { ...provider, identifiers: [`id ${index}`] }),
      );
      expect(tally(outcomes)).toEqual({ saved: 1, changed: 4 });
      const kept = `id ${outcomes.indexOf('saved')}`;
      expect((await identityProviders.find(provider.poolId, 'Corp'))?.identifiers).toEqual([kept]);
    });

    test('removes a provider once, with its identifiers', async () => {
      const { pools, identityProviders } = open();
      const pool = await storedPool({ pools });
      const provider = newProvider(pool, 'Corp', { identifiers: fifty('id') });
      await identityProviders.add(provider, 300);
      const outcomes = await inParallel(3, () => identityProviders.remove(provider));
      expect(tally(outcomes)).toEqual({ removed: 1, changed: 2 });
      expect(await identityProviders.find(pool.id, 'Corp')).toBeUndefined();
      expect(await identityProviders.findByIdentifier(pool.id, 'id 7')).toBeUndefined();
      expect(await identityProviders.save(provider, provider)).toBe('changed');
      expect(await identityProviders.add(provider, 300)).toBe('added');
    });

    test('lists the providers of one pool in the order of their names, page by page', async () => {
      const { pools, identityProviders } = open();
      const [pool, other] = [await storedPool({ pools }), await storedPool({ pools })];
      const made = ['a11', 'b11', 'c11'].map((each) => newProvider(pool, each, { identifiers: [each] }));
      await Promise.all([...made, newProvider(other, 'd11')].map((each) => identityProviders.add(each, 300)));
      const first = await identityProviders.list(pool.id, { limit: 2 });
      const second = await identityProviders.list(pool.id, { limit: 2, after: first.next });
      expect([...first.items, ...second.items]).toEqual(made);
      expect(second.next).toBeUndefined();
    });
  });
}
