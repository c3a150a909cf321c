/** Counts text messages: exactly, within a sliding hour, for each number; by the hour of the clock for each pool. */
import type { Clock } from '../../core/ports/clock.ts';
import type { TextBudget } from '../../core/ports/text-budget.ts';
import { assign, hasRoom, increase, together } from './expressions.ts';
import { layout, seconds } from './fields.ts';
import { textsOfPoolKey, textsToNumberKey, ttlAttribute } from './keys.ts';
import { countWithinHour } from './sliding-hour.ts';
import type { Expression, Table } from './table.ts';

const newest = 1;
const hour = 3_600_000;

export interface TextBudgetOptions {
  readonly table: Table;
  readonly clock: Clock;
  readonly limits?: TextLimits;
}

/** Within an hour. */
export interface TextLimits {
  /** To one number, from all pools. */
  readonly number: number;
  readonly pool: number;
}

/** More than a person asks for, and than a small service needs; far below what a bill would be noticed by. */
const usual: TextLimits = { number: 20, pool: 1000 };

export const textBudget = ({ table, clock, limits = usual }: TextBudgetOptions): TextBudget => ({
  async take({ poolId, to }) {
    const now = clock.now();
    // The number goes first: whoever floods one number does not use up what its pool has for others.
    const counted = await countWithinHour(table, textsToNumberKey(to), { limit: limits.number, now });
    if (counted === 'spent') return 'spent';
    const key = textsOfPoolKey(poolId, Math.floor(now / hour));
    return 'item' in (await table.update(key, countOne(now), hasRoom('n', limits.pool))) ? 'taken' : 'spent';
  },
});

const countOne = (now: number): Expression =>
  together(assign({ ...layout(newest), [ttlAttribute]: seconds(now + 2 * hour) }), increase('n', 1));
