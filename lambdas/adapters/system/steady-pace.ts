/** Steps of equal length, told by the machine's monotonic clock. */
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import type { Pace } from '../../core/ports/pace.ts';

export interface PaceOptions {
  /** Of a step, in milliseconds. */
  readonly length: number;
  readonly now?: () => number;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
  /** A moment, while which others are served. */
  readonly yieldTurn?: () => Promise<unknown>;
}

/** Timers count whole milliseconds from when they are set, so that what came before would show in the fraction. */
const ofTimers = 2;

export function steadyPace({
  length,
  now = () => performance.now(),
  pause = wait,
  yieldTurn = turn,
}: PaceOptions): Pace {
  return {
    begin() {
      const begunAt = now();
      return async () => {
        const end = begunAt + length * (Math.floor((now() - begunAt) / length) + 1);
        const rest = end - now() - ofTimers;
        if (rest > 0) await pause(rest);
        while (now() < end) await yieldTurn();
      };
    },
  };
}
