/** What a contract suite of a store works with: the stores of one process, a clock to move, and makers of unique things. */
import { randomUUID } from 'node:crypto';
import type { Stores } from '../../lambdas/adapters/dynamodb/stores.ts';
import { type StillClock, stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { Client } from '../../lambdas/core/model/client.ts';
import type { NewCode } from '../../lambdas/core/model/code.ts';
import type { Group } from '../../lambdas/core/model/group.ts';
import type { Pool, PoolSettings } from '../../lambdas/core/model/pool.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { clientId, poolId } from '../../lambdas/core/rules/identifiers.ts';
import { aClient, aGroup, aPool, aUser, someMoment } from '../support/model.ts';
import type { TestWorker } from '../support/worker.ts';

export interface OpenStores extends Stores {
  readonly clock: StillClock;
  readonly worker: TestWorker;
}

/** Stores as a process has them at its start; several calls are several processes on the same table. */
export type OpenAll = (clock?: StillClock) => OpenStores;

export const aClock = (): StillClock => stillClock(someMoment);

/** A pool that no other test knows. */
export const newPool = (settings: PoolSettings = {}, members: Partial<Pool> = {}): Pool =>
  aPool({ id: poolId(systemRandom, 'us-east-1'), settings, ...members });

export async function storedPool({ pools }: Pick<OpenStores, 'pools'>, settings?: PoolSettings): Promise<Pool> {
  const pool = newPool(settings);
  await pools.add(pool);
  return pool;
}

export const newClient = (pool: Pick<Pool, 'id'>, members: Partial<Client> = {}): Client =>
  aClient({ id: clientId(systemRandom), poolId: pool.id, ...members });

/** In a pool of its own, unless one is named. */
export async function storedClient(
  { pools, clients }: Pick<OpenStores, 'pools' | 'clients'>,
  poolId?: string,
): Promise<Client> {
  const client = newClient({ id: poolId ?? (await storedPool({ pools })).id });
  await clients.add(client, 1000);
  return client;
}

export const newGroup = (pool: Pool, name: string, members: Partial<Group> = {}): Group =>
  aGroup(name, { poolId: pool.id, id: randomUUID(), ...members });

export async function storedGroup(
  { groups }: Pick<OpenStores, 'groups'>,
  pool: Pool,
  name: string,
  members?: Partial<Group>,
): Promise<Group> {
  const group = newGroup(pool, name, members);
  const outcome = await groups.add(group, 10_000);
  if (outcome !== 'added') throw new Error(`${name} was not added`);
  return group;
}

export const newUser = (pool: Pool, username: string, members: Partial<User> = {}): User =>
  aUser({ poolId: pool.id, username, sub: randomUUID(), ...members });

export async function storedUser(
  { users }: Pick<OpenStores, 'users'>,
  pool: Pool,
  username: string,
  members: Partial<User> = {},
): Promise<User> {
  const user = newUser(pool, username, members);
  const outcome = await users.add(pool, user);
  if (outcome !== 'added') throw new Error(`${username} was not added`);
  return user;
}

export const aCode = (members: Partial<NewCode> = {}): NewCode => ({
  purpose: 'sign-up',
  digest: new Uint8Array(32).fill(1),
  attribute: 'email',
  target: 'ada@example.com',
  expiresAt: someMoment + 86_400_000,
  ...members,
});

/** All at once. */
export const inParallel = <T>(times: number, run: (index: number) => Promise<T>): Promise<readonly T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => run(index)));

/** How often each outcome came. */
export function tally(outcomes: readonly unknown[]): Readonly<Record<string, number>> {
  const names = outcomes.map((outcome) => (typeof outcome === 'string' ? outcome : JSON.stringify(outcome)));
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
