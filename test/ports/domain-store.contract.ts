/** What every domain store promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Domain } from '../../lambdas/core/model/domain.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import { inParallel, newPool, type OpenAll, type OpenStores, storedPool, tally } from './open-stores.ts';

const aDomain = (pool: Pool, members: Partial<Domain> = {}): Domain => ({
  name: `d-${randomUUID()}`,
  poolId: pool.id,
  managedLoginVersion: 1,
  modifiedAt: 5,
  ...members,
});

const certificate = { CertificateArn: 'arn:aws:acm:us-east-1:1:certificate/1', SecurityPolicy: 'TLS_V1' } as const;
const routing = { Failover: { SecondaryRegion: 'eu-west-1', PrimaryRoute53HealthCheckId: 'check' } };

/** Of an account that no other test knows. */
async function poolOf(stores: Pick<OpenStores, 'pools'>, account: string): Promise<Pool> {
  const pool = newPool({}, { account });
  await stores.pools.add(pool);
  return pool;
}

async function read({ pools }: Pick<OpenStores, 'pools'>, { id }: Pool): Promise<Pool> {
  const pool = await pools.read(id);
  if (!pool) throw new Error('The pool is gone.');
  return pool;
}

export function domainStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a domain store`, () => {
    test('gives back a domain as it was added, and its pool names it', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const prefix = aDomain(pool);
      const custom = aDomain(pool, { managedLoginVersion: 2, certificate, routing });
      expect(await stores.domains.add(pool, prefix, 0)).toBe('added');
      const named = await read(stores, pool);
      expect(await stores.domains.add(named, custom, 1_000_000)).toBe('added');
      expect(await stores.domains.find(prefix.name)).toEqual(prefix);
      expect(await stores.domains.find(custom.name)).toEqual(custom);
      const { version } = pool;
      const both = { ...pool, domain: prefix.name, customDomain: custom.name, version: version + 2 };
      expect(await stores.pools.read(pool.id)).toEqual(both);
      expect(await stores.pools.find(pool.id)).toEqual(both);
    });

    test('knows no domain that was never added', async () => {
      expect(await open().domains.find(`d-${randomUUID()}`)).toBeUndefined();
    });

    test('gives a name to one pool', async () => {
      const stores = open();
      const pools = await inParallel(5, () => storedPool(stores));
      const shared = `d-${randomUUID()}`;
      const add = (pool: Pool) => stores.domains.add(pool, aDomain(pool, { name: shared }), 0);
      expect(tally(await Promise.all(pools.map(add)))).toEqual({ added: 1, taken: 4 });
      const named = await Promise.all(pools.map((pool) => read(stores, pool)));
      expect(named.filter(({ domain }) => domain === shared)).toHaveLength(1);
    });

    test('changes nothing on a pool that was changed since it was read, or that is gone', async () => {
      const stores = open();
      const { pools, domains } = stores;
      const pool = await storedPool(stores);
      const [first, second] = [aDomain(pool), aDomain(pool)];
      await domains.add(pool, first, 0);
      expect(await domains.add(pool, second, 0)).toBe('changed');
      expect(await domains.save(pool, { ...first, managedLoginVersion: 2 })).toBe('changed');
      expect(await domains.remove(pool, first)).toBe('changed');
      const current = await read(stores, pool);
      expect(await domains.remove(current, first)).toBe('removed');
      await pools.remove(await read(stores, pool));
      expect(await domains.add(current, second, 0)).toBe('changed');
      expect(await Promise.all([first, second].map((domain) => domains.find(domain.name)))).toEqual([
        undefined,
        undefined,
      ]);
    });

    test('saves and removes the domains of the very pool alone', async () => {
      const stores = open();
      const [one, other] = [await storedPool(stores), await storedPool(stores)];
      const domain = aDomain(one);
      await stores.domains.add(one, domain, 0);
      expect(await stores.domains.save(other, { ...domain, poolId: other.id })).toBe('changed');
      expect(await stores.domains.remove(other, domain)).toBe('changed');
      expect(await stores.domains.find(domain.name)).toEqual(domain);
    });

    test('shows a saved domain at once', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const domain = aDomain(pool);
      await stores.domains.add(pool, domain, 0);
      const after: Domain = { ...domain, managedLoginVersion: 2, routing, modifiedAt: 9 };
      expect(await stores.domains.save(await read(stores, pool), after)).toBe('saved');
      expect(await stores.domains.find(domain.name)).toEqual(after);
    });

    test('counts host names of an account, however many are added side by side', async () => {
      const stores = open();
      const account = randomUUID();
      const pools = await inParallel(6, () => poolOf(stores, account));
      const add = (pool: Pool) => stores.domains.add(pool, aDomain(pool, { certificate }), 2);
      expect(tally(await Promise.all(pools.map(add)))).toEqual({ added: 2, full: 4 });
      const [holder] = (await Promise.all(pools.map((pool) => read(stores, pool)))).filter((pool) => pool.customDomain);
      if (!holder) throw new Error('None was added.');
      const found = await stores.domains.find(holder.customDomain ?? '');
      if (!found) throw new Error('The domain is not there.');
      await stores.domains.remove(holder, found);
      const again = await read(stores, holder);
      expect(await add(again)).toBe('added');
      expect(await add(await poolOf(stores, account))).toBe('full');
      expect(await add(await poolOf(stores, randomUUID()))).toBe('added');
    });

    test('removes a pool or adds a domain to it, and never both', async () => {
      const stores = open();
      for (let round = 0; round < 10; round++) {
        const pool = await storedPool(stores);
        const domain = aDomain(pool);
        const [added, removed] = await Promise.all([stores.domains.add(pool, domain, 0), stores.pools.remove(pool)]);
        expect([added, removed]).toContain('changed');
        const left = [await stores.domains.find(domain.name), await stores.pools.read(pool.id)];
        expect(left.map(Boolean)).toEqual(added === 'added' ? [true, true] : [false, false]);
      }
    });
  });
}
