/** An administrator switches a copy of a pool on or off. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, regionName } from '../../core/contract/shapes/identifiers.ts';
import { userPoolReplica } from '../shapes.ts';

export const UpdateUserPoolReplica = operation({
  name: 'UpdateUserPoolReplica',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, RegionName: regionName, Status: s.oneOf('ACTIVE', 'INACTIVE') }),
  output: s.structure({ UserPoolReplica: s.optional(userPoolReplica) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
