/** Keeps app clients: each change of one is a change of its pool's configuration. */
import type { ClientStore } from '../../core/ports/client-store.ts';
import { decodeClient, encodeClient, encodeLookup, type SecretSealer } from './client-rows.ts';
import type { Configuration } from './configuration.ts';
import { has, isAbsent, isPresent } from './expressions.ts';
import { clientKey, clientsOfPool, lookupKey } from './keys.ts';
import { listPage } from './paging.ts';
import { newVersion } from './pool-store.ts';
import type { Table } from './table.ts';

export interface ClientStoreOptions {
  readonly table: Table;
  readonly sealer: SecretSealer;
  readonly configuration: Configuration;
}

export function clientStore({ table, sealer, configuration }: ClientStoreOptions): ClientStore {
  return {
    find: (clientId) => configuration.findClient(clientId),

    async read(poolId, clientId) {
      const item = await table.get(clientKey(poolId, clientId), { consistent: true });
      return item && decodeClient(sealer, item);
    },

    async add(client) {
      const outcome = await table.transact([
        newVersion(client.poolId),
        { put: await encodeClient(sealer, client), condition: isAbsent },
        { put: encodeLookup(client), condition: isAbsent },
      ]);
      configuration.forget(client.poolId);
      if (outcome === 'done') return 'added';
      return outcome.refused[0] ? 'pool gone' : 'taken';
    },

    async save(before, after) {
      const item = await encodeClient(sealer, { ...after, version: before.version + 1 });
      const outcome = await table.transact([
        newVersion(before.poolId),
        { put: item, condition: has('n', before.version) },
      ]);
      configuration.forget(before.poolId);
      return outcome === 'done' ? 'saved' : 'changed';
    },

    async remove({ poolId, id }) {
      const outcome = await table.transact([
        newVersion(poolId),
        { remove: clientKey(poolId, id), condition: isPresent },
        { remove: lookupKey(id) },
      ]);
      configuration.forget(poolId);
      return outcome === 'done' ? 'removed' : 'gone';
    },

    list: (poolId, page) => listPage(table, clientsOfPool(poolId), page, (item) => decodeClient(sealer, item)),
  };
}
