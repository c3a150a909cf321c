/** Writes failed guesses down, each change on the very row that it was decided on. */
import type { Failures } from '../../core/model/sign-in-set.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { and, has, isAbsent } from './expressions.ts';
import { decodeFailures, encodeFailures, forgiven, stillCounting, withGuess, withoutGuess } from './failure-rows.ts';
import { failuresKey } from './keys.ts';
import type { Expression, Table } from './table.ts';

/** `un` is a folded username, of a user or of nobody. */
export interface Account {
  readonly poolId: string;
  readonly un: string;
}

export interface FailureLedger {
  /** Strongly consistent. */
  read(account: Account): Promise<Failures | undefined>;
  /**
   * One guess, before its comparison. `seen` is what a read showed: a row that has changed since is decided on anew.
   */
  writeDown(account: Account, seen: Failures | undefined): Promise<WrittenDown | 'locked'>;
  /** One guess, after a comparison that failed: it counts even where a lock has come in between. */
  record(account: Account): Promise<void>;
  /** For a guess that was written down, as `written`, and turned out to be none. */
  takeBack(account: Account, written: WrittenDown): Promise<void>;
  /** For a guess that was written down and turned out to be right: the count begins again. */
  forgive(account: Account, written: WrittenDown): Promise<void>;
}

/** What was on record before a guess, and what is with it. */
export interface WrittenDown {
  readonly before: Failures | undefined;
  readonly after: Failures;
}

/** Each round that is lost is one that somebody else has won. */
const rounds = 30;

export function failureLedger({ table, clock }: { readonly table: Table; readonly clock: Clock }): FailureLedger {
  /** `decide` answers nothing when the row shall stay as it is. */
  async function rewrite(
    { poolId, un }: Account,
    seen: Failures | undefined,
    decide: (current: Failures | undefined) => Failures | undefined,
  ): Promise<WrittenDown | 'left' | 'crowded'> {
    let current = seen;
    for (let round = 0; round < rounds; round++) {
      const decided = decide(current);
      if (!decided) return 'left';
      const outcome = await table.put(encodeFailures(poolId, un, decided), isStill(current));
      if (outcome === 'done') return { before: current, after: decided };
      current = outcome.current && decodeFailures(outcome.current);
    }
    return 'crowded';
  }

  const restore = ({ poolId, un }: Account, former: Failures | undefined, condition?: Expression) =>
    former
      ? table.put(encodeFailures(poolId, un, former), condition)
      : table.remove(failuresKey(poolId, un), condition);

  const read = async ({ poolId, un }: Account): Promise<Failures | undefined> => {
    const item = await table.get(failuresKey(poolId, un), { consistent: true });
    return item && decodeFailures(item);
  };

  return {
    read,

    async writeDown(account, seen) {
      const outcome = await rewrite(account, seen, (current) => {
        const now = clock.now();
        const counting = stillCounting(current, now);
        return counting && counting.lockedUntil > now ? undefined : withGuess(counting, now);
      });
      // So many guesses side by side are not a person's.
      return typeof outcome === 'string' ? 'locked' : outcome;
    },

    async record(account) {
      const outcome = await rewrite(account, undefined, (current) => {
        const now = clock.now();
        const { lockedUntil, ...added } = withGuess(stillCounting(current, now), now);
        return { ...added, lockedUntil: Math.max(lockedUntil, current?.lockedUntil ?? 0) };
      });
      if (typeof outcome === 'string') throw new Error('A failed guess could not be written down.');
    },

    async takeBack(account, { before, after }) {
      const outcome = await restore(account, before, isStill(after));
      if (outcome === 'done') return;
      await rewrite(account, outcome.current && decodeFailures(outcome.current), (now) => now && withoutGuess(now));
    },

    async forgive(account, { before }) {
      await restore(account, before && forgiven(before));
    },
  };
}

const isStill = (failures: Failures | undefined): Expression =>
  failures ? and(has('c', failures.count), has('la', failures.lastAt)) : isAbsent;
