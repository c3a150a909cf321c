/** Adds a user: the user, the aliases, a code and the count, or nothing. */
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { UserStore } from '../../core/ports/user-store.ts';
import { aliasesOf, fold } from '../../core/rules/aliases.ts';
import { storeCode } from './code-rows.ts';
import { countUsers } from './counters.ts';
import { isAbsent } from './expressions.ts';
import { encodeUser } from './user-rows.ts';
import { type Part, type UserWriting, writeWithAliases } from './user-writes.ts';

type Extra = NonNullable<Parameters<UserStore['add']>[2]>;
type Outcome = Awaited<ReturnType<UserStore['add']>>;
type Refusal = Exclude<Outcome, 'added'>;

export async function addUser(
  options: UserWriting,
  pool: Pool,
  user: User,
  { code, force = false }: Extra,
): Promise<Outcome> {
  const un = fold(pool, 'username', user.username);
  const parts: Part<Refusal>[] = [
    // First, because of a pool that is gone nothing else matters.
    { write: countUsers(options.random, pool.id, 1), otherwise: 'pool gone' },
    { write: { put: encodeUser(pool, user), condition: isAbsent }, otherwise: { taken: 'username' } },
  ];
  // Without a condition of its own, this one is not refused.
  if (code) parts.push({ write: storeCode({ poolId: pool.id, un, sub: user.sub }, code), otherwise: 'pool gone' });
  const outcome = await writeWithAliases(options, parts, { pool, user, aliases: aliasesOf(pool, user), force });
  return outcome === 'done' ? 'added' : outcome;
}
