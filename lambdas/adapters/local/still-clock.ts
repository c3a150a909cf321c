/** A clock that stands until it is moved, for tests of what happens later. */
import type { Clock } from '../../core/ports/clock.ts';

export interface StillClock extends Clock {
  /** Moves the clock by so many milliseconds, never back. */
  advance(milliseconds: number): void;
}

export function stillClock(start: number): StillClock {
  let now = start;
  return {
    now: () => now,
    advance(milliseconds) {
      if (!(milliseconds >= 0)) throw new RangeError('A clock is not set back.');
      now += milliseconds;
    },
  };
}
