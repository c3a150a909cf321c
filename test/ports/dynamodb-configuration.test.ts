/** Pools and clients out of the cache: at no cost while they stand, and never outdated for longer than one request. */
import { describe, expect, test } from 'vitest';
import { dynamodbTable } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import { tallying } from '../../lambdas/adapters/dynamodb/usage.ts';
import type { Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import { StaleConfiguration } from '../../lambdas/core/ports/stale-configuration.ts';
import { Unavailable } from '../../lambdas/core/ports/unavailable.ts';
import { faultyWire, type Plan } from '../support/faulty-wire.ts';
import { impatient, testTable, testWire } from '../support/table.ts';
import { testTableName } from '../support/table-names.ts';
import { openDynamodbStores } from './dynamodb-stores.ts';
import { inParallel, newClient, newUser, storedGroup, storedPool, storedUser } from './open-stores.ts';

/** Two processes, and a client that the first one has in its cache. */
async function twoProcesses() {
  const requests = tallying();
  const table = testTable({ observe: requests.observe });
  const here = openDynamodbStores({ table, versionCheck: 'always' });
  const there = openDynamodbStores({ versionCheck: 'always' });
  const pool = await storedPool(there);
  const client = newClient(pool);
  await there.clients.add(client, 1000);
  await here.clients.find(client.id);
  const find = async () => {
    const found = await here.clients.find(client.id);
    if (!found) throw new Error('the client is not found');
    return found;
  };
  return { here, there, pool, client, find, requests };
}

describe('The cache of configuration, with other writers', () => {
  test('hands out what it holds without a request', async () => {
    const { requests, find, pool, client } = await twoProcesses();
    requests.start();
    expect(await find()).toEqual({ pool, client });
    expect(requests.total().requests).toEqual([]);
  });

  test('checks the version beside the first read of a user, once for each request', async () => {
    const { requests, find, here } = await twoProcesses();
    const { pool } = await find();
    requests.start();
    await here.users.signIn(pool, 'ada');
    expect(requests.total()).toMatchObject({ roundTrips: 1, requests: ['Query', 'GetItem'] });
    await here.users.signIn(pool, 'ada');
    expect(requests.total().requests).toEqual(['Query', 'GetItem', 'Query']);
    await here.users.find((await find()).pool, 'ada');
    expect(requests.total().requests.slice(3).toSorted()).toEqual(['GetItem', 'GetItem']);
  });

  test('makes no check right after it has loaded', async () => {
    const { client, requests } = await twoProcesses();
    const fresh = openDynamodbStores({ table: testTable({ observe: requests.observe }), versionCheck: 'always' });
    const found = await fresh.clients.find(client.id);
    requests.start();
    if (found) await fresh.users.signIn(found.pool, 'ada');
    expect(requests.total().requests).toEqual(['Query']);
  });

  test('gives up a read that was decided on an outdated pool, and knows the newer one then', async () => {
    const { here, there, pool, find } = await twoProcesses();
    await there.pools.save(pool, { ...pool, name: 'renamed' });
    const outdated = await find();
    expect(outdated.pool.name).toBe(pool.name);
    await expect(here.users.signIn(outdated.pool, 'ada')).rejects.toThrow(StaleConfiguration);
    const current = await find();
    expect(current.pool.name).toBe('renamed');
    expect(await here.users.signIn(current.pool, 'ada')).toMatchObject({ username: 'ada' });
  });

  test.each([
    'find',
    'signIn',
    'withFamily',
    'resolve',
    'list',
    'add',
    'save',
    'remove',
    'families',
    'revoke',
  ] as const)('checks beside or before users.%s', async (method) => {
    const { here, there, pool, find } = await twoProcesses();
    await there.pools.save(pool, pool);
    const { pool: outdated } = await find();
    const user = newUser(outdated, 'ada');
    const calls = {
      find: () => here.users.find(outdated, 'ada'),
      signIn: () => here.users.signIn(outdated, 'ada'),
      withFamily: () => here.users.withFamily(outdated, 'ada', 'jti'),
      resolve: () => here.users.resolve(outdated, { kind: 'sub', value: 'x' }),
      list: () => here.users.list(outdated, { kind: 'all' }, { limit: 1 }),
      add: () => here.users.add(outdated, user),
      save: () => here.users.save(outdated, user, user),
      remove: () => here.users.remove(outdated, user),
      families: () => here.families.find(outdated, 'ada', 'jti'),
      revoke: () => here.families.revoke(outdated, 'ada', 'jti', 1),
    };
    await expect(calls[method]()).rejects.toThrow(StaleConfiguration);
    expect(await there.users.withFamily(pool, 'ada', 'jti')).toEqual({ user: undefined, family: undefined });
  });

  test('notices the change of a client, its removal, and the removal of the pool', async () => {
    const { here, there, pool, client, find } = await twoProcesses();
    const isStale = async () => here.users.signIn((await find()).pool, 'ada').then(() => false, isStaleError);
    await there.clients.save(client, { ...client, name: 'renamed' });
    expect([await isStale(), (await find()).client.name, await isStale()]).toEqual([true, 'renamed', false]);
    await there.clients.remove(client);
    expect(await isStale()).toBe(true);
    expect(await here.clients.find(client.id)).toBeUndefined();
    await there.pools.remove(pool);
    expect(await here.pools.find(pool.id)).toBeUndefined();
  });

  test('holds groups with their pool, and notices their change, their removal and their return', async () => {
    const { here, there, pool, find, requests } = await twoProcesses();
    const user = await storedUser(there, pool, 'ada');
    const group = await storedGroup(there, pool, 'staff');
    await there.groups.join(pool, group, user, 100);
    // As an operation does that is run once more where it was decided on an outdated pool.
    const groupsOfAda = async (): Promise<readonly unknown[]> => {
      const { pool: current } = await find();
      try {
        const set = await here.users.signIn(current, 'ada');
        return await here.groups.behind(current, set.user ? set.memberships : []);
      } catch (error) {
        if (!isStaleError(error)) throw error;
        return groupsOfAda();
      }
    };
    expect(await groupsOfAda()).toEqual([group]);
    requests.start();
    expect(await groupsOfAda()).toEqual([group]);
    expect(requests.total()).toMatchObject({ roundTrips: 1, requests: ['Query', 'GetItem'] });

    const changed = { ...group, precedence: 3, version: group.version + 1 };
    await there.groups.save(group, changed);
    expect(await groupsOfAda()).toEqual([changed]);
    await there.groups.remove(changed);
    expect(await groupsOfAda()).toEqual([]);
    const anew = await storedGroup(there, pool, 'staff');
    expect(await groupsOfAda()).toEqual([]);
    await there.groups.join(pool, anew, user, 100);
    expect(await groupsOfAda()).toEqual([anew]);
  });

  test.each(['join', 'leave'] as const)('checks before groups.%s', async (method) => {
    const { here, there, pool, find } = await twoProcesses();
    const [group, user] = [await storedGroup(there, pool, 'staff'), await storedUser(there, pool, 'ada')];
    const { pool: outdated } = await find();
    const calls = {
      join: () => here.groups.join(outdated, group, user, 100),
      leave: () => here.groups.leave(outdated, group, user),
    };
    await expect(calls[method]()).rejects.toThrow(StaleConfiguration);
    expect((await there.groups.members(group, { limit: 1 })).items).toEqual([]);
  });

  test('brings a pool that is asked for by its id up to date before it is handed out', async () => {
    const { here, there, pool } = await twoProcesses();
    await there.pools.save(pool, { ...pool, name: 'renamed' });
    expect((await here.pools.find(pool.id))?.name).toBe('renamed');
    await there.pools.remove({ ...pool, version: pool.version + 1 });
    expect(await here.pools.find(pool.id)).toBeUndefined();
  });

  test('notices a change that came between the reads of which it was loaded', async () => {
    const { there, pool, client } = await twoProcesses();
    let change: (() => Promise<unknown>) | undefined = () => there.pools.save(pool, { ...pool, name: 'renamed' });
    const wire = afterEachRead(async () => {
      const once = change;
      change = undefined;
      await once?.();
    }, pool.id);
    const here = openDynamodbStores({
      table: dynamodbTable({ wire, tableName: testTableName }),
      versionCheck: 'always',
    });
    await here.clients.find(client.id);
    const found = await here.clients.find(client.id);
    if (found) await here.users.signIn(found.pool, 'ada').catch(() => 'outdated, and noticed');
    expect((await here.clients.find(client.id))?.pool.name).toBe('renamed');
  });

  test('does not take a replica that lags behind for news', async () => {
    const { there, pool, client } = await twoProcesses();
    let replica: object = {};
    const table = dynamodbTable({ wire: answeringVersions(() => replica), tableName: testTableName });
    const here = openDynamodbStores({ table, versionCheck: 'always' });
    await there.pools.save(pool, pool);
    await here.clients.find(client.id);
    const found = await here.clients.find(client.id);
    replica = { Item: { PK: 'P', SK: 'V', n: 1 } };
    if (found) expect(await here.users.signIn(found.pool, 'ada')).toMatchObject({ username: 'ada' });
    expect(await here.pools.find(pool.id)).toMatchObject({ version: pool.version + 1 });
  });
});

describe('The cache of configuration, without other writers', () => {
  test('asks for a pool and its client once, however many want them', async () => {
    const requests = tallying();
    const here = openDynamodbStores({ table: testTable({ observe: requests.observe }) });
    const there = openDynamodbStores();
    const pool = await storedPool(there);
    const client = newClient(pool);
    await there.clients.add(client, 1000);
    await here.clients.find(client.id);
    requests.start();
    await inParallel(20, () => Promise.all([here.clients.find(client.id), here.pools.find(pool.id)]));
    const found = await here.clients.find(client.id);
    if (found) await here.users.signIn(found.pool, 'ada');
    expect(requests.total().requests).toEqual(['Query']);
  });

  test('keeps nothing that was read while a change was being written', async () => {
    const stores = openDynamodbStores();
    let pool = await storedPool(stores);
    for (let change = 1; change <= 20; change++) {
      const after = { ...pool, name: `name ${change}` };
      const [outcome] = await Promise.all([
        stores.pools.save(pool, after),
        ...Array.from({ length: 5 }, () => stores.pools.find(pool.id)),
      ]);
      expect(outcome).toBe('saved');
      pool = { ...after, version: pool.version + 1 };
      expect(await stores.pools.find(pool.id)).toEqual(pool);
    }
  });

  test('shows a change whose answer was lost', async () => {
    let plan: Plan = () => undefined;
    const wire = faultyWire(testWire(), (...request) => plan(...request));
    const stores = openDynamodbStores({ table: dynamodbTable({ wire, tableName: testTableName, ...impatient }) });
    const pool = await storedPool(stores);
    await stores.pools.find(pool.id);
    plan = () => 'lost answer';
    await expect(stores.pools.save(pool, { ...pool, name: 'renamed' })).rejects.toThrow(Unavailable);
    plan = () => undefined;
    expect((await stores.pools.find(pool.id))?.name).toBe('renamed');
  });
});

const isStaleError = (error: unknown): boolean => error instanceof StaleConfiguration;

/** Eventually consistent reads of a version are answered so; all else is asked of the engine. */
function answeringVersions(replica: () => object): Wire {
  const wire = testWire();
  return {
    close: () => wire.close(),
    async send(name, input) {
      const { Key, ConsistentRead } = input as { Key?: { SK?: unknown }; ConsistentRead?: unknown };
      // What stands in for an answer has the members that a reader of one row looks at.
      if (name === 'GetItem' && Key?.SK === 'V' && !ConsistentRead) return replica() as never;
      return wire.send(name, input);
    },
  };
}

/** Does something after each read of a row of the pool. */
function afterEachRead(act: () => Promise<void>, poolId: string): Wire {
  const wire = testWire();
  return {
    close: () => wire.close(),
    async send(name, input) {
      const answer = await wire.send(name, input);
      if (name === 'GetItem' && JSON.stringify(input).includes(`P#${poolId}`)) await act();
      return answer;
    },
  };
}
