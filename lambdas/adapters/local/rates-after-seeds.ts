/** Lets every request through until seeds have been applied, which come in one rush, and counts those after them. */
import type { RateLimits } from '../../core/ports/rate-limits.ts';

export interface RatesAfterSeeds {
  readonly rates: RateLimits | undefined;
  begin(): void;
}

export function ratesAfterSeeds(counting: RateLimits | undefined): RatesAfterSeeds {
  let hasBegun = false;
  return {
    rates: counting && { take: async (counted) => (hasBegun ? counting.take(counted) : 'taken') },
    begin() {
      hasBegun = true;
    },
  };
}
