/** Keeps domains: the domain, the pool that names it and the account's count of its own host names change together. */
import { isCustom } from '../../core/model/domain.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { DomainStore } from '../../core/ports/domain-store.ts';
import type { Configuration } from './configuration.ts';
import { decodeDomain, encodeDomain, withDomain, withoutDomain } from './domain-rows.ts';
import { has, hasRoom, increase, isAbsent } from './expressions.ts';
import { accountKey, domainKey } from './keys.ts';
import { encodePool } from './pool-rows.ts';
import { newVersion } from './pool-version.ts';
import type { Table, Write } from './table.ts';

export interface DomainStoreOptions {
  readonly table: Table;
  readonly configuration: Configuration;
}

export function domainStore({ table, configuration }: DomainStoreOptions): DomainStore {
  const change = (before: Pool, after: Pool, writes: readonly Write[]) =>
    configuration.during(before.id, () =>
      table.transact([
        // Removing a pool rests on the same version, so there is no domain of a pool that is gone.
        { put: encodePool({ ...after, version: before.version + 1 }), condition: has('n', before.version) },
        newVersion(before.id),
        ...writes,
      ]),
    );

  return {
    async find(name) {
      const item = await table.get(domainKey(name), { consistent: true });
      return item && decodeDomain(item);
    },

    async add(pool, domain, mostCustom) {
      const outcome = await change(pool, withDomain(pool, domain), [
        { put: encodeDomain(domain), condition: isAbsent },
        ...(isCustom(domain) ? [countOneMore(pool, mostCustom)] : []),
      ]);
      if (outcome === 'done') return 'added';
      const [poolRow, version, name] = outcome.refused;
      if (poolRow || version) return 'changed';
      return name ? 'taken' : 'full';
    },

    async save(pool, domain) {
      const outcome = await change(pool, pool, [{ put: encodeDomain(domain), condition: isOf(pool) }]);
      return outcome === 'done' ? 'saved' : 'changed';
    },

    async remove(pool, domain) {
      const outcome = await change(pool, withoutDomain(pool, domain), [
        { remove: domainKey(domain.name), condition: isOf(pool) },
        ...(isCustom(domain) ? [countOneLess(pool)] : []),
      ]);
      return outcome === 'done' ? 'removed' : 'changed';
    },
  };
}

const isOf = ({ id }: Pool) => has('p', id);

/** Of the row that counts for the account. */
const counter = 'domains';

const countOneMore = (pool: Pool, most: number): Write => ({
  update: accountKey(pool),
  change: increase(counter, 1),
  condition: hasRoom(counter, most),
});

const countOneLess = (pool: Pool): Write => ({ update: accountKey(pool), change: increase(counter, -1) });
