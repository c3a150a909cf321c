/** What every pool store promises. */
import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import { poolPurgeId } from '../../lambdas/core/rules/job-ids.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { hurried, isUnpurged, purgePool } from '../support/worker.ts';
import {
  aCode,
  inParallel,
  newClient,
  newPool,
  newUser,
  type OpenAll,
  storedPool,
  storedUser,
  tally,
} from './open-stores.ts';

const settings = {
  Policies: { PasswordPolicy: { MinimumLength: 12 } },
  LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:1:function:check' },
  VerificationMessageTemplate: { EmailMessage: 'Your code: {####} \u{1F511}' },
} as const;

export function poolStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a pool store`, () => {
    test('gives back a pool as it was added, in every way of asking', async () => {
      const { pools } = open();
      const pool = newPool(settings, { tags: { team: 'a b', '': 'x' }, name: 'shop' });
      await pools.add(pool);
      expect(await pools.read(pool.id)).toEqual(pool);
      expect(await pools.find(pool.id)).toEqual(pool);
      expect(await open().pools.find(pool.id)).toEqual(pool);
    });

    test('knows no pool that was never added, and finds it once it is', async () => {
      const { pools } = open();
      const pool = newPool();
      expect([await pools.find(pool.id), await pools.read(pool.id)]).toEqual([undefined, undefined]);
      await pools.add(pool);
      expect(await pools.find(pool.id)).toEqual(pool);
    });

    test('refuses to add a pool under an id that is taken', async () => {
      const { pools } = open();
      const pool = await storedPool({ pools });
      await expect(pools.add({ ...pool, name: 'another' })).rejects.toThrow(pool.id);
      expect(await pools.read(pool.id)).toEqual(pool);
    });

    test('adds pools until the account has as many in the region, however many come at once', async () => {
      const { pools } = open();
      const here = { account: randomInt(1e11, 1e12).toString(), region: 'us-east-1' };
      const elsewhere = [
        { ...here, region: 'eu-west-1' },
        { ...here, account: randomInt(1e11, 1e12).toString() },
      ];
      const made = Array.from({ length: 12 }, () => newPool({}, here));
      const outcomes = await Promise.all(made.map((pool) => pools.add(pool, 5)));
      expect(tally(outcomes)).toEqual({ added: 5, full: 7 });
      expect(await pools.find(made[outcomes.indexOf('full')]?.id ?? '')).toBeUndefined();
      for (const place of elsewhere) expect(await pools.add(newPool({}, place), 5)).toBe('added');

      const leaving = made.filter((_, index) => outcomes[index] === 'added').slice(0, 2);
      await Promise.all(leaving.map((pool) => pools.remove(pool)));
      const others = await inParallel(6, () => pools.add(newPool({}, here), 5));
      expect(tally(others)).toEqual({ added: 2, full: 4 });
    });

    test('counts a pool as one less only once, however often it is removed', async () => {
      const { pools } = open();
      const here = { account: randomInt(1e11, 1e12).toString(), region: 'us-east-1' };
      const [pool] = [newPool({}, here), await pools.add(newPool({}, here), 2)];
      await pools.add(pool, 2);
      expect(tally(await inParallel(5, () => pools.remove(pool)))).toEqual({ removed: 1, changed: 4 });
      expect(tally(await inParallel(3, () => pools.add(newPool({}, here), 2)))).toEqual({ added: 1, full: 2 });
    });

    test('shows a change at once where it was made', async () => {
      const { pools } = open();
      const pool = await storedPool({ pools });
      await pools.find(pool.id);
      expect(await pools.save(pool, { ...pool, name: 'renamed', settings })).toBe('saved');
      const saved = { ...pool, name: 'renamed', settings, version: pool.version + 1 };
      expect(await pools.find(pool.id)).toEqual(saved);
      expect(await pools.read(pool.id)).toEqual(saved);
    });

    test('lets one of several changes of the same version win', async () => {
      const { pools } = open();
      const pool = await storedPool({ pools });
      const outcomes = await inParallel(10, (index) => pools.save(pool, { ...pool, name: `name ${index}` }));
      expect(tally(outcomes)).toEqual({ saved: 1, changed: 9 });
      expect((await pools.read(pool.id))?.name).toBe(`name ${outcomes.indexOf('saved')}`);
    });

    test('lists the pools of a region in the order of their creation, page by page', async () => {
      const { pools } = open();
      const region = `xx-test-${newPool().id.slice(-9).toLowerCase()}`;
      const made = [3, 1, 2].map((age) => newPool(settings, { region, createdAt: 1_000 * age, name: `of age ${age}` }));
      for (const pool of made) await pools.add(pool);
      const first = await pools.list(region, { limit: 2 });
      const second = await pools.list(region, { limit: 2, after: first.next });
      expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['of age 1', 'of age 2', 'of age 3']);
      expect(first.items).toHaveLength(2);
      expect(second.next).toBeUndefined();
      const { id, name: called, createdAt, modifiedAt } = made[1] as Pool;
      expect(first.items[0]).toEqual({
        id,
        name: called,
        region,
        createdAt,
        modifiedAt,
        settings: { LambdaConfig: settings.LambdaConfig },
        hasReplicas: false,
      });
    });

    test('goes on listing after the pool at which a page ended was removed', async () => {
      const { pools } = open();
      const region = `xx-test-${newPool().id.slice(-9).toLowerCase()}`;
      const made = [1, 2, 3].map((age) => newPool({}, { region, createdAt: age, name: String(age) }));
      for (const pool of made) await pools.add(pool);
      const { next } = await pools.list(region, { limit: 2 });
      await pools.remove(made[1] as Pool);
      const rest = await pools.list(region, { limit: 2, after: next });
      expect(rest.items.map(({ name: called }) => called)).toEqual(['3']);
    });

    test('shows a renamed pool in the list', async () => {
      const { pools } = open();
      const region = `xx-test-${newPool().id.slice(-9).toLowerCase()}`;
      const pool = newPool({}, { region });
      await pools.add(pool);
      await pools.save(pool, { ...pool, name: 'renamed', modifiedAt: pool.modifiedAt + 5 });
      const { items } = await pools.list(region, { limit: 5 });
      expect(items).toMatchObject([{ name: 'renamed', modifiedAt: pool.modifiedAt + 5 }]);
    });

    test('counts the users that come and go, also side by side', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      expect(await pools.countUsers(pool.id)).toBe(0);
      const added = await inParallel(20, (index) => storedUser({ users }, pool, `user-${index}`));
      expect(await pools.countUsers(pool.id)).toBe(20);
      await Promise.all(added.slice(0, 5).map((user) => users.remove(pool, user)));
      expect(await pools.countUsers(pool.id)).toBe(15);
    });

    test('lets a removed pool vanish from every question at once', async () => {
      const { pools, clients, users, worker } = open();
      const pool = await storedPool({ pools });
      const client = newClient(pool);
      await clients.add(client, 1000);
      await Promise.all([pools.find(pool.id), clients.find(client.id)]);
      expect(await pools.remove(pool)).toBe('removed');
      expect(await pools.find(pool.id)).toBeUndefined();
      expect(await pools.read(pool.id)).toBeUndefined();
      expect(await clients.find(client.id)).toBeUndefined();
      expect(await users.add(pool, newUser(pool, 'late'))).toBe('pool gone');
      expect(await clients.add(newClient(pool), 1000)).toBe('pool gone');
      expect(await isUnpurged(worker, pool.id)).toBe(true);
    });

    test('does not remove a pool that was changed in between, nor twice', async () => {
      const { pools } = open();
      const pool = await storedPool({ pools });
      await pools.save(pool, { ...pool, name: 'renamed' });
      expect(await pools.remove(pool)).toBe('changed');
      const renamed = { ...pool, name: 'renamed', version: pool.version + 1 };
      expect(await pools.remove(renamed)).toBe('removed');
      expect(await pools.remove(renamed)).toBe('changed');
    });

    test('purges a removed pool in steps that any process can go on with', async () => {
      const { clock, pools, clients, users, codes, worker } = open();
      const pool = await storedPool({ pools }, { AliasAttributes: ['email'] });
      await clients.add(newClient(pool), 1000);
      await inParallel(60, (index) =>
        users.add(
          pool,
          newUser(pool, `user-${index}`, { attributes: { email: `${index}@x.test`, email_verified: 'true' } }),
          {
            code: aCode(),
          },
        ),
      );
      await codes.take(pool, 'user-1', 'resend-sign-up', 5);
      await pools.remove(pool);
      let steps = 1;
      while ((await runJob(open(clock).worker, poolPurgeId(pool.id), hurried)) === 'more') steps += 1;
      expect(steps).toBeGreaterThan(2);
      clock.advance(3_600_000);
      expect(await purgePool(worker, pool.id)).toBe('idle');
      expect(await isUnpurged(worker, pool.id)).toBe(false);
      expect(await users.resolve(pool, { kind: 'email', value: '7@x.test' })).toBeUndefined();
      expect(await users.find(pool, 'user-7')).toBeUndefined();
    });

    test('has nothing to purge where nothing was removed', async () => {
      const { pools, worker } = open();
      const pool = await storedPool({ pools });
      expect(await purgePool(worker, pool.id)).toBe('idle');
      expect(await pools.read(pool.id)).toEqual(pool);
    });
  });
}
