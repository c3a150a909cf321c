/** Principals as rows: sealed, with the ids of their access keys beside them. */
import type { Principal } from '../../core/model/principal.ts';
import { findOldAccessKey } from './access-key-rows.ts';
import type { SecretSealer } from './client-rows.ts';
import { and, has, isPresent, lacks } from './expressions.ts';
import { layout, MalformedItem, numberIn, requireLayout, textIn, textListIn } from './fields.ts';
import { accessKeyKey, principalKey } from './keys.ts';
import { openContent, sealContent } from './sealed-rows.ts';
import type { Expression, Item, Table } from './table.ts';

export interface PrincipalRow {
  readonly principal: Principal;
  readonly keyIds: readonly string[];
}

const newest = 2;

export async function encodePrincipal(sealer: SecretSealer, { principal, keyIds }: PrincipalRow): Promise<Item> {
  const { version, ...content } = principal;
  const row = principalKey(principal.name);
  return {
    ...row,
    ...layout(newest),
    n: version,
    ks: keyIds,
    sec: await sealContent(sealer, 'principal', row, content),
  };
}

export interface PrincipalReading {
  readonly table: Table;
  readonly sealer: SecretSealer;
}

export async function decodePrincipal({ table, sealer }: PrincipalReading, item: Item): Promise<PrincipalRow> {
  requireLayout(item, newest);
  if (numberIn(item, 'v') === 1) return decodeOld({ table, sealer }, item);
  // Only our own sealing opens here, so its members need no second check.
  const content = (await openContent(sealer, 'principal', item)) as Omit<Principal, 'version'>;
  return { principal: { ...content, version: numberIn(item, 'n') }, keyIds: textListIn(item, 'ks') };
}

/** Layout 1 led to the one key of the principal, which held everything; only files of a start named principals then. */
async function decodeOld({ table, sealer }: PrincipalReading, item: Item): Promise<PrincipalRow> {
  const id = textIn(item, 'id');
  const row = await table.get(accessKeyKey(id), { consistent: true });
  const key = row && (await findOldAccessKey(sealer, row));
  if (!key || principalKey(key.principal).SK !== item.SK) throw new MalformedItem(item, 'its key is not there');
  const { principal: name, policies: inline, tags, status, createdAt } = key;
  return {
    principal: { name, policies: [], inline, tags, status, createdAt, origin: 'file', version: 0 },
    keyIds: [id],
  };
}

/** That the row is as the principal was read. */
export const asRead = ({ version }: Principal): Expression =>
  version === 0 ? and(isPresent, lacks('n')) : has('n', version);
