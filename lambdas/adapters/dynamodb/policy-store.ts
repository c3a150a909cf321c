/** Keeps policies. `n` of a row grows with each principal that comes to name the policy. */
import type { Policy } from '../../core/model/policy.ts';
import type { PolicyStore } from '../../core/ports/policy-store.ts';
import type { PrincipalStore } from '../../core/ports/principal-store.ts';
import { Unavailable } from '../../core/ports/unavailable.ts';
import { isBuiltInPolicy } from '../../core/rules/access/built-in.ts';
import type { SecretSealer } from './client-rows.ts';
import { assign, has, isAbsent, isPresent } from './expressions.ts';
import { layout, numberIn, requireLayout } from './fields.ts';
import { policies, policyKey } from './keys.ts';
import { everyItem } from './paging.ts';
import { openContent, sealContent } from './sealed-rows.ts';
import type { Item, Table } from './table.ts';

export interface PolicyStoreOptions {
  readonly table: Table;
  readonly sealer: SecretSealer;
  readonly principals: Pick<PrincipalStore, 'list'>;
}

export function policyStore({ table, sealer, principals }: PolicyStoreOptions): PolicyStore {
  const encode = async (policy: Policy) => ({
    ...layout(newest),
    sec: await sealContent(sealer, 'policy', policyKey(policy.name), policy),
  });

  async function decode(item: Item): Promise<Policy> {
    requireLayout(item, newest);
    // Only our own sealing opens here, so its members need no second check.
    return (await openContent(sealer, 'policy', item)) as Policy;
  }

  const find = (name: string) => table.get(policyKey(name), { consistent: true });

  return {
    async find(name) {
      const item = await find(name);
      return item && decode(item);
    },

    async add(policy) {
      const row = { ...policyKey(policy.name), ...(await encode(policy)), n: 0 };
      return (await table.put(row, isAbsent)) === 'done' ? 'added' : 'taken';
    },

    async save(policy) {
      const condition = isBuiltInPolicy(policy.name) ? undefined : isPresent;
      const outcome = await table.update(policyKey(policy.name), assign(await encode(policy)), condition);
      return 'item' in outcome ? 'saved' : 'gone';
    },

    async remove(name) {
      for (let tries = 0; tries < mostTries; tries++) {
        const item = await find(name);
        if (!item) return 'gone';
        const all = await principals.list();
        if (all.some((principal) => principal.policies.includes(name))) return 'attached';
        // Whoever came to name it since the list was read has raised the number.
        if ((await table.remove(policyKey(name), has('n', numberIn(item, 'n')))) === 'done') return 'removed';
      }
      throw new Unavailable('Others named the policy each time');
    },

    async list() {
      const items = await everyItem(table, { ...policies, consistent: true });
      return (await Promise.all(items.map(decode))).toSorted((one, other) => (one.name < other.name ? -1 : 1));
    },
  };
}

const newest = 1;
const mostTries = 5;
