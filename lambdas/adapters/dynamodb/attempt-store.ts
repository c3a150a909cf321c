/** Lets a guess at a password be compared: alone at an untroubled account, or written down as a failure beforehand. */
import type { Attempt, AttemptStore } from '../../core/ports/attempt-store.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { fold } from '../../core/rules/aliases.ts';
import { type Account, failureLedger } from './failure-ledger.ts';
import { stillCounting } from './failure-rows.ts';
import { failuresKey } from './keys.ts';
import { recentFailures } from './recent-failures.ts';
import type { Table } from './table.ts';

export interface AttemptStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
}

/** A guess that began without being written down. */
interface FreeGuess {
  /** Whether somebody has written it down since; unset while nobody has tried. */
  written?: Promise<boolean> | undefined;
}

export function attemptStore(options: AttemptStoreOptions): AttemptStore {
  const ledger = failureLedger(options);
  const recent = recentFailures(options.clock);
  const freeGuesses = new Map<string, FreeGuess>();

  async function reset(account: Account, name: string): Promise<void> {
    await ledger.reset(account);
    recent.forget(name);
  }

  function beginFree(account: Account, name: string): Attempt {
    const guess: FreeGuess = {};
    freeGuesses.set(name, guess);
    const leave = () => freeGuesses.get(name) === guess && freeGuesses.delete(name);
    return {
      async succeeded() {
        leave();
        while (guess.written) if (await guess.written) return reset(account, name);
      },
      async failed() {
        recent.note(name);
        try {
          while (guess.written) if (await guess.written) return;
          // Set before anything is awaited: a guess that begins now writes itself down, and not this one again.
          guess.written = ledger.record(account).then(() => true);
          await guess.written;
        } finally {
          leave();
        }
      },
      async abandoned() {
        leave();
        while (guess.written) if (await guess.written) return ledger.takeBack(account);
      },
    };
  }

  const writtenAttempt = (account: Account, name: string): Attempt => ({
    succeeded: () => reset(account, name),
    async failed() {
      recent.note(name);
    },
    abandoned: () => ledger.takeBack(account),
  });

  return {
    async begin(pool, username, seen) {
      const account = { poolId: pool.id, un: fold(pool, 'username', username) };
      const name = failuresKey(account.poolId, account.un).PK;
      const beside = freeGuesses.get(name);
      if (!beside && !recent.has(name) && !stillCounting(seen, options.clock.now())) return beginFree(account, name);

      // A free guess in flight is written down along with the first one that joins it.
      const isAlone = !beside || beside.written !== undefined;
      const writing = ledger.writeDown(account, isAlone ? 1 : 2, seen);
      if (!isAlone) joinTo(beside, writing);
      return (await writing) === 'locked' ? 'locked' : writtenAttempt(account, name);
    },
  };
}

function joinTo(guess: FreeGuess, writing: Promise<'written' | 'locked'>): void {
  guess.written = writing.then(
    (outcome) => outcome === 'written',
    () => false,
  );
  guess.written.then((isWritten) => {
    if (!isWritten) guess.written = undefined;
  });
}
