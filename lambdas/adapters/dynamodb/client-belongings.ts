/** What goes with a client that is removed: how its pages look, and the terms that they show. */
import type { Client } from '../../core/model/client.ts';
import { termsNames } from '../../core/model/terms.ts';
import { has, isAbsent } from './expressions.ts';
import { styleKey, styleOfClientKey, termsKey, termsOfClientKey, uiCustomizationKey } from './keys.ts';
import type { Count } from './pool-version.ts';
import type { RecordKind } from './record-store.ts';
import { type StyleKindOptions, styleKind } from './style-rows.ts';
import type { Key, Table, Write } from './table.ts';
import { idIn, termsKind } from './terms-rows.ts';

export interface Belongings {
  readonly counts: readonly Count[];
  /** Refused when something was added or changed since it was read. */
  readonly writes: readonly Write[];
}

export interface BelongingsOptions extends StyleKindOptions {
  readonly table: Table;
}

type Owner = Pick<Client, 'poolId' | 'id'>;

export async function belongingsOf(options: BelongingsOptions, { poolId, id }: Owner): Promise<Belongings> {
  const { table } = options;
  const [style, ...terms] = await Promise.all([
    ending(table, styleKind(options), styleOfClientKey(poolId, id), (styleId) => styleKey(poolId, styleId)),
    ...termsNames.map((name) =>
      ending(table, termsKind, termsOfClientKey(poolId, id, name), (termsId) => termsKey(poolId, termsId)),
    ),
  ]);
  return {
    counts: [...countsOf('brandingStyles', [style]), ...countsOf('terms', terms)],
    writes: [{ remove: uiCustomizationKey(poolId, id) }, ...[style, ...terms].flatMap(({ writes }) => writes)],
  };
}

function countsOf(kind: Count['kind'], endings: readonly Ending[]): readonly Count[] {
  const gone = endings.filter(({ isThere }) => isThere).length;
  return gone === 0 ? [] : [{ kind, by: -gone }];
}

interface Ending {
  readonly isThere: boolean;
  readonly writes: readonly Write[];
}

/** Removes the record that `pointer` leads to; if there is none, there must still be none. */
async function ending<T extends { readonly poolId: string; readonly version: number }>(
  table: Table,
  kind: RecordKind<T>,
  pointer: Key,
  keyOf: (id: string) => Key,
): Promise<Ending> {
  const row = await table.get(pointer, { consistent: true });
  const key = row && keyOf(idIn(row));
  const item = key && (await table.get(key, { consistent: true }));
  if (!item) return { isThere: false, writes: [{ check: pointer, condition: isAbsent }] };
  const record = await kind.decode(item);
  const beside = kind.beside?.(record, undefined) ?? [];
  return { isThere: true, writes: [{ remove: key, condition: has('n', record.version) }, ...beside] };
}
