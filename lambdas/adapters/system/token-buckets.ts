/** Counts requests in this process: a bucket for each rate, which holds as much as a second brings. */
import type { Clock } from '../../core/ports/clock.ts';
import type { RateLimits } from '../../core/ports/rate-limits.ts';

export interface TokenBucketsOptions {
  readonly clock: Clock;
  /** Of more buckets than this, those that were used least recently begin anew. */
  readonly most?: number;
  /** Where they are kept, least recently used first. */
  readonly kept?: Map<string, Bucket>;
}

export interface Bucket {
  /** Parts of requests included. */
  readonly left: number;
  /** When that was so (ms). */
  readonly at: number;
}

/** A bucket that nobody took from for so long (ms) is full, as one is that was never there. */
const refill = 1_000;

export function tokenBuckets({ clock, most = 20_000, kept: buckets = new Map() }: TokenBucketsOptions): RateLimits {
  function forgetEldest(now: number): void {
    for (const [key, { at }] of buckets) {
      if (buckets.size <= most && now - at < refill) return;
      buckets.delete(key);
    }
  }

  return {
    async take({ place: { account, region }, of, rate }) {
      const key = `${account}#${region}#${of}`;
      const now = clock.now();
      const left = leftIn(buckets.get(key), rate, now);
      if (left < 1) return 'spent';
      buckets.delete(key);
      buckets.set(key, { left: left - 1, at: now });
      forgetEldest(now);
      return 'taken';
    },
  };
}

function leftIn(bucket: Bucket | undefined, rate: number, now: number): number {
  if (bucket === undefined) return rate;
  const gained = (Math.max(0, now - bucket.at) * rate) / refill;
  return Math.min(rate, bucket.left + gained);
}
