/** An administrator looks at the request rate that the account has reserved. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { limitGaps } from '../gaps.ts';
import { describeLimit, requireLimit } from '../provisioned-limit.ts';
import { limitDefinition, limitType } from '../shapes.ts';

export const GetProvisionedLimit = operation({
  name: 'GetProvisionedLimit',
  caller: iam('Read', 'none'),
  input: s.structure({ LimitDefinition: limitDefinition }),
  output: s.structure({ Limit: limitType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['provisionedLimits', 'settings'],
  gaps: limitGaps,

  async handle(input, { provisionedLimits, settings }, { account, region }) {
    const category = requireLimit(input.LimitDefinition);
    const raised = await provisionedLimits.read({ account, region });
    return { Limit: describeLimit(settings, category, raised[category]) };
  },
});
