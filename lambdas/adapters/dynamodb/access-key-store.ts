/** Keeps access keys by their ids, and beside them which principal has which. */
import type { AccessKeyStore } from '../../core/ports/access-key-store.ts';
import { decodeAccessKey, encodeAccessKey, encodePrincipal } from './access-key-rows.ts';
import type { SecretSealer } from './client-rows.ts';
import { isAbsent, isPresent } from './expressions.ts';
import { textIn } from './fields.ts';
import { accessKeyKey, principals } from './keys.ts';
import { everyItem } from './paging.ts';
import type { Table } from './table.ts';

export interface AccessKeyStoreOptions {
  readonly table: Table;
  readonly sealer: SecretSealer;
}

export function accessKeyStore({ table, sealer }: AccessKeyStoreOptions): AccessKeyStore {
  return {
    async find(id) {
      const item = await table.get(accessKeyKey(id), { consistent: true });
      return item && decodeAccessKey(sealer, item);
    },

    async add(key) {
      const outcome = await table.transact([
        { put: await encodeAccessKey(sealer, key), condition: isAbsent },
        { put: encodePrincipal(key), condition: isAbsent },
      ]);
      return outcome === 'done' ? 'added' : 'taken';
    },

    async save(key) {
      return (await table.put(await encodeAccessKey(sealer, key), isPresent)) === 'done' ? 'saved' : 'gone';
    },

    async list() {
      const named = await everyItem(table, { ...principals, consistent: true });
      const keys = named.map((item) => accessKeyKey(textIn(item, 'id')));
      const items = await table.getMany(keys, { consistent: true });
      const all = await Promise.all(items.map((item) => decodeAccessKey(sealer, item)));
      return all.toSorted((one, other) => (one.principal < other.principal ? -1 : 1));
    },
  };
}
