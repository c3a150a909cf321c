/** Writes users and their aliases in one transaction, and takes aliases from others where that is asked for. */
import type { Alias } from '../../core/model/alias.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Taken } from '../../core/ports/user-store.ts';
import { claimAlias, findTakeover, isSameAlias, type Takeover, takeAlias, unverifyHolder } from './alias-rows.ts';
import type { Refused, Table, Write } from './table.ts';

/** A write, and what its refusal means for the whole. */
export interface Part<Meaning> {
  readonly write: Write;
  readonly otherwise: Meaning;
}

export interface Gain {
  readonly pool: Pool;
  readonly user: User;
  /** Aliases that the user does not hold yet. */
  readonly aliases: readonly Alias[];
  /** Whether to take them from others. */
  readonly force: boolean;
}

/** What changing users takes. */
export interface UserWriting {
  readonly table: Table;
  readonly clock: Clock;
  readonly random: Random;
}

/** Holders may change while an alias is being taken from them. */
const tries = 5;

/** Where several writes are refused, the first part that is says what it means; aliases come after all parts. */
export async function writeWithAliases<Meaning>(
  { table, clock }: Pick<UserWriting, 'table' | 'clock'>,
  parts: readonly Part<Meaning>[],
  gain: Gain,
): Promise<'done' | Meaning | Taken> {
  let takeovers: readonly Takeover[] = [];
  for (let attempt = 1; ; attempt++) {
    const writes = [...parts.map(({ write }) => write), ...aliasWrites(gain, takeovers, clock.now())];
    const refused = await write(table, writes);
    if (refused === undefined) return 'done';
    const broken = parts.find((_, at) => refused[at]);
    if (broken) return broken.otherwise;
    const next = takeoversAfter(gain, takeovers, refused.slice(parts.length));
    if ('taken' in next) return next;
    if (attempt === tries) return { taken: gain.aliases[0]?.kind ?? 'username' };
    takeovers = next.takeovers;
  }
}

/** One entry for each write, as transactions answer; `undefined` when all is done. A single row needs no transaction. */
async function write(table: Table, writes: readonly Write[]): Promise<readonly (Refused | undefined)[] | undefined> {
  const [only] = writes;
  if (writes.length === 1 && only && 'put' in only) {
    const outcome = await table.put(only.put, only.condition);
    return outcome === 'done' ? undefined : [outcome];
  }
  const outcome = await table.transact(writes);
  return outcome === 'done' ? undefined : outcome.refused;
}

/** First one write for each alias, in their order, then those to former holders. */
function aliasWrites({ pool, user, aliases }: Gain, takeovers: readonly Takeover[], now: number): readonly Write[] {
  const moves = aliases.map((alias) => {
    const takeover = takeovers.find((each) => isSameAlias(each.alias, alias));
    return takeover ? takeAlias(pool.id, takeover, user) : claimAlias(pool.id, alias, user);
  });
  return [...moves, ...holdersOf(takeovers).map(({ holder, lost }) => unverifyHolder(pool, holder, lost, now))];
}

/** Each holder once: a transaction writes a row only once. */
function holdersOf(takeovers: readonly Takeover[]) {
  const bySub = Map.groupBy(takeovers, ({ holder }) => holder.sub);
  return [...bySub.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ holder: first.holder, lost: group.map(({ alias }) => alias) }] : [];
  });
}

/** From whom to take which alias at the next try, now that it is known who holds them; or what stays taken. */
function takeoversAfter(
  { pool, aliases, force }: Gain,
  former: readonly Takeover[],
  refused: readonly (Refused | undefined)[],
): { readonly takeovers: readonly Takeover[] } | Taken {
  const takeovers: Takeover[] = [];
  for (const [at, alias] of aliases.entries()) {
    const refusal = refused[at];
    const row = refusal?.current;
    const takeover = refusal ? row && force && findTakeover(pool, alias, row) : former.find(isOf(alias));
    if (takeover) takeovers.push(takeover);
    else if (row) return { taken: alias.kind };
  }
  return { takeovers };
}

const isOf =
  (alias: Alias) =>
  (takeover: Takeover): boolean =>
    isSameAlias(takeover.alias, alias);
