/** Keeps principals. A policy that one names is marked in the same write, so that it is not removed meanwhile. */
import type { Principal } from '../../core/model/principal.ts';
import type { PrincipalStore } from '../../core/ports/principal-store.ts';
import { isBuiltInPolicy } from '../../core/rules/access/built-in.ts';
import { encodeAccessKey } from './access-key-rows.ts';
import { increase, isAbsent, isPresent } from './expressions.ts';
import { accessKeyKey, policyKey, principalKey, principals } from './keys.ts';
import { everyItem } from './paging.ts';
import { asRead, decodePrincipal, encodePrincipal, type PrincipalReading } from './principal-rows.ts';
import type { Write } from './table.ts';

export function principalStore(reading: PrincipalReading): PrincipalStore {
  const { table, sealer } = reading;

  const findRow = async (name: string) => {
    const item = await table.get(principalKey(name), { consistent: true });
    return item && decodePrincipal(reading, item);
  };

  /** `own` are the rows of the principal, `named` the policies that it comes to name. */
  async function write(own: readonly Write[], named: readonly string[]) {
    const outcome = await table.transact([...own, ...named.flatMap(marking)]);
    if (outcome === 'done') return 'done';
    return outcome.refused.slice(0, own.length).some((each) => each !== undefined) ? 'refused' : 'unknown';
  }

  return {
    find: async (name) => (await findRow(name))?.principal,

    async add(principal, key) {
      const keys = key === undefined ? [] : [key];
      const row = { principal: { ...principal, version: 1 }, keyIds: keys.map(({ id }) => id) };
      const puts = [encodePrincipal(sealer, row), ...keys.map((each) => encodeAccessKey(sealer, each))];
      const own = (await Promise.all(puts)).map((put) => ({ put, condition: isAbsent }));
      const outcome = await write(own, principal.policies);
      return outcome === 'done' ? 'added' : outcome === 'refused' ? 'taken' : outcome;
    },

    async save(before, after) {
      const row = await findRow(before.name);
      if (row?.principal.version !== before.version) return 'lost';
      const { name, arn, createdAt } = before;
      const changed = { ...after, name, arn, createdAt, version: before.version + 1 };
      const put = await encodePrincipal(sealer, { ...row, principal: changed });
      const added = after.policies.filter((each) => !before.policies.includes(each));
      const outcome = await write([{ put, condition: asRead(before) }], added);
      return outcome === 'done' ? 'saved' : outcome === 'refused' ? 'lost' : outcome;
    },

    async remove(principal) {
      const row = await findRow(principal.name);
      if (row?.principal.version !== principal.version) return 'lost';
      const outcome = await table.transact([
        { remove: principalKey(principal.name), condition: asRead(principal) },
        ...row.keyIds.map((id): Write => ({ remove: accessKeyKey(id) })),
      ]);
      return outcome === 'done' ? 'removed' : 'lost';
    },

    async list() {
      const items = await everyItem(table, { ...principals, consistent: true });
      const rows = await Promise.all(items.map((item) => decodePrincipal(reading, item)));
      return rows.map(({ principal }) => principal).toSorted(byName);
    },
  };
}

/** Those that are built in cannot be removed, and may have no row. */
const marking = (policy: string): readonly Write[] =>
  isBuiltInPolicy(policy) ? [] : [{ update: policyKey(policy), change: increase('n', 1), condition: isPresent }];

const byName = (one: Principal, other: Principal): number => (one.name < other.name ? -1 : 1);
