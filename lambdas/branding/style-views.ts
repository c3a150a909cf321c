/** How answers show a style. */
import type { Branded } from '../core/contract/shape.ts';
import type { Asset, Style } from '../core/model/style.ts';
import { wholeSettings } from '../core/rules/style-settings.ts';

/** `ManagedLoginBrandingType`: what was said of the style, or all that it shows. */
export const describeStyle = (style: Style, isWhole = false) => ({
  ManagedLoginBrandingId: style.id,
  // Every id that is stored was made in the form that its brand stands for.
  UserPoolId: style.poolId as Branded<'PoolId'>,
  UseCognitoProvidedValues: style.settings === undefined,
  Settings: isWhole ? wholeSettings(style.settings) : style.settings,
  Assets: style.assets.map(describeAsset),
  CreationDate: style.createdAt,
  LastModifiedDate: style.modifiedAt,
});

const describeAsset = ({ category, colorMode, extension, resourceId, bytes }: Asset) => ({
  Category: category,
  ColorMode: colorMode,
  Extension: extension,
  Bytes: bytes,
  ResourceId: resourceId,
});
