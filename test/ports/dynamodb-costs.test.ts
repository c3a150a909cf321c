/** What the hot paths cost: round trips, and units as the database counts them. The figures are those of docs/data-model.md. */
import { describe, expect, test } from 'vitest';
import { type Tally, tallying } from '../../lambdas/adapters/dynamodb/usage.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { UserQuery } from '../../lambdas/core/model/user-query.ts';
import type { Guessed } from '../../lambdas/core/ports/attempt-store.ts';
import { testTable } from '../support/table.ts';
import { openDynamodbStores } from './dynamodb-stores.ts';
import { aCode, inParallel, newClient, newUser, storedGroup, storedPool, storedUser } from './open-stores.ts';

/** About 1.4 KB as a row. */
const typical = (email: string) => ({
  attributes: {
    email,
    email_verified: 'true',
    name: 'Ada Lovelace',
    given_name: 'Ada',
    family_name: 'Lovelace',
    locale: 'en-GB',
    zoneinfo: 'Europe/London',
    'custom:notes': 'x'.repeat(200),
  },
  password: { sealed: new Uint8Array(430) },
});

type Prices = Pick<Tally, 'roundTrips' | 'readUnits' | 'writeUnits' | 'indexUnits'>;

/** A process that has the configuration in its cache, among other writers. */
async function warm(settings: Parameters<typeof storedPool>[1] = { AliasAttributes: ['email'] }) {
  const requests = tallying();
  const stores = openDynamodbStores({ table: testTable({ observe: requests.observe }), versionCheck: 'always' });
  const { id } = await storedPool(stores, settings);
  const client = newClient({ id } as Pool);
  await stores.clients.add(client, 1000);
  await stores.clients.find(client.id);

  /** Runs a request from the moment that it names its client. */
  async function priceOf(run: (pool: Pool) => Promise<unknown>): Promise<Tally> {
    requests.start();
    const found = await stores.clients.find(client.id);
    if (!found) throw new Error('the client is not found');
    await run(found.pool);
    return requests.total();
  }
  const found = await stores.clients.find(client.id);
  if (!found) throw new Error('the client is not found');
  return { ...stores, pool: found.pool, priceOf };
}

const reads = (roundTrips: number, readUnits: number): Prices => ({
  roundTrips,
  readUnits,
  writeUnits: 0,
  indexUnits: 0,
});

describe('The cost of', () => {
  test('a password sign-in by username is one round trip', async () => {
    const { priceOf, users, attempts, pool } = await warm();
    await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    const price = await priceOf(async (current) => {
      const { failures } = await users.signIn(current, 'ada');
      const attempt = await attempts.begin(current, 'ada', 'password', failures);
      if (attempt !== 'locked') await attempt.succeeded();
    });
    expect(price).toMatchObject(reads(1, 1.5));
  });

  test('a sign-in of somebody in groups is no dearer, once the groups are kept', async () => {
    const { priceOf, users, groups, pool } = await warm();
    const user = await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    const all = await inParallel(3, (index) => storedGroup({ groups }, pool, `group ${index}`));
    for (const group of all) await groups.join(pool, group, user, 100);
    const signIn = async (current: Pool) => {
      const set = await users.signIn(current, 'ada');
      expect(await groups.behind(current, set.user ? set.memberships : [])).toHaveLength(3);
    };
    // What is known of the pool is outdated by the groups that were just added.
    await priceOf(signIn);
    expect(await priceOf(signIn)).toMatchObject(reads(1, 1.5));
  });

  test('a password sign-in by alias is two round trips', async () => {
    const { priceOf, users, pool } = await warm();
    await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    const price = await priceOf(async (current) => {
      const username = await users.resolve(current, { kind: 'email', value: 'ada@x.test' });
      await users.signIn(current, username ?? '');
    });
    expect(price).toMatchObject(reads(2, 2.5));
  });

  test('a right guess at a code, or within a day after a failure, is two writes more', async () => {
    const { priceOf, users, attempts, pool, clock } = await warm();
    await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    const guess = (secret: Guessed, outcome: 'failed' | 'succeeded') =>
      priceOf(async (current) => {
        const { failures } = await users.signIn(current, 'ada');
        const attempt = await attempts.begin(current, 'ada', secret, failures);
        if (attempt !== 'locked') await attempt[outcome]();
      });
    const counted = { roundTrips: 3, writeUnits: 2 };
    expect(await guess('code', 'succeeded')).toMatchObject(counted);
    expect(await guess('password', 'succeeded')).toMatchObject({ roundTrips: 1, writeUnits: 0 });
    expect(await guess('password', 'failed')).toMatchObject({ roundTrips: 2, writeUnits: 1 });
    expect(await guess('password', 'succeeded')).toMatchObject(counted);
    clock.advance(23 * 3_600_000);
    expect(await guess('password', 'succeeded')).toMatchObject(counted);
    clock.advance(3_600_000);
    expect(await guess('password', 'succeeded')).toMatchObject({ roundTrips: 1, writeUnits: 0 });
  });

  test('the second leg of SRP is a read and the consumption of a nonce', async () => {
    const { priceOf, users, nonces, pool, clock } = await warm();
    await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    const price = await priceOf(async (current) => {
      await users.signIn(current, 'ada');
      await nonces.consume(`${pool.id} nonce`, clock.now() + 1000);
    });
    expect(price).toMatchObject({ roundTrips: 2, readUnits: 1.5, writeUnits: 1, indexUnits: 0 });
  });

  test('a refresh is one round trip, and one write more with rotation', async () => {
    const { priceOf, users, families, pool, clock } = await warm();
    await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    await families.rotate(pool, 'ada', 'jti', { generation: 0, grace: 0, expiresAt: clock.now() + 1000 });
    const read = (current: Pool) => Promise.all([users.signIn(current, 'ada'), families.find(current, 'ada', 'jti')]);
    expect(await priceOf(read)).toMatchObject(reads(1, 2.5));
    const price = await priceOf(async (current) => {
      await read(current);
      await families.rotate(current, 'ada', 'jti', { generation: 1, grace: 0, expiresAt: clock.now() + 1000 });
    });
    expect(price).toMatchObject({ roundTrips: 2, readUnits: 2.5, writeUnits: 1, indexUnits: 0 });
  });

  test('a refresh on a device reads that in the same round trip', async () => {
    const { priceOf, users, families, devices, pool } = await warm();
    const ada = await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    const device = { key: 'us-east-1_0', sub: ada.sub, remembered: true, verifier: new Uint8Array(450) };
    await devices.add(pool, ada, { ...device, createdAt: 1, modifiedAt: 1, authenticatedAt: 1, version: 1 });
    const read = (current: Pool) =>
      Promise.all([
        users.signIn(current, 'ada'),
        families.find(current, 'ada', 'jti'),
        devices.find(current, ada, 'us-east-1_0'),
      ]);
    expect(await priceOf(read)).toMatchObject(reads(1, 4.5));
  });

  test('GetUser is one round trip', async () => {
    const { priceOf, users, families, pool, clock } = await warm();
    await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    await families.revoke(pool, 'ada', 'jti', clock.now() + 1000);
    expect(await priceOf((current) => users.withFamily(current, 'ada', 'jti'))).toMatchObject(reads(1, 2.5));
  });

  test('a sign-up is a check and one transaction, the count of users included', async () => {
    const { priceOf, users } = await warm({ UsernameAttributes: ['email'] });
    const price = await priceOf(async (current) => {
      const user = newUser(current, '', typical('new@x.test'));
      await users.add(current, { ...user, username: user.sub }, { code: aCode() });
    });
    expect(price).toMatchObject({ roundTrips: 2, readUnits: 0.5 });
    expect(price.writeUnits - price.indexUnits).toBe(10);
  });

  test('a confirmation is a counted guess and one transaction', async () => {
    const { priceOf, users, codes, pool } = await warm({});
    const user = newUser(pool, 'ada', { ...typical('ada@x.test'), status: 'UNCONFIRMED' });
    await users.add(pool, user, { code: aCode() });
    const price = await priceOf(async (current) => {
      await users.signIn(current, 'ada');
      await codes.guess(current, user, 'sign-up', 15);
      const spend = { purpose: 'sign-up', digest: aCode().digest } as const;
      await users.save(current, user, { ...user, status: 'CONFIRMED' }, { spend });
    });
    expect(price).toMatchObject({ roundTrips: 3, readUnits: 1.5 });
    expect(price.writeUnits - price.indexUnits).toBe(7);
  });

  test('a change of a user that moves nothing else is one plain write', async () => {
    const { priceOf, users, pool } = await warm({});
    const user = await storedUser({ users }, pool, 'ada', typical('ada@x.test'));
    const price = await priceOf(async (current) => {
      await users.find(current, 'ada');
      await users.save(current, user, { ...user, tokensValidAfter: 5 });
    });
    expect(price).toMatchObject({ roundTrips: 2, readUnits: 1.5 });
    expect(price.writeUnits - price.indexUnits).toBe(2);
  });
});

describe('The cost of groups', () => {
  async function joined() {
    const { priceOf, ...stores } = await warm({});
    const user = await storedUser(stores, stores.pool, 'ada', typical('ada@x.test'));
    const group = await storedGroup(stores, stores.pool, 'staff', { description: 'd', precedence: 1 });
    await priceOf(async () => {});
    return { ...stores, priceOf, group, user };
  }

  test('to join one is one transaction', async () => {
    const { priceOf, groups, group, user } = await joined();
    const price = await priceOf((pool) => groups.join(pool, group, user, 100));
    expect(price).toMatchObject({ roundTrips: 2, readUnits: 0.5, indexUnits: 1 });
    expect(price.writeUnits - price.indexUnits).toBe(8);
  });

  test('to leave one is another', async () => {
    const { priceOf, groups, group, user, pool } = await joined();
    await groups.join(pool, group, user, 100);
    const price = await priceOf((current) => groups.leave(current, group, user));
    expect(price).toMatchObject({ roundTrips: 2, readUnits: 0.5, indexUnits: 1 });
    expect(price.writeUnits - price.indexUnits).toBe(6);
  });

  test.each([12, 120])('to list ten members of %i is an index and a batch', async (size) => {
    const { priceOf, groups, group, pool, ...stores } = await joined();
    await inParallel(size, async (index) => {
      const user = await storedUser(stores, pool, `user-${index}`, typical(`${index}@x.test`));
      await groups.join(pool, group, user, 100);
    });
    const { requests, readUnits } = await priceOf(() => groups.members(group, { limit: 10 }));
    expect({ requests, readUnits }).toEqual({ requests: ['Query', 'BatchGetItem'], readUnits: 10.5 });
  });
});

describe('The cost of a page of users', () => {
  const match = (
    attribute: 'name' | 'status' | 'username' | 'cognito:user_status',
    operator: '=' | '^=',
    value: string,
  ) => ({ kind: 'match', attribute, operator, value }) as const;

  async function pageIn(size: number, query: UserQuery, limit = 10) {
    const { priceOf, ...stores } = await warm({});
    await inParallel(size, (index) => storedUser(stores, stores.pool, `user-${index}`, typical(`${index}@x.test`)));
    // The check of the version runs beside all of it, so requests are counted here and not round trips.
    const { readUnits, requests } = await priceOf((pool) => stores.users.list(pool, query, { limit }));
    return { readUnits, requests: requests.filter((name) => name !== 'GetItem') };
  }

  test.each([
    ['all', { kind: 'all' }, ['Query']],
    ['by value', match('name', '=', 'Ada Lovelace'), ['Query', 'BatchGetItem']],
    ['by the beginning of a value', match('name', '^=', 'Ada'), ['Query', 'BatchGetItem']],
    ['by the beginning of a name', match('username', '^=', 'user'), ['Query']],
    ['by a value that nobody has', match('name', '=', 'nobody'), ['Query']],
    ['by one status', match('cognito:user_status', '=', 'CONFIRMED'), ['Query', 'BatchGetItem']],
    ['by a state that nobody is in', match('status', '=', 'Disabled'), Array.from({ length: 8 }, () => 'Query')],
  ] as const)('is the same in a pool of 12 and of 120: %s', async (_, query, requests) => {
    const [small, large] = [await pageIn(12, query), await pageIn(120, query)];
    expect(large).toEqual(small);
    expect(large.requests).toEqual(requests);
  });

  test('of 60 is at most 8 units without a filter, and 33 with one', async () => {
    const all = await pageIn(60, { kind: 'all' }, 60);
    const filtered = await pageIn(60, match('name', '=', 'Ada Lovelace'), 60);
    expect(all.readUnits).toBeLessThanOrEqual(8);
    expect(filtered.readUnits).toBeLessThanOrEqual(33);
  });
});
