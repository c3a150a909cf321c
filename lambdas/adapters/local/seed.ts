/** Makes what a seed describes, through the public API; applied again, it changes nothing. */
import type { ApiCaller } from './api-caller.ts';
import { badOption } from './cannot-start.ts';
import type { Seed, SeedPool } from './seed-document.ts';
import type { NamedSeed } from './seed-file.ts';
import { haveClient, havePool } from './seed-pools.ts';
import { haveUser } from './seed-users.ts';

/** What a program needs to know of what was seeded, by the names in the seed. */
export interface Seeded {
  readonly pools: Readonly<Record<string, SeededPool>>;
}

export interface SeededPool {
  readonly id: string;
  readonly region: string;
  readonly clients: Readonly<Record<string, { readonly id: string; readonly secret?: string }>>;
}

export interface SeedTarget {
  /** Calls the API, signed for a region. */
  readonly callerFor: (region: string) => ApiCaller;
  /** For pools that name none. */
  readonly region: string;
}

const usersAtOnce = 8;

/** One after the other; of two pools of one name, the later one's ids are told. */
export async function applySeeds(seeds: readonly NamedSeed[], target: SeedTarget): Promise<Seeded> {
  const pools: Record<string, SeededPool> = {};
  for (const { seed, source } of seeds) Object.assign(pools, (await applySeed(seed, source, target)).pools);
  return { pools };
}

async function applySeed(seed: Seed, source: string, target: SeedTarget): Promise<Seeded> {
  const pools: Record<string, SeededPool> = {};
  for (const pool of seed.pools) {
    pools[pool.name] = await during(`${source}: pool ${pool.name}`, () => applyPool(pool, target));
  }
  return { pools };
}

async function applyPool(pool: SeedPool, target: SeedTarget): Promise<SeededPool> {
  const region = pool.region ?? target.region;
  const api = target.callerFor(region);
  const id = await havePool(api, pool);
  const clients: Record<string, { id: string; secret?: string }> = {};
  for (const client of pool.clients ?? []) {
    clients[client.name] = await during(`client ${client.name}`, () => haveClient(api, id, client));
  }
  const users = [...(pool.users ?? [])];
  while (users.length > 0) {
    const some = users.splice(0, usersAtOnce);
    await Promise.all(some.map((user) => during(`user ${user.username}`, () => haveUser(api, id, user))));
  }
  return { id, region, clients };
}

/** Says where in the seed a refusal belongs. */
async function during<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw badOption(`${place}: ${reason.replace(/\.$/, '')}.`);
  }
}
