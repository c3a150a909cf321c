/** Keeps what accounts have raised their request rates to: one row for each account and region. */
import type { Clock } from '../../core/ports/clock.ts';
import type { ProvisionedLimits, RaisedRates } from '../../core/ports/provisioned-limits.ts';
import { isRateCategory } from '../../core/rules/request-rates.ts';
import { cacheOf } from '../system/cache.ts';
import { assign } from './expressions.ts';
import { layout, numberIn, requireLayout } from './fields.ts';
import { raisedRatesKey } from './keys.ts';
import type { Item, Table } from './table.ts';

const newest = 1;
const kept = { lifetime: 30_000, size: 1_000 } as const;

export interface ProvisionedLimitsOptions {
  readonly table: Table;
  readonly clock: Clock;
}

export function provisionedLimits({ table, clock }: ProvisionedLimitsOptions): ProvisionedLimits {
  const known = cacheOf<string, RaisedRates>(clock, kept);

  const read: ProvisionedLimits['read'] = async (place) => {
    const item = await table.get(raisedRatesKey(place), { consistent: true });
    return item ? decodeRates(item) : {};
  };

  return {
    read,
    recent: (place) => known.get(raisedRatesKey(place).SK, () => read(place)),

    async save(place, category, rate) {
      const key = raisedRatesKey(place);
      try {
        await table.update(key, assign({ ...layout(newest), [category]: rate }));
      } finally {
        // A write that failed may have been done all the same.
        known.forget(key.SK);
      }
    },
  };
}

/** Attributes are named as the categories are. */
function decodeRates(item: Item): RaisedRates {
  requireLayout(item, newest);
  const raised = Object.keys(item).filter(isRateCategory);
  return Object.fromEntries(raised.map((category) => [category, numberIn(item, category)]));
}
