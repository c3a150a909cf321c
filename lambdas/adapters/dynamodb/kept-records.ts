/** Keeps records of a pool beside what this instance knows of the pool, for as long as that is not outdated. */
import type { Pool } from '../../core/model/pool.ts';
import type { Configuration } from './configuration.ts';
import { remember } from './remember.ts';

export interface KeptKind<T> {
  /** Of one pool. */
  readonly limit: number;
  /** Strongly consistent; by id, without those that are not there. */
  read(poolId: string, ids: readonly string[]): Promise<ReadonlyMap<string, T>>;
}

/** Records by their ids, of which those that are not kept yet are read in one go. */
export function keptRecords<T>(
  { epochOf }: Pick<Configuration, 'epochOf'>,
  { limit, read }: KeptKind<T>,
): (pool: Pool, ids: readonly string[]) => Promise<readonly T[]> {
  const kept = new WeakMap<object, Map<string, Promise<T | undefined>>>();

  function keptWith(epoch: object): Map<string, Promise<T | undefined>> {
    const known = kept.get(epoch) ?? new Map<string, Promise<T | undefined>>();
    kept.set(epoch, known);
    return known;
  }

  return async (pool, ids) => {
    const epoch = epochOf(pool);
    if (!epoch) return [...(await read(pool.id, ids)).values()];
    const known = keptWith(epoch);
    // Taken before anything is added, which may push out what is asked for here.
    const held = new Map(ids.map((id) => [id, known.get(id)]));
    const missing = ids.filter((id) => !held.get(id));
    const reading = missing.length > 0 ? read(pool.id, missing) : undefined;
    const found = ids.map((id) => held.get(id) ?? remember(known, id, limit, async () => (await reading)?.get(id)));
    return (await Promise.all(found)).filter((record) => record !== undefined);
  };
}
