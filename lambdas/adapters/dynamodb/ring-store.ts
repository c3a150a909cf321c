/** Keeps the versions of the wrapped data key. They are never deleted: what they sealed would be lost. */
import type { Ring, RingStore } from '../../core/ports/ring-store.ts';
import { isAbsent } from './expressions.ts';
import { bytesIn, layout, numberIn, requireLayout } from './fields.ts';
import { ringKey, rings } from './keys.ts';
import type { Item, Table } from './table.ts';

const newest = 1;

export function ringStore({ table }: { readonly table: Table }): RingStore {
  return {
    async newest() {
      const { items } = await table.query({ ...rings, consistent: true, backward: true, limit: 1 });
      return items[0] && decodeRing(items[0]);
    },

    async find(version) {
      const item = await table.get(ringKey(version), { consistent: true });
      return item && decodeRing(item);
    },

    async add(ring) {
      return (await table.put(encodeRing(ring), isAbsent)) === 'done' ? 'added' : 'taken';
    },
  };
}

const encodeRing = ({ version, wrapped, createdAt }: Ring): Item => ({
  ...ringKey(version),
  ...layout(newest),
  n: version,
  w: wrapped,
  ca: createdAt,
});

function decodeRing(item: Item): Ring {
  requireLayout(item, newest);
  return { version: numberIn(item, 'n'), wrapped: bytesIn(item, 'w'), createdAt: numberIn(item, 'ca') };
}
