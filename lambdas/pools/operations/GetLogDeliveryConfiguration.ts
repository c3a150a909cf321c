/** An administrator looks at where a pool sends its logs. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { logDeliveryConfiguration } from '../shapes.ts';

export const GetLogDeliveryConfiguration = operation({
  name: 'GetLogDeliveryConfiguration',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId }),
  output: s.structure({ LogDeliveryConfiguration: s.optional(logDeliveryConfiguration) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
