/** What GetProvisionedLimit and UpdateProvisionedLimit have in common: which rate is meant, and how it is shown. */
import { limitDefinitionInvalid, limitUnknown } from '../core/contract/errors.ts';
import type { RateCategory } from '../core/model/request-rate.ts';
import type { Settings } from '../core/ports/settings.ts';
import { freeRate, isRateCategory, rateInForce } from '../core/rules/request-rates.ts';

interface LimitDefinition {
  readonly LimitClass: 'API_CATEGORY';
  readonly Attributes: Readonly<Partial<Record<string, string>>>;
}

export function requireLimit({ Attributes }: LimitDefinition): RateCategory {
  const { Category, ...others } = Attributes;
  if (Category === undefined || Object.keys(others).length > 0) throw limitDefinitionInvalid();
  if (!isRateCategory(Category)) throw limitUnknown();
  return Category;
}

export const describeLimit = (settings: Settings, category: RateCategory, raised: number | undefined) => ({
  LimitDefinition: { LimitClass: 'API_CATEGORY' as const, Attributes: { Category: category } },
  ProvisionedLimitValue: rateInForce(settings, category, raised),
  FreeLimitValue: freeRate(settings, category),
});
