/** Keeps access keys by their ids, which stand beside the principal that has them. */
import type { AccessKey } from '../../core/model/access-key.ts';
import type { AccessKeyStore } from '../../core/ports/access-key-store.ts';
import { Unavailable } from '../../core/ports/unavailable.ts';
import { decodeAccessKey, encodeAccessKey } from './access-key-rows.ts';
import { assign, isAbsent, isPresent } from './expressions.ts';
import { accessKeyKey, principalKey, principals } from './keys.ts';
import { everyItem } from './paging.ts';
import { asRead, decodePrincipal, encodePrincipal, type PrincipalReading } from './principal-rows.ts';
import type { Expression, Write } from './table.ts';

const mostKeys = 2;

export function accessKeyStore(reading: PrincipalReading): AccessKeyStore {
  const { table, sealer } = reading;

  /** Rewrites the ids of a principal's keys beside another write. */
  async function withPrincipal(name: string, change: (ids: readonly string[]) => Change | 'full'): Promise<Changed> {
    for (let tries = 0; tries < mostTries; tries++) {
      const item = await table.get(principalKey(name), { consistent: true });
      if (!item) return 'unknown';
      const { principal, keyIds } = await decodePrincipal(reading, item);
      const decided = change(keyIds);
      if (decided === 'full') return decided;
      const next = { principal: { ...principal, version: principal.version + 1 }, keyIds: decided.keyIds };
      const put = { put: await encodePrincipal(sealer, next), condition: asRead(principal) };
      const outcome = await table.transact([put, decided.beside]);
      if (outcome === 'done') return 'done';
      if (outcome.refused[1] !== undefined) return 'refused';
    }
    throw new Unavailable('Others changed the principal each time');
  }

  return {
    async find(id) {
      const item = await table.get(accessKeyKey(id), { consistent: true });
      return item && decodeAccessKey(sealer, item);
    },

    async add(key) {
      const beside: Write = { put: await encodeAccessKey(sealer, key), condition: isAbsent };
      const outcome = await withPrincipal(key.principal, (ids) =>
        ids.length < mostKeys ? { keyIds: [...ids, key.id], beside } : 'full',
      );
      return outcome === 'done' ? 'added' : outcome === 'refused' ? 'taken' : outcome;
    },

    async save(key) {
      const { PK: _, SK: __, ...attributes } = await encodeAccessKey(sealer, { ...key, lastUsedOn: undefined });
      const outcome = await table.update(accessKeyKey(key.id), assign(attributes), isPresent);
      return 'item' in outcome ? 'saved' : 'gone';
    },

    async used(id, day) {
      await table.update(accessKeyKey(id), assign({ lu: day }), isEarlier(day));
    },

    async remove({ id, principal }) {
      const beside: Write = { remove: accessKeyKey(id), condition: isPresent };
      const outcome = await withPrincipal(principal, (ids) => ({ keyIds: ids.filter((each) => each !== id), beside }));
      return outcome === 'done' ? 'removed' : 'gone';
    },

    async list(principal) {
      const items = principal === undefined ? await everyItem(table, all) : await itemsOf(principal);
      const rows = await Promise.all(items.map((item) => decodePrincipal(reading, item)));
      const ids = rows.flatMap(({ keyIds }) => keyIds);
      const found = await table.getMany(ids.map(accessKeyKey), { consistent: true });
      const keys = await Promise.all(found.map((item) => decodeAccessKey(sealer, item)));
      return keys.toSorted(byPrincipal);
    },
  };

  async function itemsOf(principal: string) {
    const item = await table.get(principalKey(principal), { consistent: true });
    return item ? [item] : [];
  }
}

const mostTries = 5;
const all = { ...principals, consistent: true } as const;

type Changed = 'done' | 'refused' | 'unknown' | 'full';

interface Change {
  readonly keyIds: readonly string[];
  readonly beside: Write;
}

const isEarlier = (day: string): Expression => ({
  expression: 'attribute_exists(PK) AND (attribute_not_exists(#before) OR #before < :before)',
  names: { '#before': 'lu' },
  values: { ':before': day },
});

const byPrincipal = (one: AccessKey, other: AccessKey): number =>
  compare(one.principal, other.principal) || one.createdAt - other.createdAt || compare(one.id, other.id);

const compare = (one: string, other: string): number => (one === other ? 0 : one < other ? -1 : 1);
