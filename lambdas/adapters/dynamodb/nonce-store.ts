/** Keeps which nonces are spent, for as long as the values that carry them are good. */
import type { NonceStore } from '../../core/ports/nonce-store.ts';
import { assign, increase, isAbsent, together } from './expressions.ts';
import { layout, numberIn, seconds } from './fields.ts';
import { nonceKey, ttlAttribute } from './keys.ts';
import type { Table } from './table.ts';

export function nonceStore({ table }: { readonly table: Table }): NonceStore {
  return {
    async consume(nonce, expiresAt) {
      const row = { ...nonceKey(nonce), ...layout(1), [ttlAttribute]: seconds(expiresAt) };
      return (await table.put(row, isAbsent)) === 'done' ? 'consumed' : 'used';
    },

    async count(name, expiresAt) {
      const change = together(assign({ ...layout(1), [ttlAttribute]: seconds(expiresAt) }), increase('c', 1));
      const outcome = await table.update(nonceKey(name), change);
      // Without a condition, there is nothing to refuse.
      return 'item' in outcome ? numberIn(outcome.item, 'c') : 0;
    },
  };
}
