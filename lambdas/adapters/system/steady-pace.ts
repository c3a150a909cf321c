/** Steps of equal length, told by the machine's monotonic clock. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Pace } from '../../core/ports/pace.ts';

export interface PaceOptions {
  /** Of a step, in milliseconds. */
  readonly length: number;
  readonly now?: () => number;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

export function steadyPace({ length, now = () => performance.now(), pause = wait }: PaceOptions): Pace {
  return {
    begin() {
      const begunAt = now();
      return async () => {
        await pause(length - ((now() - begunAt) % length));
      };
    },
  };
}
