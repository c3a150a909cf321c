/** The images of a style: which there may be, and how those that are given take the places of others. */
import {
  assetContentInvalid,
  assetEmpty,
  assetExtensionInvalid,
  assetRepeated,
  assetsTooLarge,
  tooManyAssets,
} from '../core/contract/errors.ts';
import type { Value } from '../core/contract/shape.ts';
import type { Asset, AssetCategory, AssetExtension } from '../core/model/style.ts';
import { isImage } from './image-types.ts';
import type { assets as assetsShape } from './shapes.ts';

type GivenAssets = Value<typeof assetsShape>;

/** As many as one request can bring. */
const mostAssets = 40;

/** An answer shows all of them in base 64, and a function on AWS can answer six megabytes. */
const mostBytes = 4_000_000;

/** A request names each image once, and each is what it is called. */
export function requireAssets(given: GivenAssets): readonly Asset[] {
  const assets = given.map(requireAsset);
  const names = assets.map(nameOf);
  const repeated = assets.find((asset, index) => names.indexOf(nameOf(asset)) !== index);
  if (repeated) throw assetRepeated(repeated.category);
  return assets;
}

function requireAsset({ Category, ColorMode, Extension, ResourceId, Bytes }: GivenAssets[number]): Asset {
  if (!mayHave(Category, Extension)) throw assetExtensionInvalid(Category, Extension);
  if (!Bytes?.length) throw assetEmpty(Category);
  if (!isImage(Extension, Bytes)) throw assetContentInvalid(Category, Extension);
  return { category: Category, colorMode: ColorMode, extension: Extension, resourceId: ResourceId, bytes: Bytes };
}

/** Icons of the page are what their category says, and no other image is an icon. */
function mayHave(category: AssetCategory, extension: AssetExtension): boolean {
  if (category === 'FAVICON_ICO') return extension === 'ICO';
  return category === 'FAVICON_SVG' ? extension === 'SVG' : extension !== 'ICO';
}

/** The given ones in the places of those of the same name, and all others as they were. */
export function mergedAssets(assets: readonly Asset[], given: readonly Asset[]): readonly Asset[] {
  const byName = new Map([...assets, ...given].map((asset) => [nameOf(asset), asset]));
  const merged = [...byName.values()];
  if (merged.length > mostAssets) throw tooManyAssets(mostAssets);
  if (merged.reduce((sum, { bytes }) => sum + bytes.length, 0) > mostBytes) throw assetsTooLarge(mostBytes);
  return merged;
}

const nameOf = ({ category, colorMode, resourceId }: Asset): string =>
  JSON.stringify([category, colorMode, resourceId ?? null]);
