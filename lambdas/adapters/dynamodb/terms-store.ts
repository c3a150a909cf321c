/** Keeps terms, and finds them by client and name. */
import type { TermsStore } from '../../core/ports/terms-store.ts';
import { termsOfClientKey } from './keys.ts';
import { type RecordStoreOptions, recordStore } from './record-store.ts';
import { idIn, termsKind } from './terms-rows.ts';

export function termsStore(options: RecordStoreOptions): TermsStore {
  const records = recordStore(options, termsKind);
  return {
    ...records,

    async findByName(poolId, clientId, name) {
      const row = await options.table.get(termsOfClientKey(poolId, clientId, name), { consistent: true });
      const terms = row && (await records.find(poolId, idIn(row)));
      return terms?.name === name ? terms : undefined;
    },
  };
}
