/** An administrator reserves another request rate for the account. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
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
});
