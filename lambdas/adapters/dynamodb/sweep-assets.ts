/** Deletes images that came with given uploads and that their style does not have. */
import type { WorkKinds } from '../../core/model/job.ts';
import { partsOf } from './asset-parts.ts';
import { assetPartsOf, styleKey } from './keys.ts';
import { everyItem } from './paging.ts';
import { decodeStyle } from './style-rows.ts';
import type { Key, Table } from './table.ts';

/**
 * An upload is either one that a style has had, or one whose sender can never make a style have it, because this job was
 * taken up. So what the style does not have after the rows were read, it will never have.
 */
export async function sweepAssets(
  table: Table,
  { poolId, styleId, uploads }: WorkKinds['sweep-assets'],
): Promise<void> {
  const queries = uploads.map((upload) =>
    everyItem(table, { ...assetPartsOf(poolId, styleId, upload), consistent: true }),
  );
  const rows = (await Promise.all(queries)).flat();
  const style = await table.get(styleKey(poolId, styleId), { consistent: true });
  const kept = style ? partsOf(decodeStyle(style)) : new Set<string>();
  await table.removeMany(rows.filter(({ SK }) => !kept.has(SK)).map(keyOf));
}

const keyOf = ({ PK, SK }: Key): Key => ({ PK, SK });
