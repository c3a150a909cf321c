/** Adds a user: the user, the aliases, a code and the count, or nothing. */
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { Taken, UserStore } from '../../core/ports/user-store.ts';
import { aliasesOf, fold } from '../../core/rules/aliases.ts';
import { storeCode } from './code-rows.ts';
import { countOneMore, drawCounter, findCounterWithRoom } from './counters.ts';
import { isAbsent } from './expressions.ts';
import type { Write } from './table.ts';
import { encodeUser } from './user-rows.ts';
import { type Part, type UserWriting, writeWithAliases } from './user-writes.ts';

type Extra = NonNullable<Parameters<UserStore['add']>[2]>;
type Outcome = Awaited<ReturnType<UserStore['add']>>;
type Refusal = 'not counted' | Taken;

/** Others may come first to a counter that had room. */
const tries = 20;

export async function addUser(options: UserWriting, pool: Pool, user: User, extra: Extra): Promise<Outcome> {
  const { most = Infinity } = extra;
  let counter = drawCounter(options.random, most);
  for (let tried = 0; tried < tries; tried++) {
    const outcome = await addCounted(options, pool, user, { ...extra, counted: countOneMore(pool.id, counter, most) });
    if (outcome !== 'not counted') return outcome === 'done' ? 'added' : outcome;
    const next = await findCounterWithRoom(options.table, options.random, pool.id, most);
    if (typeof next !== 'number') return next;
    counter = next;
  }
  return 'full';
}

async function addCounted(
  options: UserWriting,
  pool: Pool,
  user: User,
  { code, force = false, counted }: Extra & { readonly counted: Write },
): Promise<'done' | Refusal | Taken> {
  const un = fold(pool, 'username', user.username);
  const parts: Part<Refusal>[] = [
    // First, because of a pool that is gone nothing else matters.
    { write: counted, otherwise: 'not counted' },
    { write: { put: encodeUser(pool, user), condition: isAbsent }, otherwise: { taken: 'username' } },
  ];
  // Without a condition of its own, this one is not refused.
  if (code) parts.push({ write: storeCode({ poolId: pool.id, un, sub: user.sub }, code), otherwise: 'not counted' });
  return writeWithAliases(options, parts, { pool, user, aliases: aliasesOf(pool, user), force });
}
