/** An administrator reserves another request rate for the account. */
import { iam } from '../../core/contract/callers.ts';
import { limitAboveMaximum, limitBelowFree, limitNotAdjustable } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import type { RateCategory } from '../../core/model/request-rate.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { freeRate, isAdjustable, maximumRate } from '../../core/rules/request-rates.ts';
import { limitGaps } from '../gaps.ts';
import { describeLimit, requireLimit } from '../provisioned-limit.ts';
import { limitDefinition, limitType } from '../shapes.ts';

export const UpdateProvisionedLimit = operation({
  name: 'UpdateProvisionedLimit',
  caller: iam('Write', 'none'),
  input: s.structure({ LimitDefinition: limitDefinition, RequestedLimitValue: s.integer() }),
  output: s.structure({ Limit: limitType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'ServiceQuotaExceededException',
    'TooManyRequestsException',
  ],
  uses: ['provisionedLimits', 'settings'],
  gaps: limitGaps,

  async handle(input, { provisionedLimits, settings }, { account, region }) {
    const category = requireLimit(input.LimitDefinition);
    requireWithinBounds(settings, category, input.RequestedLimitValue);
    await provisionedLimits.save({ account, region }, category, input.RequestedLimitValue);
    return { Limit: describeLimit(settings, category, input.RequestedLimitValue) };
  },
});

function requireWithinBounds(settings: Settings, category: RateCategory, requested: number): void {
  if (!isAdjustable(category)) throw limitNotAdjustable(category);
  const [free, maximum] = [freeRate(settings, category), maximumRate(settings, category)];
  if (requested < free) throw limitBelowFree(category, free);
  if (requested > maximum) throw limitAboveMaximum(category, maximum);
}
