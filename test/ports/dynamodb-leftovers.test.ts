/** What is there behind the stores: nothing of a pool that was purged, whatever the indexes knew and whoever interfered. */
import { describe, expect, test } from 'vitest';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { uuidAt } from '../../lambdas/core/rules/identifiers.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { atFirst, faultyWire } from '../support/faulty-wire.ts';
import { laggingWire } from '../support/lagging-wire.ts';
import { impatient, testTable, testWire } from '../support/table.ts';
import { testTableName } from '../support/table-names.ts';
import { isUnpurged, purgePool, untiring } from '../support/worker.ts';
import { openDynamodbStores } from './dynamodb-stores.ts';
import { aCode, inParallel, newClient, newUser, type OpenStores, storedPool, storedUser } from './open-stores.ts';

const minutes = 60_000;
const verified = (email: string) => ({ attributes: { email, email_verified: 'true' } });

/** Every row in whose key, indexes or contents the pool is named. */
async function rowsOf({ id }: Pool): Promise<readonly string[]> {
  const found: Item[] = [];
  let after: Readonly<Record<string, unknown>> | undefined;
  do {
    const step = await testTable().scan({ limit: 500, after });
    found.push(...step.items.filter((item) => JSON.stringify(item).includes(id)));
    after = step.next;
  } while (after);
  return found.map(({ PK, SK }) => `${PK} / ${SK}`);
}

async function furnish(stores: OpenStores, pool: Pool): Promise<void> {
  const { users, clients, codes, families, attempts, signingKeys, clock } = stores;
  await clients.add(newClient(pool, { secrets: [{ id: 'a', createdAt: 1, value: 'b' }] }), 1000);
  await signingKeys.addFirst({
    kid: 'kid',
    poolId: pool.id,
    use: 'id',
    state: 'active',
    since: 1,
    jwk: { kid: 'kid', kty: 'RSA', alg: 'RS256', use: 'sig', n: 'n', e: 'e' },
    provider: 'sealed',
    sealedPrivateKey: Uint8Array.of(1),
  });
  await inParallel(30, (index) => storedUser({ users }, pool, `user-${index}`, verified(`${index}@x.test`)));
  const user = await storedUser({ users }, pool, 'ada', { attributes: { preferred_username: 'countess' } });
  await codes.put(pool, user, aCode());
  await codes.take(pool, 'ada', 'forgot-password', 5);
  await families.revoke(pool, 'ada', 'jti', clock.now() + 1000);
  const attempt = await attempts.begin(pool, 'ada', undefined);
  if (attempt !== 'locked') await attempt.failed();
}

const purge = ({ worker }: Pick<OpenStores, 'worker'>, { id }: Pool): Promise<unknown> => purgePool(worker, id);

describe('A purged pool', () => {
  test('has left no row, of whatever kind', async () => {
    const stores = openDynamodbStores();
    const pool = await storedPool(stores, { AliasAttributes: ['email', 'preferred_username'] });
    await furnish(stores, pool);
    expect((await rowsOf(pool)).length).toBeGreaterThan(100);
    await stores.pools.remove(pool);
    await purge(stores, pool);
    expect(await rowsOf(pool)).toEqual([]);
  });

  test('has left no row although sign-ups, changes and clients raced with its removal', async () => {
    const stores = openDynamodbStores();
    const pool = await storedPool(stores, { AliasAttributes: ['email'] });
    const user = await storedUser(stores, pool, 'first', verified('first@x.test'));
    await Promise.all([
      ...Array.from({ length: 30 }, (_, index) =>
        stores.users.add(pool, newUser(pool, `user-${index}`, verified(`${index}@x.test`)), { code: aCode() }),
      ),
      stores.pools.remove(pool),
      stores.users.save(pool, user, { ...user, ...verified('changed@x.test') }),
      ...Array.from({ length: 10 }, () => stores.clients.add(newClient(pool), 1000)),
      purge(stores, pool),
    ]);
    await purge(stores, pool);
    expect(await rowsOf(pool)).toEqual([]);
  });

  test('has left no alias of a user who was changed while the purge looked at them', async () => {
    const table = testTable();
    let meanwhile: (() => Promise<unknown>) | undefined;
    const removeMany: Table['removeMany'] = async (keys) => {
      const interference = meanwhile;
      meanwhile = undefined;
      await interference?.();
      await table.removeMany(keys);
    };
    const stores = openDynamodbStores({ table: { ...table, removeMany } });
    const pool = await storedPool(stores, { AliasAttributes: ['email'] });
    const user = await storedUser(stores, pool, 'ada', verified('before@x.test'));
    await stores.pools.remove(pool);
    meanwhile = () => stores.users.save(pool, user, { ...user, ...verified('after@x.test') });
    await purge(stores, pool);
    expect(await rowsOf(pool)).toEqual([]);
  });

  test('is looked at again once the indexes must have caught up with its last users', async () => {
    const wire = laggingWire(testWire());
    const table = dynamodbTable({ wire, tableName: testTableName });
    const stores = openDynamodbStores({ table, versionCheck: 'always' });
    const pool = await storedPool(stores);
    await storedUser(stores, pool, 'known');
    await wire.catchUp();
    await storedUser(stores, pool, 'unknown to the indexes');
    await stores.pools.remove(pool);
    for (let step = 0; step < 5; step++) await purge(stores, pool);
    expect((await rowsOf(pool)).some((row) => row.includes('unknown to the indexes'))).toBe(true);
    expect(await isUnpurged(stores.worker, pool.id)).toBe(true);
    await wire.catchUp();
    await purge(stores, pool);
    expect(await isUnpurged(stores.worker, pool.id)).toBe(true);
    await wire.catchUp();
    stores.clock.advance(10 * minutes);
    await purge(stores, pool);
    expect(await rowsOf(pool)).toEqual([]);
  });
});

describe('A purged user', () => {
  test('has left no row, but what a next user of the name may have written', async () => {
    const stores = openDynamodbStores();
    const { users, codes, families, attempts, clock, worker } = stores;
    const pool = await storedPool(stores, { AliasAttributes: ['email'] });
    const remove = async (members: Partial<User>) => {
      const user = await storedUser({ users }, pool, 'ada', { ...verified('ada@x.test'), ...members });
      const began = clock.now();
      await inParallel(110, () => families.revoke(pool, 'ada', uuidAt(systemRandom, began), 9_999_999_999_999));
      await codes.put(pool, user, aCode());
      await codes.take(pool, 'ada', 'forgot-password', 5);
      const attempt = await attempts.begin(pool, 'ada', undefined);
      if (attempt !== 'locked') await attempt.failed();
      clock.advance(10 * minutes);
      const outcome = await users.remove(pool, user);
      if (typeof outcome === 'string') throw new Error('There is no job.');
      return outcome.rest;
    };
    const rowsOfAda = async () => (await rowsOf(pool)).filter((row) => row.startsWith(`U#${pool.id}#ada`));

    const first = await remove({});
    const next = await storedUser({ users }, pool, 'ada', verified('ada@x.test'));
    await runJob(worker, first, untiring);
    const namesOfRows = (await rowsOfAda()).map((row) => row.split(' / ')[1]);
    // Failures and budgets belong to the name, and end by their `ttl`.
    expect(namesOfRows.toSorted()).toEqual(['@', '@F', 'Q#forgot-password']);
    await users.remove(pool, next);

    await runJob(worker, await remove({}), untiring);
    expect(await rowsOfAda()).toEqual([]);
  });
});

describe('A removal of a user that came too late', () => {
  test('leaves no job', async () => {
    const { pools, users, families } = openDynamodbStores();
    const pool = await storedPool({ pools });
    const user = await storedUser({ users }, pool, 'ada');
    await inParallel(101, (index) => families.revoke(pool, 'ada', `jti-${index}`, 9_999_999_999_999));
    await users.save(pool, user, user);
    expect(await users.remove(pool, user)).toBe('changed');
    expect((await rowsOf(pool)).filter((row) => row.startsWith('JOBS'))).toEqual([]);
  });
});

describe('A list over indexes that lag behind', () => {
  async function laggingStores() {
    const wire = laggingWire(testWire());
    const stores = openDynamodbStores({ table: dynamodbTable({ wire, tableName: testTableName }) });
    const pool = await storedPool(stores);
    const [ada, ben, zoe] = await Promise.all(
      ['ada', 'ben', 'zoe'].map((username) =>
        storedUser(stores, pool, username, { attributes: { name: 'same', email: `${username}@x.test` } }),
      ),
    );
    await wire.catchUp();
    if (!ada || !ben || !zoe) throw new Error('nobody was added');
    const found = async (attribute: 'name' | 'email' | 'status' | 'sub', value: string) => {
      const query = { kind: 'match', attribute, operator: '^=', value } as const;
      return (await stores.users.list(pool, query, { limit: 60 })).items.map(({ username }) => username);
    };
    return { ...stores, wire, pool, ada, ben, zoe, found };
  }

  test('leaves out users who were removed since', async () => {
    const { users, pool, ben, found } = await laggingStores();
    await users.remove(pool, ben);
    expect(await found('name', 'same')).toEqual(['ada', 'zoe']);
    expect(await found('sub', ben.sub)).toEqual([]);
  });

  test('leaves out users who do not match any more, and shows the others as they are now', async () => {
    const { users, pool, ada, ben, found, wire } = await laggingStores();
    await users.save(pool, ben, { ...ben, attributes: { name: 'other', email: 'new@x.test' }, enabled: false });
    await users.save(pool, ada, { ...ada, attributes: { ...ada.attributes, nickname: 'countess' } });
    expect(await found('name', 'same')).toEqual(['ada', 'zoe']);
    expect(await found('email', 'ben')).toEqual([]);
    expect(await found('status', 'Enabled')).toEqual(['ada', 'zoe']);
    const query = { kind: 'match', attribute: 'email', operator: '=', value: 'ada@x.test' } as const;
    const { items } = await users.list(pool, query, { limit: 60 });
    expect(items[0]?.attributes['nickname']).toBe('countess');
    await wire.catchUp();
    expect(await found('email', 'new')).toEqual(['ben']);
    expect(await found('status', 'Dis')).toEqual(['ben']);
  });

  test('finds a user by name or sub at once', async () => {
    const { users, pool } = await laggingStores();
    const user = await storedUser({ users }, pool, 'new');
    for (const [attribute, value] of [
      ['username', 'new'],
      ['sub', user.sub],
    ] as const) {
      const query = { kind: 'match', attribute, operator: '=', value } as const;
      expect((await users.list(pool, query, { limit: 60 })).items).toMatchObject([{ username: 'new' }]);
    }
  });
});

describe('Stores on a table in trouble', () => {
  test.each(['conflict', 'throttle', 'lost answer', 'silence', 'unreached'] as const)(
    'do everything once although each request meets a %s first',
    async (fault) => {
      const wire = faultyWire(testWire(), atFirst(fault));
      const table = dynamodbTable({ wire, tableName: testTableName, ...impatient });
      const stores = openDynamodbStores({ table });
      const pool = await storedPool(stores, { AliasAttributes: ['email'] });
      const user = newUser(pool, 'ada', verified('ada@x.test'));
      expect(await stores.users.add(pool, user, { code: aCode() })).toBe('added');
      const spend = { purpose: 'sign-up', digest: aCode().digest } as const;
      expect(await stores.users.save(pool, user, { ...user, attributes: {} }, { spend })).toBe('saved');
      expect(await stores.nonces.consume(`${pool.id} ${fault}`, 1)).toBe('consumed');
      expect(await stores.families.rotate(pool, 'ada', 'jti', { generation: 0, grace: 0, expiresAt: 1 })).toBe(
        'rotated',
      );
      const outcomes = [];
      for (let guess = 0; guess < 4; guess++) outcomes.push(await stores.codes.guess(pool, user, 'sign-up', 3));
      expect(outcomes).toEqual(['none', 'none', 'none', 'spent']);
      expect(await stores.pools.countUsers(pool.id)).toBe(1);
    },
  );
});
