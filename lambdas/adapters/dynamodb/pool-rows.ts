/** Pools as rows: the pool itself, and its line in the directory. */
import type { ListedPool, Pool, PoolSettings, SchemaAttribute } from '../../core/model/pool.ts';
import { assign, isPresent } from './expressions.ts';
import {
  document,
  documentIn,
  findNumber,
  findText,
  layout,
  MalformedItem,
  numberIn,
  present,
  requireLayout,
  textIn,
} from './fields.ts';
import { directoryKey, poolKey } from './keys.ts';
import type { Item, Write } from './table.ts';

const newest = 1;

/** Of the line in the directory; `replica-rows.ts` counts. */
export const replicaCount = 'cQ';

export const encodePool = (pool: Pool): Item =>
  present({
    ...poolKey(pool.id),
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
    dm: pool.domain,
    cd: pool.customDomain,
    n: pool.version,
  });

export function decodePool(item: Item): Pool {
  requireLayout(item, newest);
  // Only `encodePool` writes these documents, from a pool's own members.
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
    domain: findText(item, 'dm'),
    customDomain: findText(item, 'cd'),
    version: numberIn(item, 'n'),
  };
}

/** The directory repeats what a list of pools shows. */
export const encodeListedPool = (pool: Pool): Item => ({
  ...directoryKey(pool.region, pool.createdAt, pool.id),
  ...layout(newest),
  id: pool.id,
  rg: pool.region,
  ca: pool.createdAt,
  ...changingListed(pool),
});

/** What else is in the line stays as it is. */
export const changeListedPool = (pool: Pool): Write => ({
  update: directoryKey(pool.region, pool.createdAt, pool.id),
  change: assign({ ...layout(newest), ...changingListed(pool) }),
  condition: isPresent,
});

const changingListed = ({ name, modifiedAt, settings }: Pool) => ({
  nm: name,
  ma: modifiedAt,
  lc: document(settings.LambdaConfig ?? {}),
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
    hasReplicas: (findNumber(item, replicaCount) ?? 0) > 0,
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
