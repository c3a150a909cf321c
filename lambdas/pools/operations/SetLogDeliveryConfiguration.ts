/** An administrator decides where a pool sends its logs. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { logConfigurations, logDeliveryConfiguration } from '../shapes.ts';

export const SetLogDeliveryConfiguration = operation({
  name: 'SetLogDeliveryConfiguration',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, LogConfigurations: logConfigurations }),
  output: s.structure({ LogDeliveryConfiguration: s.optional(logDeliveryConfiguration) }),
  errors: [
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
