/** Asks KMS again what it was too busy for, with waits of random length, and says so when that did not help. */
import { setTimeout as wait } from 'node:timers/promises';
import { Throttled, Unavailable } from '../../core/ports/unavailable.ts';
import { type FailureKind, failureOf } from './failures.ts';

export interface Patience {
  readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined;
  /** From 0 to 1, as Math.random. */
  readonly chance?: (() => number) | undefined;
  /** Hears of each call that KMS was too busy for, whether another try goes well or not. */
  readonly onThrottle?: (() => void) | undefined;
}

type PassingKind = Exclude<FailureKind, 'wrong'>;

/** An overdue request has waited for its time-out already, and somebody waits for it to sign in. */
const mostAttempts: Readonly<Record<PassingKind, number>> = { busy: 3, unreached: 3, overdue: 2 };
const firstWaitMs = 100;

/** `name` is that of the operation. What it asks may be done twice: nothing in KMS changes by it. */
export type Ask = <T>(name: string, attempt: () => Promise<T>) => Promise<T>;

/** What another try would not change is a fault: a key that is disabled, a right that is missing. */
export const patiently =
  ({ sleep = wait, chance = Math.random, onThrottle }: Patience = {}): Ask =>
  async (name, attempt) => {
    for (let made = 1; ; made += 1) {
      try {
        return await attempt();
      } catch (error) {
        const { kind, code } = failureOf(error);
        if (kind === 'wrong') throw new Error(`KMS refused ${name}: ${code}`, { cause: error });
        if (kind === 'busy') onThrottle?.();
        if (made >= mostAttempts[kind]) throw givenUp(kind, `KMS did not ${name} in ${made} attempts: ${code}`, error);
        // Full jitter, so that those who collided do not meet again.
        await sleep(chance() * firstWaitMs * 3 ** (made - 1));
      }
    }
  };

const givenUp = (kind: PassingKind, text: string, cause: unknown): Unavailable =>
  kind === 'busy' ? new Throttled(text, { cause }) : new Unavailable(text, { cause });
