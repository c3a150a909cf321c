/** Lets a guess at a password be compared: alone at an untroubled account, or written down as a failure beforehand. */
import type { Failures } from '../../core/model/sign-in-set.ts';
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
  /** What is on record once it is; answers nothing when it could not be done, and is unset again then. */
  written?: Promise<Failures | undefined> | undefined;
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
        if (await isWritten(guess)) await reset(account, name);
      },
      async failed() {
        recent.note(name);
        try {
          // Nothing is awaited between the question and the record: a guess that joins now finds this one written.
          while (guess.written !== undefined) if (await guess.written) return;
          guess.written = ledger.record(account);
          await guess.written;
        } finally {
          leave();
        }
      },
      async abandoned() {
        leave();
        if (await isWritten(guess)) await ledger.takeBack(account);
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

  /** Whoever joins a free guess sees to it that it is written down first, so that their own count includes it. */
  async function joined(guess: FreeGuess, account: Account, seen: Failures | undefined): Promise<Failures | undefined> {
    if (guess.written === undefined) {
      const writing = ledger.writeDown(account, seen).then(
        (outcome) => (outcome === 'locked' ? undefined : outcome),
        () => undefined,
      );
      guess.written = writing;
      if ((await writing) === undefined) guess.written = undefined;
    }
    return (await guess.written) ?? seen;
  }

  return {
    async begin(pool, username, seen) {
      const account = { poolId: pool.id, un: fold(pool, 'username', username) };
      const name = failuresKey(account.poolId, account.un).PK;
      const beside = freeGuesses.get(name);
      if (!beside && !recent.has(name) && !stillCounting(seen, options.clock.now())) return beginFree(account, name);

      const known = beside ? await joined(beside, account, seen) : seen;
      const outcome = await ledger.writeDown(account, known);
      return outcome === 'locked' ? 'locked' : writtenAttempt(account, name);
    },
  };
}

async function isWritten(guess: FreeGuess): Promise<boolean> {
  return (await guess.written) !== undefined;
}
