/** Counts requests, where a deployment limits how many there may be in a second. */
import type { Place } from '../model/request-rate.ts';

export interface RateLimits {
  /** Counts one more; `spent` when as many as the rate allows were counted within a second. */
  take(counted: Counted): Promise<'taken' | 'spent'>;
}

export interface Counted {
  readonly place: Place;
  /** Apart for each place. It may hold text of the caller. */
  readonly of: string;
  /** How many a second. At least 1. */
  readonly rate: number;
}
