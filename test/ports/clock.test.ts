/** The clock of the machine, and the one that stands until it is moved. */
import { describe, expect, test } from 'vitest';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { systemClock } from '../../lambdas/adapters/system/system-clock.ts';
import { clockContract } from './clock.contract.ts';

const start = Date.UTC(2026, 0, 1);

clockContract('systemClock', () => systemClock);
clockContract('stillClock', () => stillClock(start));

describe('systemClock', () => {
  test('tells the time of the machine', () => {
    const before = Date.now();
    const told = systemClock.now();
    expect(told).toBeGreaterThanOrEqual(before);
    expect(told).toBeLessThanOrEqual(Date.now());
  });
});

describe('stillClock', () => {
  test('stands where it began until it is moved, then stands there', () => {
    const clock = stillClock(start);
    expect([clock.now(), clock.now()]).toEqual([start, start]);
    clock.advance(1500);
    clock.advance(0);
    expect([clock.now(), clock.now()]).toEqual([start + 1500, start + 1500]);
  });

  test.each([-1, Number.NaN])('is not moved by %d', (step) => {
    const clock = stillClock(start);
    expect(() => clock.advance(step)).toThrow(RangeError);
    expect(clock.now()).toBe(start);
  });
});
