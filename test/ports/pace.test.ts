import { describe, expect, test } from 'vitest';
import { steadyPace } from '../../lambdas/adapters/system/steady-pace.ts';

/** Time that moves by what is waited for, and by what the test says. */
function aPace(length: number) {
  let time = 123.4;
  const pace = steadyPace({
    length,
    now: () => time,
    // As timers do: whole milliseconds, and now and then a little late.
    pause: async (milliseconds) => {
      time += Math.trunc(milliseconds) + 0.7;
    },
    yieldTurn: async () => {
      time += 0.01;
    },
  });
  return { pace, now: () => time, pass: (milliseconds: number) => (time += milliseconds) };
}

describe('A steady pace', () => {
  test.each([0, 0.1, 1.58, 1.67, 9.99])('lets what took %s ms leave at the end of the first step', async (took) => {
    const { pace, now, pass } = aPace(10);
    const inStep = pace.begin();
    pass(took);
    await inStep();
    expect(now()).toBeCloseTo(133.4, 1);
  });

  test.each([
    [10, 20],
    [12.5, 20],
    [29.9, 30],
  ])('lets what took %s ms leave at the end of the step that is under way', async (took, left) => {
    const { pace, now, pass } = aPace(10);
    const inStep = pace.begin();
    pass(took);
    await inStep();
    expect(now()).toBeCloseTo(123.4 + left, 1);
  });

  test('counts each beginning by itself', async () => {
    const { pace, now, pass } = aPace(10);
    const first = pace.begin();
    pass(4);
    const second = pace.begin();
    await first();
    expect(now()).toBeCloseTo(133.4, 1);
    await second();
    expect(now()).toBeCloseTo(137.4, 1);
  });

  test('waits on the machine’s clock unless told otherwise', async () => {
    const inStep = steadyPace({ length: 5 }).begin();
    const before = performance.now();
    await inStep();
    expect(performance.now()).toBeGreaterThan(before);
  });
});
