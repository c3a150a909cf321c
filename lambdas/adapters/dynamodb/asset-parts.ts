/** The bytes of images, in rows of their own: an image may be larger than a row. */
import type { Asset, AssetPlace, Style } from '../../core/model/style.ts';
import { bytesIn, layout, requireLayout } from './fields.ts';
import { assetPartKey } from './keys.ts';
import type { PlacedAsset, StyleRow } from './style-rows.ts';
import type { Item, Key, Table } from './table.ts';

const newest = 1;

/** A row holds 400 KiB, its key and its marks included. */
const partSize = 350_000;

type Owner = Pick<Style, 'poolId' | 'id'>;

/** Where an image that is new will be. */
const placeIn = (upload: string, number: number, { bytes }: Asset): AssetPlace => ({
  upload,
  number,
  parts: Math.ceil(bytes.length / partSize),
});

/** Every image with a place, the new ones in this upload. */
export const placed = (assets: readonly Asset[], upload: string): readonly (Asset & PlacedAsset)[] =>
  assets.map((asset, number) => ({ ...asset, place: asset.place ?? placeIn(upload, number, asset) }));

export async function writeParts(table: Table, owner: Owner, assets: readonly (Asset & PlacedAsset)[]): Promise<void> {
  const rows = assets.flatMap(({ place, bytes }) =>
    keysOf(owner, place).map((key, part): Item => {
      const b = bytes.subarray(part * partSize, (part + 1) * partSize);
      return { ...key, ...layout(newest), b };
    }),
  );
  // Nothing else ever has these keys, so whatever repeats a put writes the same.
  const outcomes = await Promise.allSettled(rows.map((row) => table.put(row)));
  // Not before all have ended: none may come so late that nobody removes it any more.
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** The style with all of its images; undefined when some of their rows are gone. */
export async function withBytes(table: Table, style: StyleRow): Promise<Style | undefined> {
  const keys = style.assets.map(({ place }) => keysOf(style, place));
  const rows = await table.getMany(keys.flat(), { consistent: true });
  const found = new Map(rows.map((row) => [row.SK, row]));
  const assets = style.assets.map((asset, index): Asset | undefined => {
    const parts = (keys[index] ?? []).map(({ SK }) => found.get(SK));
    return parts.every(isThere) ? { ...asset, bytes: new Uint8Array(Buffer.concat(parts.map(partIn))) } : undefined;
  });
  return assets.every(isThere) ? { ...style, assets } : undefined;
}

const isThere = <T>(value: T | undefined): value is T => value !== undefined;

function partIn(row: Item): Uint8Array {
  requireLayout(row, newest);
  return bytesIn(row, 'b');
}

const keysOf = ({ poolId, id }: Owner, { upload, number, parts }: AssetPlace): readonly Key[] =>
  Array.from({ length: parts }, (_, part) => assetPartKey(poolId, id, { upload, number, part }));

/** Sort keys of all rows that hold an image of the style. */
export const partsOf = (style: StyleRow): ReadonlySet<string> =>
  new Set(style.assets.flatMap(({ place }) => keysOf(style, place).map(({ SK }) => SK)));
