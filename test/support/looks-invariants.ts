/** What must be true of the rows of domains, and of those that say how pages look. */
import { partsOf } from '../../lambdas/adapters/dynamodb/asset-parts.ts';
import { decodeDomain } from '../../lambdas/adapters/dynamodb/domain-rows.ts';
import { findNumber, textIn } from '../../lambdas/adapters/dynamodb/fields.ts';
import {
  clientKey,
  domainKey,
  styleOfClientKey,
  stylesOfPool,
  termsOfClientKey,
  termsOfPool,
  uiCustomizationsOfPool,
  versionKey,
} from '../../lambdas/adapters/dynamodb/keys.ts';
import { decodeStyle } from '../../lambdas/adapters/dynamodb/style-rows.ts';
import type { Item } from '../../lambdas/adapters/dynamodb/table.ts';
import { isCustom } from '../../lambdas/core/model/domain.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import { everyClient } from '../../lambdas/core/model/ui-customization.ts';
import { nameOf, type Rows, workOf } from './table-rows.ts';

/** Each domain that a pool names is its own. */
export const brokenDomains = (rows: Rows, { id, domain, customDomain }: Pool): readonly string[] =>
  [domain, customDomain].flatMap((name) => {
    const row = name === undefined ? undefined : rows.find(domainKey(name));
    return name === undefined || row?.['p'] === id ? [] : [`${id} names ${name}, which is not its own`];
  });

/** And each domain is named by its pool. */
export function brokenDomain(pools: readonly Pool[], row: Item): readonly string[] {
  const domain = decodeDomain(row);
  const pool = pools.find(({ id }) => id === domain.poolId);
  const named = isCustom(domain) ? pool?.customDomain : pool?.domain;
  return named === domain.name ? [] : [`${nameOf(row)} is of a pool that does not name it`];
}

export const brokenLooks = (rows: Rows, { id }: Pool): readonly string[] => [
  ...brokenStyles(rows, id),
  ...brokenTerms(rows, id),
  ...rowsIn(rows, uiCustomizationsOfPool(id))
    .filter((row) => row['c'] !== everyClient && !hasClient(rows, row))
    .map((row) => `${nameOf(row)} is of a client that is gone`),
];

const rowsIn = ({ all }: Rows, { partition, sort }: ReturnType<typeof stylesOfPool>): readonly Item[] =>
  all.filter(({ PK, SK }) => PK === partition && SK.startsWith(sort.prefix));

const hasClient = (rows: Rows, row: Item): boolean =>
  rows.find(clientKey(textIn(row, 'p'), textIn(row, 'c'))) !== undefined;

function brokenStyles(rows: Rows, poolId: string): readonly string[] {
  const found = rowsIn(rows, stylesOfPool(poolId));
  const styles = found.map(decodeStyle);
  const needed = new Set(styles.flatMap((style) => [...partsOf(style)]));
  const swept = workOf(rows).flatMap((work) => (work.kind === 'sweep-assets' ? work.uploads : []));
  const parts = rowsIn(rows, { ...stylesOfPool(poolId), sort: { prefix: 'BA#' } }).map(({ SK }) => SK);
  const left = parts.filter((SK) => !needed.has(SK) && !swept.includes(SK.split('#')[2] ?? ''));
  const pointers = new Map(styles.map(({ id, clientId }) => [nameOf(styleOfClientKey(poolId, clientId)), id]));
  return [
    ...miscounted(rows, poolId, 'cB', found),
    ...broken(rows, found, pointers, { partition: stylesOfPool(poolId).partition, prefix: 'BC#' }),
    ...[...needed].filter((SK) => !parts.includes(SK)).map((SK) => `${SK} is missing from a style of ${poolId}`),
    ...left.map((SK) => `${SK} of ${poolId} is of no style, and nobody removes it`),
  ];
}

function brokenTerms(rows: Rows, poolId: string): readonly string[] {
  const found = rowsIn(rows, termsOfPool(poolId));
  const pointers = new Map(
    found.map((row) => [nameOf(termsOfClientKey(poolId, textIn(row, 'c'), textIn(row, 'nm'))), textIn(row, 'id')]),
  );
  return [
    ...miscounted(rows, poolId, 'cT', found),
    ...broken(rows, found, pointers, { partition: termsOfPool(poolId).partition, prefix: 'TC#' }),
  ];
}

function miscounted(rows: Rows, poolId: string, counter: string, found: readonly Item[]): readonly string[] {
  const version = rows.find(versionKey(poolId));
  const counted = (version && findNumber(version, counter)) ?? 0;
  return counted === found.length ? [] : [`${poolId} counts ${counted} in ${counter} and has ${found.length}`];
}

/** Each is of a client that is there, and its client leads to it and to nothing else. */
function broken(
  rows: Rows,
  found: readonly Item[],
  pointers: ReadonlyMap<string, string>,
  { partition, prefix }: { readonly partition: string; readonly prefix: string },
): readonly string[] {
  const held = rows.all.filter(({ PK, SK }) => PK === partition && SK.startsWith(prefix));
  const right = held.filter((row) => pointers.get(nameOf(row)) === row['id']);
  return [
    ...found.filter((row) => !hasClient(rows, row)).map((row) => `${nameOf(row)} is of a client that is gone`),
    ...held.filter((row) => !right.includes(row)).map((row) => `${nameOf(row)} leads nowhere`),
    ...(right.length === found.length ? [] : [`${found.length - right.length} of ${prefix} are led to by no client`]),
  ];
}
