/** Keeps styles: their images first, each in a place of its own, and then the row that says which of them they have. */
import type { Style } from '../../core/model/style.ts';
import type { StyleStore } from '../../core/ports/style-store.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { placed, withBytes, writeParts } from './asset-parts.ts';
import { MalformedItem, textIn } from './fields.ts';
import { encodeJob, sweepOfAssets } from './job-rows.ts';
import { styleKey, styleOfClientKey } from './keys.ts';
import { type RecordStoreOptions, recordStore } from './record-store.ts';
import { type StyleKindOptions, type StyleRow, styleKind } from './style-rows.ts';

export type StyleStoreOptions = RecordStoreOptions & StyleKindOptions;

/** Much longer (ms) than it takes to write what a request can hold. */
const patience = 60 * 60_000;

export function styleStore(options: StyleStoreOptions): StyleStore {
  const { table, clock, random } = options;
  const records = recordStore(options, styleKind(options));

  /** Rows that are gone are those of a version that somebody has replaced since: then there is another one to read. */
  async function load(poolId: string, id: string, seen?: number): Promise<Style | undefined> {
    const row = await records.find(poolId, id);
    const style = row && (await withBytes(table, row));
    if (style || !row) return style;
    if (row.version === seen) throw new MalformedItem(styleKey(poolId, id), 'rows of its images are missing');
    return load(poolId, id, row.version);
  }

  /** The row of the style, once all of its images are in their places. */
  async function settle(style: Style): Promise<StyleRow> {
    const { poolId, id: styleId } = style;
    const upload = uuid(random);
    const assets = placed(style.assets, upload);
    const fresh = assets.filter(({ place }) => place.upload === upload);
    if (fresh.length > 0) {
      const sweep = sweepOfAssets(upload, { poolId, styleId, uploads: [upload] }, clock.now() + patience);
      await table.put(encodeJob(sweep));
      await writeParts(table, style, fresh);
    }
    return { ...style, assets: assets.map(({ bytes: _bytes, ...asset }) => asset) };
  }

  return {
    find: (poolId, id) => load(poolId, id),

    async findOfClient(poolId, clientId) {
      const row = await table.get(styleOfClientKey(poolId, clientId), { consistent: true });
      return row && load(poolId, textIn(row, 'id'));
    },

    add: async (style, most) => records.add(await settle(style), most),

    async save(before, after) {
      const outcome = await records.save(rowOf(before), await settle(after));
      // Nobody else can have a place; it was given up because this took so long.
      return outcome === 'taken' ? 'changed' : outcome;
    },

    remove: (style) => records.remove(rowOf(style)),
  };
}

/** Of a style that was read: all of its images have a place. */
const rowOf = (style: Style): StyleRow => ({
  ...style,
  assets: style.assets.flatMap(({ bytes: _bytes, place, ...asset }) => (place ? [{ ...asset, place }] : [])),
});
