/** What every budget of text messages promises. */
import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { TextLimits } from '../../lambdas/adapters/dynamodb/text-budget.ts';
import type { StillClock } from '../../lambdas/adapters/local/still-clock.ts';
import type { TextBudget } from '../../lambdas/core/ports/text-budget.ts';
import { aClock, inParallel, tally } from './open-stores.ts';

const hour = 3_600_000;
const aNumber = (): string => `+1${randomInt(1e9, 1e10)}`;

export function textBudgetContract(name: string, open: (clock: StillClock, limits?: TextLimits) => TextBudget): void {
  const anOwner = (limits?: TextLimits) => {
    const clock = aClock();
    const budget = open(clock, limits);
    return { clock, poolId: `us-east-1_${randomUUID()}`, take: budget.take };
  };

  describe(`${name} as a budget of texts`, () => {
    test('lets exactly the limit through to a number, however many come at once, whatever pool they are from', async () => {
      const { take } = anOwner({ number: 5, pool: 100 });
      const to = aNumber();
      const outcomes = await inParallel(30, () => take({ poolId: `us-east-1_${randomUUID()}`, to }));
      expect(tally(outcomes)).toEqual({ taken: 5, spent: 25 });
    });

    test('lets exactly the limit through from a pool, however many come at once', async () => {
      const { take, poolId } = anOwner({ number: 5, pool: 7 });
      const outcomes = await inParallel(30, () => take({ poolId, to: aNumber() }));
      expect(tally(outcomes)).toEqual({ taken: 7, spent: 23 });
      expect(await take({ poolId: `us-east-1_${randomUUID()}`, to: aNumber() })).toBe('taken');
    });

    test('does not charge a pool for a number that has had enough', async () => {
      const { take, poolId } = anOwner({ number: 1, pool: 2 });
      const to = aNumber();
      expect(tally(await inParallel(10, () => take({ poolId, to })))).toEqual({ taken: 1, spent: 9 });
      expect(await take({ poolId, to: aNumber() })).toBe('taken');
      expect(await take({ poolId, to: aNumber() })).toBe('spent');
    });

    test('begins again an hour later', async () => {
      const { take, clock, poolId } = anOwner({ number: 1, pool: 1 });
      const to = aNumber();
      expect([await take({ poolId, to }), await take({ poolId, to })]).toEqual(['taken', 'spent']);
      clock.advance(hour);
      expect([await take({ poolId, to }), await take({ poolId, to })]).toEqual(['taken', 'spent']);
    });

    test('is enough for a person who asks again and again', async () => {
      const { take, poolId } = anOwner();
      const to = aNumber();
      for (let times = 1; times <= 20; times++) expect(await take({ poolId, to })).toBe('taken');
      expect(await take({ poolId, to })).toBe('spent');
    });
  });
}
