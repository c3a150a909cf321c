/** Keeps app clients: each change of one is a change of its pool's configuration. */
import type { Client } from '../../core/model/client.ts';
import type { ClientStore } from '../../core/ports/client-store.ts';
import { Unavailable } from '../../core/ports/unavailable.ts';
import { type BelongingsOptions, belongingsOf } from './client-belongings.ts';
import { decodeClient, encodeClient, encodeLookup, type SecretSealer } from './client-rows.ts';
import type { Configuration } from './configuration.ts';
import { has, isAbsent, isPresent } from './expressions.ts';
import { clientKey, clientsOfPool, lookupKey } from './keys.ts';
import { listPage } from './paging.ts';
import { newVersion } from './pool-version.ts';
import type { Write } from './table.ts';

export interface ClientStoreOptions extends BelongingsOptions {
  readonly sealer: SecretSealer;
  readonly configuration: Configuration;
}

/** Of a removal, which rests on what the client has at that moment. */
const tries = 5;

export function clientStore(options: ClientStoreOptions): ClientStore {
  const { table, sealer, configuration } = options;
  const change = (poolId: string, writes: readonly Write[]) =>
    configuration.during(poolId, () => table.transact(writes));

  async function removeWithAll({ poolId, id }: Client): Promise<'removed' | 'gone' | 'changed'> {
    const { counts, writes } = await belongingsOf(options, { poolId, id });
    const outcome = await change(poolId, [
      newVersion(poolId, { kind: 'clients', by: -1 }, ...counts),
      { remove: clientKey(poolId, id), condition: isPresent },
      { remove: lookupKey(id) },
      ...writes,
    ]);
    if (outcome === 'done') return 'removed';
    const [version, client] = outcome.refused;
    return version || client ? 'gone' : 'changed';
  }

  return {
    find: (clientId) => configuration.findClient(clientId),

    confirm: (pool) => configuration.beside(pool, Promise.resolve()),

    async read(poolId, clientId) {
      const item = await table.get(clientKey(poolId, clientId), { consistent: true });
      return item && decodeClient(sealer, item);
    },

    async add(client, most) {
      const item = await encodeClient(sealer, client);
      const outcome = await change(client.poolId, [
        newVersion(client.poolId, { kind: 'clients', by: 1, most }),
        { put: item, condition: isAbsent },
        { put: encodeLookup(client), condition: isAbsent },
      ]);
      if (outcome === 'done') return 'added';
      const [counting, ...others] = outcome.refused;
      if (counting && !counting.current) return 'pool gone';
      return others.some(Boolean) ? 'taken' : 'full';
    },

    async save(before, after) {
      const item = await encodeClient(sealer, { ...after, version: before.version + 1 });
      const outcome = await change(before.poolId, [
        newVersion(before.poolId),
        { put: item, condition: has('n', before.version) },
      ]);
      return outcome === 'done' ? 'saved' : 'changed';
    },

    async remove(client) {
      for (let made = 0; made < tries; made++) {
        const outcome = await removeWithAll(client);
        if (outcome !== 'changed') return outcome;
      }
      throw new Unavailable('What belongs to the client is being changed by others');
    },

    list: (poolId, page) => listPage(table, clientsOfPool(poolId), page, (item) => decodeClient(sealer, item)),
  };
}
