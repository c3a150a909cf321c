/** Styles as rows among those of their pool, beside a row that leads to each from its client. Images are elsewhere. */
import type { Asset, AssetPlace, Style, StyleSettings } from '../../core/model/style.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { assetSweepId } from '../../core/rules/job-ids.ts';
import { isAbsent, isPresent } from './expressions.ts';
import { document, documentIn, layout, numberIn, present, requireLayout, textIn } from './fields.ts';
import { encodeJob, isUntouched, sweepOfAssets } from './job-rows.ts';
import { clientKey, jobKey, styleKey, styleOfClientKey, stylesOfPool } from './keys.ts';
import type { RecordKind } from './record-store.ts';
import type { Item, Write } from './table.ts';

/** A style as its row has it: all of its images have a place, and their bytes are not here. */
export interface StyleRow extends Omit<Style, 'assets'> {
  readonly assets: readonly PlacedAsset[];
}

export interface PlacedAsset extends Omit<Asset, 'bytes' | 'place'> {
  readonly place: AssetPlace;
}

export interface StyleKindOptions {
  readonly clock: Clock;
  readonly random: Random;
}

const newest = 1;

export const styleKind = (options: StyleKindOptions): RecordKind<StyleRow> => ({
  counted: 'brandingStyles',
  key: styleKey,
  all: stylesOfPool,

  encode: (style) =>
    present({
      ...styleKey(style.poolId, style.id),
      ...layout(newest),
      p: style.poolId,
      id: style.id,
      c: style.clientId,
      set: style.settings && document(style.settings),
      as: document(style.assets),
      ca: style.createdAt,
      ma: style.modifiedAt,
    }),

  decode: decodeStyle,
  beside: (before, after) => [...pointers(before, after), ...leftovers(options, before, after)],
});

export function decodeStyle(item: Item): StyleRow {
  requireLayout(item, newest);
  return {
    poolId: textIn(item, 'p'),
    id: textIn(item, 'id'),
    clientId: textIn(item, 'c'),
    // Only `encode` above writes these documents.
    settings: item['set'] === undefined ? undefined : (documentIn(item, 'set') as StyleSettings),
    assets: documentIn(item, 'as') as readonly PlacedAsset[],
    createdAt: numberIn(item, 'ca'),
    modifiedAt: numberIn(item, 'ma'),
    version: numberIn(item, 'n'),
  };
}

function pointers(before: StyleRow | undefined, after: StyleRow | undefined): readonly Write[] {
  if (before && after) return [];
  // No condition on removing: that the client has the style is what the version of its own row says.
  if (before) return [{ remove: styleOfClientKey(before.poolId, before.clientId) }];
  if (!after) return [];
  const { poolId, clientId, id } = after;
  return [
    { put: { ...styleOfClientKey(poolId, clientId), ...layout(newest), id }, condition: isAbsent },
    { check: clientKey(poolId, clientId), condition: isPresent },
  ];
}

/**
 * A job stands for each upload until a style has what came with it, so that somebody removes it if its sender never comes
 * this far. If a worker has begun to, the style cannot have it any more. In the job's place comes one that removes what the
 * style had until now.
 */
function leftovers(
  options: StyleKindOptions,
  before: StyleRow | undefined,
  after: StyleRow | undefined,
): readonly Write[] {
  const [former, current] = [uploadsOf(before), uploadsOf(after)];
  const [fresh] = current.filter((upload) => !former.includes(upload));
  const dropped = droppedFrom(before, after);
  const settled = fresh === undefined ? [] : [{ remove: jobKey(assetSweepId(fresh)), condition: isUntouched }];
  if (!before || dropped.length === 0) return settled;
  const { poolId, id: styleId } = before;
  const now = options.clock.now();
  const sweep = sweepOfAssets(fresh ?? uuid(options.random), { poolId, styleId, uploads: dropped }, now);
  return [{ put: encodeJob(sweep), ...(fresh !== undefined && { condition: isUntouched }) }];
}

const uploadsOf = (style: Pick<StyleRow, 'assets'> | undefined): readonly string[] => [
  ...new Set(style?.assets.map(({ place }) => place.upload)),
];

/** The uploads that one or more images came with which the style has no more. */
function droppedFrom(before: StyleRow | undefined, after: StyleRow | undefined): readonly string[] {
  const kept = new Set(after?.assets.map(({ place }) => nameOf(place)));
  return uploadsOf({ assets: before?.assets.filter(({ place }) => !kept.has(nameOf(place))) ?? [] });
}

const nameOf = ({ upload, number }: AssetPlace): string => `${upload}#${number}`;
