/** Keeps codes beside their users, and counts guesses and calls before anything is decided on them. */

import type { CodeOwner } from '../../core/model/code.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { CodeStore } from '../../core/ports/code-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import { type CodeRow, findCode, findUsedCode, spendCode, storeCode } from './code-rows.ts';
import { budgetKey, codeKey } from './keys.ts';
import { countWithinHour } from './sliding-hour.ts';
import type { Table } from './table.ts';

export interface CodeStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
}

export function codeStore({ table, clock }: CodeStoreOptions): CodeStore {
  return {
    async put(pool, owner, code) {
      const { update, change } = storeCode(rowOf(pool, owner), code);
      await table.update(update, change);
    },

    async guess(pool, owner, purpose, limit) {
      const row = rowOf(pool, owner);
      const now = clock.now();
      // The count and the code are one row, so that one write counts the guess and tells the code.
      const item = await countWithinHour(table, codeKey(pool.id, row.un, purpose), { limit, now });
      return item === 'spent' ? 'spent' : (findCode(item, row, now) ?? 'none');
    },

    async spend(pool, owner, purpose, digest) {
      const { update, change, condition } = spendCode(rowOf(pool, owner), purpose, digest);
      return 'item' in (await table.update(update, change, condition));
    },

    async findUsed(pool, owner) {
      const row = rowOf(pool, owner);
      const item = await table.get(codeKey(pool.id, row.un, 'sign-up'));
      return item && findUsedCode(item, row, clock.now());
    },

    async take(pool, username, budget, limit) {
      const key = budgetKey(pool.id, fold(pool, 'username', username), budget);
      const counted = await countWithinHour(table, key, { limit, now: clock.now() });
      return counted === 'spent' ? 'spent' : 'taken';
    },
  };
}

const rowOf = (pool: Pool, { username, sub }: CodeOwner): CodeRow => ({
  poolId: pool.id,
  un: fold(pool, 'username', username),
  sub,
});
