/** Pools as rows: the pool itself, its line in the directory, and what is kept of a removed one until it is purged. */
import type { ListedPool, Pool, PoolSettings, SchemaAttribute } from '../../core/model/pool.ts';
import { document, documentIn, layout, MalformedItem, numberIn, requireLayout, textIn } from './fields.ts';
import { directoryKey, poolKey, purgeKey } from './keys.ts';
import type { Item } from './table.ts';

const newest = 1;

const contents = (pool: Pool) => ({
  ...layout(newest),
  id: pool.id,
  nm: pool.name,
  rg: pool.region,
  ac: pool.account,
  pt: pool.partition,
  ca: pool.createdAt,
  ma: pool.modifiedAt,
  set: document(pool.settings),
  sch: document(pool.schema),
  tg: document(pool.tags),
  n: pool.version,
});

export const encodePool = (pool: Pool): Item => ({ ...poolKey(pool.id), ...contents(pool) });

/** Purging needs the settings to tell which aliases the pool's users held. */
export const encodePurge = (pool: Pool, removedAt: number): Item => ({
  ...purgeKey(pool.id),
  ...contents(pool),
  ra: removedAt,
});

export const removedAtIn = (item: Item): number => numberIn(item, 'ra');

export function decodePool(item: Item): Pool {
  requireLayout(item, newest);
  // Only `contents` writes these documents, from a pool's own members.
  return {
    id: textIn(item, 'id'),
    name: textIn(item, 'nm'),
    region: textIn(item, 'rg'),
    account: textIn(item, 'ac'),
    partition: textIn(item, 'pt'),
    createdAt: numberIn(item, 'ca'),
    modifiedAt: numberIn(item, 'ma'),
    settings: objectIn(item, 'set') as PoolSettings,
    schema: schemaIn(item),
    tags: objectIn(item, 'tg') as Pool['tags'],
    version: numberIn(item, 'n'),
  };
}

/** The directory repeats what a list of pools shows. */
export const encodeListedPool = (pool: Pool): Item => ({
  ...directoryKey(pool.region, pool.createdAt, pool.id),
  ...layout(newest),
  id: pool.id,
  nm: pool.name,
  rg: pool.region,
  ca: pool.createdAt,
  ma: pool.modifiedAt,
  lc: document(pool.settings.LambdaConfig ?? {}),
});

export function decodeListedPool(item: Item): ListedPool {
  requireLayout(item, newest);
  const triggers = objectIn(item, 'lc') as NonNullable<PoolSettings['LambdaConfig']>;
  return {
    id: textIn(item, 'id'),
    name: textIn(item, 'nm'),
    region: textIn(item, 'rg'),
    createdAt: numberIn(item, 'ca'),
    modifiedAt: numberIn(item, 'ma'),
    settings: Object.keys(triggers).length === 0 ? {} : { LambdaConfig: triggers },
  };
}

function objectIn(item: Item, name: string): object {
  const value = documentIn(item, name);
  if (typeof value !== 'object' || value === null) throw new MalformedItem(item, `${name} is not an object`);
  return value;
}

function schemaIn(item: Item): readonly SchemaAttribute[] {
  const value = documentIn(item, 'sch');
  if (!Array.isArray(value)) throw new MalformedItem(item, 'sch is not a list');
  return value;
}
