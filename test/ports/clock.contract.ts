/** What every clock promises. */
import { describe, expect, test } from 'vitest';
import type { Clock } from '../../lambdas/core/ports/clock.ts';

export function clockContract(name: string, make: () => Clock): void {
  describe(`${name} as a clock`, () => {
    test('tells whole milliseconds since the epoch, which a date can show', () => {
      const now = make().now();
      expect(Number.isSafeInteger(now)).toBe(true);
      // Seconds would be in 1970, microseconds further away than dates reach.
      expect(new Date(now).getUTCFullYear()).toBeGreaterThan(2020);
    });

    test('does not go back', () => {
      const clock = make();
      const readings = Array.from({ length: 1000 }, () => clock.now());
      expect(readings).toEqual(readings.toSorted((a, b) => a - b));
    });
  });
}
