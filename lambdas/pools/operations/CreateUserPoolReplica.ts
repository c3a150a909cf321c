/** An administrator starts to copy a pool to another region. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, regionName } from '../../core/contract/shapes/identifiers.ts';
import { tags, userPoolReplica } from '../shapes.ts';

export const CreateUserPoolReplica = operation({
  name: 'CreateUserPoolReplica',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, RegionName: regionName, UserPoolTags: s.optional(tags) }),
  output: s.structure({ UserPoolReplica: s.optional(userPoolReplica) }),
  errors: [
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserPoolTaggingException',
  ],
});
