/** Counts guesses at passwords: those that may run beside others are failures until they turn out to be none. */
import type { Pool } from '../../core/model/pool.ts';
import type { Failures } from '../../core/model/sign-in-set.ts';
import type { Attempt, AttemptStore } from '../../core/ports/attempt-store.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { fold } from '../../core/rules/aliases.ts';
import { and, has, isAbsent } from './expressions.ts';
import { decodeFailures, encodeFailures, stillCounting, withFailures } from './failure-rows.ts';
import { failuresKey } from './keys.ts';
import { recentlyTroubled } from './recently-troubled.ts';
import type { Expression, Item, Table } from './table.ts';

export interface AttemptStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
}

/** The one guess at an account that has not been written down. */
interface FreeGuess {
  /** Set once another guess writes it down along with itself; answers whether it could. */
  counted?: Promise<boolean> | undefined;
}

interface Account {
  readonly poolId: string;
  readonly un: string;
}

/** Each round that is lost is one that somebody else has won. */
const rounds = 20;

export function attemptStore({ table, clock }: AttemptStoreOptions): AttemptStore {
  const free = new Map<string, FreeGuess>();
  const troubled = recentlyTroubled(clock);

  /** Writes guesses down as failures, on the row as it really stands; `locked` when it stands in the way. */
  async function writeDown(account: Account, guesses: number, seen: Failures | undefined): Promise<Failures | 'locked'> {
    const key = failuresKey(account.poolId, account.un);
    let current = seen;
    for (let round = 0; round < rounds; round++) {
      const counting = stillCounting(current, clock.now());
      if (counting && counting.lockedUntil > clock.now()) return 'locked';
      const written = withFailures(counting, guesses, clock.now());
      const outcome = await table.put(encodeFailures(account.poolId, account.un, written), isAs(current));
      if (outcome === 'done') return written;
      current = decodeCurrent(outcome.current);
    }
    // So many guesses side by side are not a person's.
    return 'locked';

    function decodeCurrent(item: Item | undefined): Failures | undefined {
      return item && decodeFailures({ ...item, ...key });
    }
  }

  async function reset({ poolId, un }: Account, name: string): Promise<void> {
    await table.remove(failuresKey(poolId, un));
    troubled.calm(name);
  }

  /** A guess at an account that nobody else is guessing at, and that shows no failure. */
  function beginFree(account: Account, name: string): Attempt {
    const guess: FreeGuess = {};
    free.set(name, guess);
    const leave = () => {
      if (free.get(name) === guess) free.delete(name);
    };
    return {
      async succeeded() {
        leave();
        if (await guess.counted) await reset(account, name);
      },
      async failed() {
        try {
          if (await guess.counted) return;
          troubled.note(name);
          await recordFailure(account);
        } finally {
          leave();
        }
      },
      async abandoned() {
        leave();
        if (await guess.counted) await takeBack(account, 1);
      },
    };
  }

  /** The guess was compared already, so it counts even where a lock has come since. */
  async function recordFailure(account: Account): Promise<void> {
    await rewrite(account, (failures) => {
      const added = withFailures(stillCounting(failures, clock.now()), 1, clock.now());
      return { ...added, lockedUntil: Math.max(added.lockedUntil, failures?.lockedUntil ?? 0) };
    });
  }

  async function takeBack(account: Account, guesses: number): Promise<void> {
    await rewrite(account, (failures) => failures && { ...failures, count: Math.max(failures.count - guesses, 0) });
  }

  async function rewrite(account: Account, decide: (failures: Failures | undefined) => Failures | undefined) {
    const { poolId, un } = account;
    const item = await table.get(failuresKey(poolId, un), { consistent: true });
    let current = item && decodeFailures(item);
    for (let round = 0; round < rounds; round++) {
      const decided = decide(current);
      if (!decided) return;
      const outcome = await table.put(encodeFailures(poolId, un, decided), isAs(current));
      if (outcome === 'done') return;
      current = outcome.current && decodeFailures(outcome.current);
    }
    throw new Error('The failed guesses could not be written down.');
  }

  return undefined as never;
}

const isAs = (failures: Failures | undefined): Expression =>
  failures ? and(has('c', failures.count), has('la', failures.lastAt)) : isAbsent;
