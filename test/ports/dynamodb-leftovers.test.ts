/** What is there behind the stores: nothing of a pool that was purged, whatever the indexes knew and whoever interfered. */
import { describe, expect, test } from 'vitest';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { IdentityProvider } from '../../lambdas/core/model/identity-provider.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { uuidAt } from '../../lambdas/core/rules/identifiers.ts';
import { groupPurgeId } from '../../lambdas/core/rules/job-ids.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { atFirst, faultyWire } from '../support/faulty-wire.ts';
import { laggingWire } from '../support/lagging-wire.ts';
import { ownTables } from '../support/own-table.ts';
import { anImage, newStyle } from '../support/style-images.ts';
import { impatient, testWire } from '../support/table.ts';
import { isUnpurged, purgePool, untiring } from '../support/worker.ts';
import { type Choice, openDynamodbStores } from './dynamodb-stores.ts';
import {
  aCode,
  inParallel,
  newClient,
  newUser,
  type OpenStores,
  storedGroup,
  storedPool,
  storedUser,
} from './open-stores.ts';
import { storedPasskey } from './passkey-store.contract.ts';
import { newTerms } from './terms-store.contract.ts';
import { newLook } from './ui-customization-store.contract.ts';

const minutes = 60_000;
/** Nobody else's rows stand between those that are looked for. */
const reach = await ownTables();
const table = reach();
const openStores = (choice: Choice = {}): OpenStores => openDynamodbStores({ table, ...choice });
const verified = (email: string) => ({ attributes: { email, email_verified: 'true' } });

/** Every row in whose key, indexes or contents the pool is named. */
async function rowsOf({ id }: Pool): Promise<readonly string[]> {
  const found: Item[] = [];
  let after: Readonly<Record<string, unknown>> | undefined;
  do {
    const step = await table.scan({ limit: 500, after });
    found.push(...step.items.filter((item) => JSON.stringify(item).includes(id)));
    after = step.next;
  } while (after);
  return found.map(({ PK, SK }) => `${PK} / ${SK}`);
}

async function furnish(stores: OpenStores, pool: Pool): Promise<void> {
  const { users, groups, clients, identityProviders, codes, families, attempts, signingKeys, clock } = stores;
  const client = newClient(pool, { secrets: [{ id: 'a', createdAt: 1, value: 'b' }] });
  await clients.add(client, 1000);
  await stores.styles.add(newStyle(client, { assets: [anImage(350_001)] }), 20);
  await stores.terms.add(newTerms(client), 40);
  await stores.uiCustomizations.add(newLook(pool.id, client.id), 1);
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
  await identityProviders.add(aProvider(pool), 300);
  const user = await storedUser({ users }, pool, 'ada', {
    attributes: { preferred_username: 'countess' },
    identities: [{ providerName: 'Google', providerType: 'Google', userId: '1', primary: false, dateCreated: 1 }],
  });
  for (const name of ['staff', 'gone']) await groups.join(pool, await storedGroup(stores, pool, name), user, 100);
  const gone = await groups.find(pool.id, 'gone');
  if (gone) await groups.remove(gone);
  await storedPasskey(stores, pool, user);
  await codes.put(pool, user, aCode());
  await codes.take(pool, 'ada', 'forgot-password', 5);
  await families.revoke(pool, 'ada', 'jti', clock.now() + 1000);
  const attempt = await attempts.begin(pool, 'ada', 'password', undefined);
  if (attempt !== 'locked') await attempt.failed();
}

const aProvider = ({ id: poolId }: Pool): IdentityProvider => ({
  poolId,
  name: 'Google',
  type: 'Google',
  details: { client_secret: 'secret' },
  mapping: {},
  identifiers: ['a', 'b'],
  createdAt: 1,
  modifiedAt: 1,
  version: 0,
});

const purge = ({ worker }: Pick<OpenStores, 'worker'>, { id }: Pool): Promise<unknown> => purgePool(worker, id);

describe('A purged pool', () => {
  test('has left no row, of whatever kind', async () => {
    const stores = openStores();
    const pool = await storedPool(stores, { AliasAttributes: ['email', 'preferred_username'] });
    await furnish(stores, pool);
    expect((await rowsOf(pool)).length).toBeGreaterThan(100);
    const gone = (await rowsOf(pool)).find((row) => row.startsWith('JOBS / purge-group-'));
    await stores.pools.remove(pool);
    await purge(stores, pool);
    // The job of a group that was removed before is one's own.
    expect(await rowsOf(pool)).toEqual([gone]);
    await runJob(stores.worker, gone?.slice('JOBS / '.length) ?? '', untiring);
    expect(await rowsOf(pool)).toEqual([]);
  });

  test('has left no row although sign-ups, changes, clients and memberships raced with its removal', async () => {
    const stores = openStores();
    const pool = await storedPool(stores, { AliasAttributes: ['email'] });
    const group = await storedGroup(stores, pool, 'staff');
    const user = await storedUser(stores, pool, 'first', verified('first@x.test'));
    const people = await inParallel(10, (index) => storedUser(stores, pool, `member-${index}`));
    await Promise.all([
      ...Array.from({ length: 30 }, (_, index) =>
        stores.users.add(pool, newUser(pool, `user-${index}`, verified(`${index}@x.test`)), { code: aCode() }),
      ),
      stores.pools.remove(pool),
      stores.users.save(pool, user, { ...user, ...verified('changed@x.test') }),
      ...Array.from({ length: 10 }, () => stores.clients.add(newClient(pool), 1000)),
      ...people.map((member) => stores.groups.join(pool, group, member, 100)),
      purge(stores, pool),
      ...people.map((member) => stores.groups.leave(pool, group, member)),
    ]);
    await purge(stores, pool);
    expect(await rowsOf(pool)).toEqual([]);
  });

  test('has left no alias of a user who was changed while the purge looked at them', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    const removeMany: Table['removeMany'] = async (keys) => {
      const interference = meanwhile;
      meanwhile = undefined;
      await interference?.();
      await table.removeMany(keys);
    };
    const stores = openStores({ table: { ...table, removeMany } });
    const pool = await storedPool(stores, { AliasAttributes: ['email'] });
    const user = await storedUser(stores, pool, 'ada', verified('before@x.test'));
    await stores.pools.remove(pool);
    meanwhile = () => stores.users.save(pool, user, { ...user, ...verified('after@x.test') });
    await purge(stores, pool);
    expect(await rowsOf(pool)).toEqual([]);
  });

  test('has left no membership of a user who joined while the purge looked at them', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    const removeMany: Table['removeMany'] = async (keys) => {
      const interference = meanwhile;
      meanwhile = undefined;
      await interference?.();
      await table.removeMany(keys);
    };
    const stores = openStores({ table: { ...table, removeMany } });
    const pool = await storedPool(stores);
    const group = await storedGroup(stores, pool, 'staff');
    const user = await storedUser(stores, pool, 'ada');
    await stores.pools.remove(pool);
    const outcomes: unknown[] = [];
    meanwhile = async () => void outcomes.push(await stores.groups.join(pool, group, user, 100));
    await purge(stores, pool);
    expect(outcomes).toEqual(['joined']);
    expect(await rowsOf(pool)).toEqual([]);
  });

  test('is looked at again once the indexes must have caught up with its last users', async () => {
    const wire = laggingWire(testWire());
    const table = reach(wire);
    const stores = openStores({ table, versionCheck: 'always' });
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
    const stores = openStores();
    const { users, codes, families, attempts, clock, worker } = stores;
    const pool = await storedPool(stores, { AliasAttributes: ['email'] });
    const remove = async (members: Partial<User>) => {
      const user = await storedUser({ users }, pool, 'ada', { ...verified('ada@x.test'), ...members });
      const began = clock.now();
      await inParallel(110, () => families.revoke(pool, 'ada', uuidAt(systemRandom, began), 9_999_999_999_999));
      await codes.put(pool, user, aCode());
      await codes.take(pool, 'ada', 'forgot-password', 5);
      const attempt = await attempts.begin(pool, 'ada', 'password', undefined);
      if (attempt !== 'locked') await attempt.failed();
      clock.advance(10 * minutes);
      await storedPasskey(stores, pool, user);
      const outcome = await users.remove(pool, (await users.find(pool, 'ada')) ?? user);
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
    const claims = (await rowsOf(pool)).filter((row) => row.startsWith(`A#${pool.id}#w#`));
    expect(claims).toEqual([]);
  });
});

describe('A purged group', () => {
  /** The memberships of a group that is removed, and the job that purges them. */
  async function aRemovedGroup(stores: OpenStores, members: number, catchUp = async () => {}) {
    const pool = await storedPool(stores);
    const group = await storedGroup(stores, pool, 'staff');
    const people = await inParallel(members, (index) => storedUser(stores, pool, `user-${index}`));
    await Promise.all(people.map((user) => stores.groups.join(pool, group, user, 100)));
    await catchUp();
    const late = await storedUser(stores, pool, 'late');
    await stores.groups.join(pool, group, late, 100);
    const stays = await storedGroup(stores, pool, 'stays');
    await stores.groups.join(pool, stays, late, 100);
    await stores.groups.remove(group);
    const rowsOfGroup = async () => (await rowsOf(pool)).filter((row) => row.includes(group.id));
    return { pool, group, stays, rowsOfGroup, work: () => runJob(stores.worker, groupPurgeId(group.id), untiring) };
  }

  test('has left no membership, and took none of another group along', async () => {
    const stores = openStores();
    const { pool, stays, rowsOfGroup, work } = await aRemovedGroup(stores, 230);
    expect(await rowsOfGroup()).toHaveLength(232);
    await work();
    expect(await rowsOfGroup()).toEqual([]);
    expect(await stores.users.signIn(pool, 'late')).toMatchObject({ memberships: [{ groupId: stays.id }] });
  });

  test('is looked at again once the index must have caught up with its last members', async () => {
    const wire = laggingWire(testWire());
    const table = reach(wire);
    const stores = openStores({ table, versionCheck: 'always' });
    const { rowsOfGroup, work, group } = await aRemovedGroup(stores, 3, wire.catchUp);
    await work();
    expect((await rowsOfGroup()).toSorted()).toEqual([
      `JOBS / ${groupPurgeId(group.id)}`,
      expect.stringMatching(/#late \/ @G#/),
    ]);
    await wire.catchUp();
    await work();
    expect(await rowsOfGroup()).toHaveLength(2);
    stores.clock.advance(10 * minutes);
    await work();
    expect(await rowsOfGroup()).toEqual([]);
  });
});

describe('A removal of a user that came too late', () => {
  test('leaves no job', async () => {
    const { pools, users, families } = openStores();
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
    const stores = openStores({ table: reach(wire) });
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

  test('leaves out members of a group who left, or who only have the name of one', async () => {
    const { users, groups, pool, ada, ben, zoe, wire, ...stores } = await laggingStores();
    const group = await storedGroup({ groups }, pool, 'staff');
    for (const user of [ada, ben, zoe]) await groups.join(pool, group, user, 100);
    await wire.catchUp();
    const current = await users.find(pool, 'ben');
    if (current) await users.remove(pool, current);
    await storedUser({ users, ...stores }, pool, 'ben');
    await groups.leave(pool, group, zoe);
    const { items } = await groups.members(group, { limit: 60 });
    expect(items.map(({ username }) => username)).toEqual(['ada']);
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
      const table = reach(wire, impatient);
      const stores = openStores({ table });
      const pool = await storedPool(stores, { AliasAttributes: ['email'] });
      const user = newUser(pool, 'ada', verified('ada@x.test'));
      expect(await stores.users.add(pool, user, { code: aCode() })).toBe('added');
      const spend = { purpose: 'sign-up', digest: aCode().digest } as const;
      expect(await stores.users.save(pool, user, { ...user, attributes: {} }, { spend })).toBe('saved');
      expect(await stores.nonces.consume(`${pool.id} ${fault}`, 1)).toBe('consumed');
      expect(await stores.families.rotate(pool, 'ada', 'jti', { generation: 0, grace: 0, expiresAt: 1 })).toBe(
        'rotated',
      );
      const group = await storedGroup(stores, pool, 'staff');
      const another = await storedGroup(stores, pool, 'others');
      expect(await stores.groups.join(pool, group, user, 1)).toBe('joined');
      expect(await stores.groups.join(pool, another, user, 1)).toBe('full');
      expect(await stores.groups.leave(pool, group, user)).toBe('left');
      expect((await stores.users.find(pool, 'ada'))?.groupCount).toBe(0);
      const outcomes = [];
      for (let guess = 0; guess < 4; guess++) outcomes.push(await stores.codes.guess(pool, user, 'sign-up', 3));
      expect(outcomes).toEqual(['none', 'none', 'none', 'spent']);
      expect(await stores.pools.countUsers(pool.id)).toBe(1);
    },
  );
});
