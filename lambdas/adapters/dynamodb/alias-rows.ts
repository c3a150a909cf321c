/** Aliases as rows: each leads to one user, by whose `sub` it is known whose it is. */
import type { Alias } from '../../core/model/alias.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import { fold, isTransferable } from '../../core/rules/aliases.ts';
import { has, isAbsent, or } from './expressions.ts';
import { layout, textIn } from './fields.ts';
import { aliasKey, subsOfPool, userKey } from './keys.ts';
import type { Expression, Item, Write } from './table.ts';

const encodeAlias = (poolId: string, alias: Alias, user: Pick<User, 'username' | 'sub'>): Item => ({
  ...aliasKey(poolId, alias),
  ...layout(1),
  u: user.username,
  sub: user.sub,
  // Users are found by the beginning of their `sub` through these rows.
  ...(alias.kind === 'sub' && { g1p: subsOfPool(poolId), g1s: alias.value }),
});

/** Whom an alias leads to, as its row says. */
export interface Holder {
  readonly username: string;
  readonly sub: string;
}

export const decodeHolder = (item: Item): Holder => ({ username: textIn(item, 'u'), sub: textIn(item, 'sub') });

/** A row that is gone, or one's own, stands in nobody's way. */
const isFreeFor = (sub: string): Expression => or(isAbsent, has('sub', sub));

export const claimAlias = (poolId: string, alias: Alias, user: User): Write => ({
  put: encodeAlias(poolId, alias, user),
  condition: isFreeFor(user.sub),
});

export const giveUpAlias = (poolId: string, alias: Alias, user: User): Write => ({
  remove: aliasKey(poolId, alias),
  condition: isFreeFor(user.sub),
});

/** An alias with the user it is taken from. */
export interface Takeover {
  readonly alias: Alias;
  readonly holder: Holder;
}

/** Undefined where the alias is not to be taken from anybody. */
export const findTakeover = (pool: Pool, alias: Alias, row: Item): Takeover | undefined =>
  isTransferable(pool, alias) ? { alias, holder: decodeHolder(row) } : undefined;

export const takeAlias = (poolId: string, { alias, holder }: Takeover, user: User): Write => ({
  put: encodeAlias(poolId, alias, user),
  condition: has('sub', holder.sub),
});

/** The holder's addresses count as unverified from now on: with that they have lost the aliases. */
export function unverifyHolder(pool: Pool, holder: Holder, lost: readonly Alias[], now: number): Write {
  const flags = lost.map(({ kind }, at) => [`#flag${at}`, `${kind}_verified`] as const);
  return {
    update: userKey(pool.id, fold(pool, 'username', holder.username)),
    change: {
      expression: `SET ${flags.map(([name]) => `#at.${name} = :false`).join(', ')}, #ma = :now ADD #n :one`,
      names: { '#at': 'at', '#ma': 'ma', '#n': 'n', ...Object.fromEntries(flags) },
      values: { ':false': 'false', ':now': now, ':one': 1 },
    },
    condition: has('sub', holder.sub),
  };
}

export const isSameAlias = (one: Alias, other: Alias): boolean => one.kind === other.kind && one.value === other.value;
