/** Keeps the secrets of authenticator apps, and the last step whose code was taken. */
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { SoftwareTokenStore } from '../../core/ports/software-token-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import { and, assign, has, isBelow, lacks, or } from './expressions.ts';
import { layout } from './fields.ts';
import { softwareTokenKey } from './keys.ts';
import { decodeSoftwareToken, softwareTokenLayout } from './software-token-rows.ts';
import type { Expression, Key, Table } from './table.ts';

export function softwareTokenStore({ table }: { readonly table: Table }): SoftwareTokenStore {
  return {
    async find(pool, owner) {
      const item = await table.get(keyOf(pool, owner), { consistent: true });
      return item?.['sub'] === owner.sub ? decodeSoftwareToken(item) : undefined;
    },

    async propose(pool, owner, pending) {
      const key = keyOf(pool, owner);
      const proposed = { ...layout(softwareTokenLayout), sub: owner.sub, pe: pending };
      if ('item' in (await table.update(key, assign(proposed), or(has('sub', owner.sub), lacks('sub'))))) return;
      // What is there belongs to somebody who had the name before.
      await table.put({ ...key, ...proposed });
    },

    async prove(pool, owner, { pending, step, name }) {
      const proven = { sec: pending, pe: undefined, ls: step, nm: name };
      const outcome = await table.update(
        keyOf(pool, owner),
        assign(proven),
        and(has('sub', owner.sub), has('pe', pending), isNewer(step)),
      );
      return 'item' in outcome ? 'proven' : 'changed';
    },

    async take(pool, owner, step) {
      const outcome = await table.update(
        keyOf(pool, owner),
        assign({ ls: step }),
        and(has('sub', owner.sub), isNewer(step)),
      );
      return 'item' in outcome ? 'taken' : 'used';
    },

    async remove(pool, owner) {
      await table.remove(keyOf(pool, owner), has('sub', owner.sub));
    },
  };
}

const isNewer = (step: number): Expression => or(lacks('ls'), isBelow('ls', step));

const keyOf = (pool: Pool, { username }: Pick<User, 'username'>): Key =>
  softwareTokenKey(pool.id, fold(pool, 'username', username));
