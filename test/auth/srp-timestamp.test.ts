import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTimestamp, isTimely, parseTimestamp } from '../../lambdas/auth/srp-timestamp.ts';

const moment = Date.UTC(2023, 8, 5, 21, 11, 18);

describe('The timestamp of SRP', () => {
  test('reads as the moment it names, with or without a zero before the day', () => {
    expect(parseTimestamp('Tue Sep 5 21:11:18 UTC 2023')).toBe(moment);
    expect(parseTimestamp('Tue Sep 05 21:11:18 UTC 2023')).toBe(moment);
  });

  test('comes out of every second of the calendar as it went in', () => {
    const seconds = fc.integer({ min: 0, max: Date.UTC(2099, 11, 31) / 1000 });
    fc.assert(
      fc.property(seconds, (at) => {
        expect(parseTimestamp(formatTimestamp(at * 1000))).toBe(at * 1000);
      }),
    );
  });

  test.each([
    '',
    'now',
    '2023-09-05T21:11:18Z',
    'Tue Sep 5 21:11:18 2023',
    'Tue Sep 5 21:11:18 GMT 2023',
    'Tue Sep 5 9:11:18 UTC 2023',
    'Tue Sep 5 24:11:18 UTC 2023',
    'Fri Jun 31 21:11:18 UTC 2023',
    'Di Sep 5 21:11:18 UTC 2023',
    ' Tue Sep 5 21:11:18 UTC 2023',
    'Tue Sep 5 21:11:18 UTC 2023\n',
  ])('does not read %j', (text) => {
    expect(parseTimestamp(text)).toBeUndefined();
  });

  test('may be off by five minutes either way, and not by more (auth-flows 10)', () => {
    for (const off of [0, 300_000, -300_000]) expect(isTimely(moment + off, moment)).toBe(true);
    for (const off of [300_001, -300_001, 360_000]) expect(isTimely(moment + off, moment)).toBe(false);
  });
});
