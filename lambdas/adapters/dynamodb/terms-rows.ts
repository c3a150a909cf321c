/** Terms as rows among those of their pool, beside rows that lead to them from client and name. */
import type { Terms } from '../../core/model/terms.ts';
import { isAbsent, isPresent } from './expressions.ts';
import { layout, MalformedItem, numberIn, requireLayout, textIn, textsIn } from './fields.ts';
import { clientKey, termsKey, termsOfClientKey, termsOfPool } from './keys.ts';
import type { RecordKind } from './record-store.ts';
import type { Item, Write } from './table.ts';

const newest = 1;

export const termsKind: RecordKind<Terms> = {
  counted: 'terms',
  key: termsKey,
  all: termsOfPool,

  encode: (terms) => ({
    ...termsKey(terms.poolId, terms.id),
    ...layout(newest),
    p: terms.poolId,
    id: terms.id,
    c: terms.clientId,
    nm: terms.name,
    so: terms.source,
    en: terms.enforcement,
    li: terms.links,
    ca: terms.createdAt,
    ma: terms.modifiedAt,
  }),

  decode(item) {
    requireLayout(item, newest);
    return {
      poolId: textIn(item, 'p'),
      id: textIn(item, 'id'),
      clientId: textIn(item, 'c'),
      name: textIn(item, 'nm'),
      source: constantIn(item, 'so', 'LINK'),
      enforcement: constantIn(item, 'en', 'NONE'),
      links: textsIn(item, 'li'),
      createdAt: numberIn(item, 'ca'),
      modifiedAt: numberIn(item, 'ma'),
      version: numberIn(item, 'n'),
    };
  },

  beside(before, after) {
    if (before && after && before.name === after.name) return [];
    return [
      ...(before ? [giveUp(before)] : []),
      ...(after ? [claim(after)] : []),
      ...(after && !before ? [{ check: clientKey(after.poolId, after.clientId), condition: isPresent }] : []),
    ];
  },
};

const claim = ({ poolId, clientId, name, id }: Terms): Write => ({
  put: { ...termsOfClientKey(poolId, clientId, name), ...layout(newest), id },
  condition: isAbsent,
});

/** No condition: that the terms have the name is what the version of their own row says. */
const giveUp = ({ poolId, clientId, name }: Terms): Write => ({ remove: termsOfClientKey(poolId, clientId, name) });

/** The id of what a client's row leads to. */
export const idIn = (item: Item): string => textIn(item, 'id');

function constantIn<T extends string>(item: Item, name: string, only: T): T {
  if (item[name] !== only) throw new MalformedItem(item, `${name} is not ${only}`);
  return only;
}
