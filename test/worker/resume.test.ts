/** Each kind of job, killed at one of its writes, and gone on with by another worker until nothing is left of it. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { add } from '../../lambdas/adapters/dynamodb/expressions.ts';
import { counterKey, everythingOfUser, jobs, membersOfGroup } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import { groupPurgeId } from '../../lambdas/core/rules/job-ids.ts';
import type { WorkerPorts } from '../../lambdas/worker/ports.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { openDynamodbStores } from '../ports/dynamodb-stores.ts';
import {
  aClock,
  aCode,
  inParallel,
  newClient,
  type OpenStores,
  storedClient,
  storedGroup,
  storedPool,
  storedUser,
} from '../ports/open-stores.ts';
import { type Death, mortalWire } from '../support/mortal-wire.ts';
import { allRowsOf, anOwnTable, everyRowOf, ownTables } from '../support/own-table.ts';
import { anImage, current, imageRows, jobRows, newStyle, read } from '../support/style-images.ts';
import { testWire } from '../support/table.ts';
import { testWorker, untiring } from '../support/worker.ts';

interface Scene {
  readonly jobId: string;
  /** What the worker gets beside the table, each time anew. */
  readonly ports?: () => Partial<WorkerPorts>;
  /** What must be so once the job is done, as a process finds it that stays alive. */
  readonly check: (stores: OpenStores, table: Table) => Promise<void>;
}

type Kind = readonly [name: string, prepare: (stores: OpenStores, table: Table) => Promise<Scene>];

const verified = (email: string) => ({ attributes: { email, email_verified: 'true' } });

async function aFurnishedPool(stores: OpenStores, people = 28): Promise<Pool> {
  const pool = await storedPool(stores, { AliasAttributes: ['email'] });
  await stores.clients.add(newClient(pool), 1000);
  const users = await inParallel(people, (index) =>
    storedUser(stores, pool, `user-${index}`, verified(`${index}@x.test`)),
  );
  for (const user of users.slice(0, 3)) await stores.codes.put(pool, user, aCode());
  return pool;
}

async function aUserOfManyFamilies(stores: OpenStores, pool: Pool) {
  const user = await storedUser(stores, pool, 'ada', verified('ada@x.test'));
  await inParallel(230, (index) => stores.families.revoke(pool, 'ada', `${index}-${randomUUID()}`, 9_999_999_999_999));
  await stores.codes.put(pool, user, aCode());
  return user;
}

const kinds: readonly Kind[] = [
  [
    'purge-pool',
    async (stores, table) => {
      const other = await aFurnishedPool(stores, 4);
      const before = (await everyRowOf(table)).length;
      const pool = await aFurnishedPool(stores);
      await stores.pools.remove(pool);
      const check: Scene['check'] = async (stores, table) => {
        expect((await everyRowOf(table)).filter((row) => JSON.stringify(row).includes(pool.id))).toEqual([]);
        expect((await everyRowOf(table)).length).toBe(before);
        expect(await stores.users.find(other, 'user-3')).toBeDefined();
      };
      return { jobId: `purge-pool-${pool.id}`, check };
    },
  ],
  [
    'purge-user',
    async (stores) => {
      const pool = await storedPool(stores, { AliasAttributes: ['email'] });
      const outcome = await stores.users.remove(pool, await aUserOfManyFamilies(stores, pool));
      if (typeof outcome === 'string') throw new Error('The rest was not left to a job.');
      const check: Scene['check'] = async (stores, table) => {
        const { items } = await table.query({ ...everythingOfUser(pool.id, 'ada'), limit: 500 });
        expect(items).toEqual([]);
        expect(await stores.pools.countUsers(pool.id)).toBe(0);
      };
      return { jobId: outcome.rest, check };
    },
  ],
  [
    'purge-group',
    async (stores) => {
      const pool = await storedPool(stores);
      const [group, other] = [await storedGroup(stores, pool, 'gone'), await storedGroup(stores, pool, 'stays')];
      const people = await inParallel(210, (index) => storedUser(stores, pool, `user-${index}`));
      await Promise.all(people.map((user) => stores.groups.join(pool, group, user, 100)));
      for (const user of people.slice(0, 3)) await stores.groups.join(pool, other, user, 100);
      await stores.groups.remove(group);
      const check: Scene['check'] = async (stores, table) => {
        const members = membersOfGroup(pool.id, group.id);
        expect((await table.query({ index: 1, partition: members, limit: 500 })).items).toEqual([]);
        expect((await stores.groups.members(other, { limit: 60 })).items).toHaveLength(3);
        expect(await stores.pools.countUsers(pool.id)).toBe(210);
      };
      return { jobId: groupPurgeId(group.id), check };
    },
  ],
  [
    'sweep-assets',
    async (stores, table) => {
      const [gone, kept] = [anImage(700_001), anImage(10, 1, { colorMode: 'DARK' })];
      const style = newStyle(await storedClient(stores), { assets: [gone, kept] });
      await stores.styles.add(style, 20);
      const before = await current(stores, style);
      await stores.styles.save(before, { ...before, assets: before.assets.slice(1) });
      const [job] = await jobRows(table);
      const check: Scene['check'] = async (stores, table) => {
        expect(await imageRows(table, style.poolId)).toHaveLength(1);
        expect(await read(stores, style)).toEqual({ ...style, assets: [kept], version: 1 });
      };
      return { jobId: job?.SK ?? '', check };
    },
  ],
  [
    'recount',
    async (stores, table) => {
      const [tooHigh, right, tooLow] = [await aPoolOf(stores, 3), await aPoolOf(stores, 4), await aPoolOf(stores, 5)];
      await table.update(counterKey(tooHigh.id, 3), add({ n: 40 }));
      await table.update(counterKey(tooLow.id, 0), add({ n: -2 }));
      await stores.worker.jobStore.add({ id: 'recount', work: { kind: 'recount' }, notBefore: 0 });
      const check: Scene['check'] = async (stores) => {
        const counted = [tooHigh, right, tooLow].map(({ id }) => stores.pools.countUsers(id));
        expect(await Promise.all(counted)).toEqual([3, 4, 5]);
      };
      return { jobId: 'recount', check };
    },
  ],
  [
    'rotate-keys',
    async (stores) => {
      const pools = await inParallel(23, () => storedPool(stores));
      await stores.worker.jobStore.add({ id: 'rotate-keys', work: { kind: 'rotate-keys' }, notBefore: 0 });
      let rotated: string[] = [];
      const check = async () => {
        expect(new Set(rotated)).toEqual(new Set(pools.map(({ id }) => id)));
        // At most the step that was cut short is taken twice.
        expect(rotated.length).toBeLessThanOrEqual(pools.length + 10);
      };
      const ports = () => {
        rotated = [];
        return { keyRotation: { rotate: async (id: string) => void rotated.push(id) } };
      };
      return { jobId: 'rotate-keys', check, ports };
    },
  ],
];

async function aPoolOf(stores: OpenStores, users: number): Promise<Pool> {
  const pool = await storedPool(stores);
  await inParallel(users, (index) => storedUser(stores, pool, `user-${index}`));
  return pool;
}

const minutes = 60_000;

interface Prepared extends Scene {
  readonly rows: readonly Item[];
}

async function prepared([, prepare]: Kind): Promise<Prepared> {
  const table = await anOwnTable();
  const scene = await prepare(openDynamodbStores({ table, clock: aClock() }), table);
  return { ...scene, rows: await allRowsOf(table) };
}

/** Whether the worker was killed before it had finished. */
async function workUntil(death: Death, { jobId, ports = () => ({}), check, rows }: Prepared): Promise<boolean> {
  const reach = await ownTables(rows);
  const clock = aClock();
  const others = ports();
  const wire = mortalWire(testWire(), death);
  const killed = testWorker({ clock, table: reach(wire), ...others });
  await runJob(killed, jobId, untiring).catch((error) => expect(error).toMatchObject({ message: /killed/ }));
  clock.advance(10 * minutes);
  expect(await runJob(testWorker({ clock, table: reach(), ...others }), jobId, untiring)).toBe('idle');
  await check(openDynamodbStores({ table: reach(), clock }), reach());
  const { items } = await reach().query({ ...jobs, limit: 500 });
  expect(items).toEqual([]);
  return wire.hasDied();
}

describe.each(kinds)('A job of the kind %s', (...kind) => {
  test.each(['before', 'after'] as const)(
    'is done in the end, killed %s one of its writes, whichever',
    async (when) => {
      const scene = await prepared(kind);
      let at = 1;
      // Each of the first eight, and more and more seldom after that.
      while (await workUntil({ at, when }, scene)) at += Math.ceil(at / 8);
      // The lease, a step and the end, at least.
      expect(at).toBeGreaterThan(3);
    },
    60_000,
  );
});
