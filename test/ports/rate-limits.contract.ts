/** What whoever counts requests promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { RateLimits } from '../../lambdas/core/ports/rate-limits.ts';
import { aClock, inParallel, tally } from './open-stores.ts';

export const place = { account: '111122223333', region: 'us-east-1' };

export function rateLimitsContract(name: string, open: (clock: StillClock) => RateLimits): void {
  const opened = () => {
    const clock = aClock();
    return { clock, rates: open(clock), of: randomUUID() };
  };

  describe(`${name} as limits of rates`, () => {
    test('let exactly as many through in a second as the rate says, however many come at once', async () => {
      const { rates, of } = opened();
      expect(tally(await inParallel(20, () => rates.take({ place, of, rate: 7 })))).toEqual({ taken: 7, spent: 13 });
      expect(await rates.take({ place, of, rate: 7 })).toBe('spent');
    });

    test('let through as many again a second later, and no more than that after a longer time', async () => {
      const { rates, clock, of } = opened();
      for (const pause of [1_000, 1_000, 60_000]) {
        expect(tally(await inParallel(5, () => rates.take({ place, of, rate: 3 })))).toEqual({ taken: 3, spent: 2 });
        clock.advance(pause);
      }
    });

    test('count each thing apart, and each account and region', async () => {
      const { rates, of } = opened();
      const others = [
        { place, of },
        { place, of: `${of}'` },
        { place: { ...place, region: 'eu-west-1' }, of },
        { place: { ...place, account: '444455556666' }, of },
      ];
      for (const counted of others) {
        expect(await rates.take({ ...counted, rate: 1 })).toBe('taken');
        expect(await rates.take({ ...counted, rate: 1 })).toBe('spent');
      }
    });

    test('follow a rate that is raised', async () => {
      const { rates, clock, of } = opened();
      await inParallel(3, () => rates.take({ place, of, rate: 2 }));
      clock.advance(1_000);
      expect(tally(await inParallel(9, () => rates.take({ place, of, rate: 5 })))).toEqual({ taken: 5, spent: 4 });
    });

    test('take text of any length', async () => {
      const { rates, of } = opened();
      const long = `${of}#${'\u{1F511}'.repeat(2000)}`;
      expect(await rates.take({ place, of: long, rate: 1 })).toBe('taken');
      expect(await rates.take({ place, of: long, rate: 1 })).toBe('spent');
    });
  });
}
