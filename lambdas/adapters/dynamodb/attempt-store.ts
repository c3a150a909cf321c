/** Lets a guess be compared: at the password of an untroubled account for free, or else written down beforehand. */
import type { Failures } from '../../core/model/sign-in-set.ts';
import type { Attempt, AttemptStore, Guessed } from '../../core/ports/attempt-store.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { fold } from '../../core/rules/aliases.ts';
import { type Account, failureLedger, type WrittenDown } from './failure-ledger.ts';
import { isTroubled } from './failure-rows.ts';
import { failuresKey } from './keys.ts';
import { recentFailures } from './recent-failures.ts';
import type { Table } from './table.ts';
import { type Turn, turns } from './turns.ts';

export interface AttemptStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
}

/** So many guesses side by side are not a person's, nor those of a test suite. */
const mostWaiting = 500;

export function attemptStore(options: AttemptStoreOptions): AttemptStore {
  const ledger = failureLedger(options);
  const recent = recentFailures(options.clock);
  const inTurn = turns(mostWaiting);

  const freeAttempt = (account: Account, name: string): Attempt => ({
    async succeeded() {},
    async failed() {
      recent.note(name);
      await ledger.record(account);
    },
    async abandoned() {},
  });

  const writtenAttempt = (account: Account, name: string, written: WrittenDown): Attempt => ({
    async succeeded() {
      await ledger.forgive(account, written);
      recent.forget(name);
    },
    async failed() {
      recent.note(name);
    },
    abandoned: () => ledger.takeBack(account, written),
  });

  async function attemptAt(
    account: Account,
    name: string,
    secret: Guessed,
    seen: Failures | undefined,
  ): Promise<Attempt | 'locked'> {
    const isUntroubled = !recent.has(name) && !isTroubled(seen, options.clock.now());
    if (secret === 'password' && isUntroubled) return freeAttempt(account, name);
    const outcome = await ledger.writeDown(account, seen);
    return outcome === 'locked' ? 'locked' : writtenAttempt(account, name, outcome);
  }

  return {
    async begin(pool, username, secret, seen) {
      const account = { poolId: pool.id, un: fold(pool, 'username', username) };
      const name = failuresKey(account.poolId, account.un).PK;
      const turn = await inTurn.take(name);
      if (turn === 'crowded') return 'locked';
      try {
        const attempt = await attemptAt(account, name, secret, turn.hasWaited ? await ledger.read(account) : seen);
        if (attempt !== 'locked') return endingWith(attempt, turn);
        turn.leave();
        return 'locked';
      } catch (cause) {
        turn.leave();
        throw cause;
      }
    },
  };
}

/** Whatever comes of the attempt, and of writing that down, the next one has its turn. */
function endingWith(attempt: Attempt, turn: Turn): Attempt {
  const leave = () => turn.leave();
  return {
    succeeded: () => attempt.succeeded().finally(leave),
    failed: () => attempt.failed().finally(leave),
    abandoned: () => attempt.abandoned().finally(leave),
  };
}
