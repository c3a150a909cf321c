/** CSS and logos of classic pages as rows among those of their pool; the largest logo fits into a row. */
import { everyClient, type Logo, type UiCustomization } from '../../core/model/ui-customization.ts';
import { isPresent } from './expressions.ts';
import { bytesIn, findText, layout, MalformedItem, numberIn, present, requireLayout, textIn } from './fields.ts';
import { clientKey, uiCustomizationKey, uiCustomizationsOfPool } from './keys.ts';
import type { RecordKind } from './record-store.ts';
import type { Item } from './table.ts';

const newest = 1;

export const uiCustomizationKind: RecordKind<UiCustomization> = {
  key: uiCustomizationKey,
  all: uiCustomizationsOfPool,

  encode: (customization) =>
    present({
      ...uiCustomizationKey(customization.poolId, customization.clientId),
      ...layout(newest),
      p: customization.poolId,
      c: customization.clientId,
      css: customization.css,
      lt: customization.logo?.type,
      lo: customization.logo?.bytes,
      ca: customization.createdAt,
      ma: customization.modifiedAt,
    }),

  decode(item) {
    requireLayout(item, newest);
    return {
      poolId: textIn(item, 'p'),
      clientId: textIn(item, 'c'),
      css: findText(item, 'css'),
      logo: logoIn(item),
      createdAt: numberIn(item, 'ca'),
      modifiedAt: numberIn(item, 'ma'),
      version: numberIn(item, 'n'),
    };
  },

  beside: (_before, after) =>
    after && after.clientId !== everyClient
      ? [{ check: clientKey(after.poolId, after.clientId), condition: isPresent }]
      : [],
};

function logoIn(item: Item): Logo | undefined {
  const type = findText(item, 'lt');
  if (type === undefined) return undefined;
  if (type !== 'PNG' && type !== 'JPEG') throw new MalformedItem(item, 'lt is no type of a logo');
  return { type, bytes: bytesIn(item, 'lo') };
}
