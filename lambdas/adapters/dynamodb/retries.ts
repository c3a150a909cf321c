/** Tries again what failed for the moment, with waits of random length, and says so when that did not help. */
import { setTimeout as wait } from 'node:timers/promises';
import { Unavailable } from '../../core/ports/unavailable.ts';
import { type FailureKind, WireFailure } from './wire-failures.ts';

export interface Patience {
  readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined;
  /** From 0 to 1, as Math.random. */
  readonly chance?: (() => number) | undefined;
}

/** `mayBeDone`: an earlier attempt ended without an answer, so what it asked for may have happened. */
export type Attempt<T> = (mayBeDone: boolean) => Promise<T>;
export type Persist = <T>(attempt: Attempt<T>) => Promise<T>;

/** An unanswered request has waited for its time-out already; one that was refused a connection has not. */
const mostAttempts: Readonly<Record<FailureKind, number>> = { busy: 3, unsure: 3, unreached: 6, wrong: 1 };
const firstWaitMs = 50;
const longestWaitMs = 1000;

/** Waits after the attempt of this number: full jitter, so that those who collided do not meet again. */
export type Pause = (made: number) => Promise<unknown>;

export const pausing =
  ({ sleep = wait, chance = Math.random }: Patience = {}): Pause =>
  (made) =>
    sleep(chance() * longestWait(made));

export const longestWait = (made: number): number => Math.min(longestWaitMs, firstWaitMs * 2 ** (made - 1));

export function persistence(pause: Pause): Persist {
  return async (attempt) => {
    let mayBeDone = false;
    for (let made = 1; ; made += 1) {
      try {
        return await attempt(mayBeDone);
      } catch (error) {
        const { kind } = requireTemporary(error, made);
        mayBeDone ||= kind === 'unsure';
        await pause(made);
      }
    }
  };
}

function requireTemporary(error: unknown, made: number): WireFailure {
  if (!(error instanceof WireFailure) || error.kind === 'wrong') throw error;
  if (made >= mostAttempts[error.kind]) {
    throw new Unavailable(`The table did not do it in ${made} attempts`, { cause: error });
  }
  return error;
}
