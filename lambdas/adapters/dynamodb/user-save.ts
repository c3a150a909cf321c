/** Replaces one version of a user by the next, with what that does to aliases and codes. */
import type { Alias } from '../../core/model/alias.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { SaveExtra, UserStore } from '../../core/ports/user-store.ts';
import { aliasesOf, fold } from '../../core/rules/aliases.ts';
import { giveUpAlias, isSameAlias } from './alias-rows.ts';
import { type CodeRow, spendCode, storeCode } from './code-rows.ts';
import { and, has } from './expressions.ts';
import type { Expression, Write } from './table.ts';
import { encodeUser } from './user-rows.ts';
import { type Part, type UserWriting, writeWithAliases } from './user-writes.ts';

type Outcome = Awaited<ReturnType<UserStore['save']>>;

export interface Saving {
  readonly before: User;
  readonly after: User;
  readonly extra: SaveExtra;
}

export async function saveUser(
  options: Pick<UserWriting, 'table' | 'clock'>,
  pool: Pool,
  { before, after, extra }: Saving,
): Promise<Outcome> {
  const [held, wanted] = [aliasesOf(pool, before), aliasesOf(pool, after)];
  const row = { poolId: pool.id, un: fold(pool, 'username', before.username), sub: before.sub };
  const next = encodeUser(pool, { ...after, version: before.version + 1 });
  const parts = [
    { put: next, condition: isVersion(before) },
    ...codeWrites(row, extra),
    ...without(held, wanted).map((alias) => giveUpAlias(pool.id, alias, before)),
  ].map((write): Part<'changed'> => ({ write, otherwise: 'changed' }));
  const gain = { pool, user: after, aliases: without(wanted, held), force: extra.force ?? false };
  const outcome = await writeWithAliases(options, parts, gain);
  return outcome === 'done' ? 'saved' : outcome;
}

/** The very version that the change was decided on, of this user and not of a later one of the same name. */
export const isVersion = ({ version, sub }: User): Expression => and(has('n', version), has('sub', sub));

/** A transaction writes a row only once, so a code that follows the spent one is written on its condition. */
function codeWrites(row: CodeRow, { code, spend }: SaveExtra): readonly Write[] {
  const spent = spend && spendCode(row, spend.purpose, spend.digest);
  if (!code) return spent ? [spent] : [];
  const stored = storeCode(row, code);
  if (!spent) return [stored];
  return spend.purpose === code.purpose ? [{ ...stored, condition: spent.condition }] : [spent, stored];
}

const without = (all: readonly Alias[], others: readonly Alias[]): readonly Alias[] =>
  all.filter((alias) => !others.some((other) => isSameAlias(alias, other)));
