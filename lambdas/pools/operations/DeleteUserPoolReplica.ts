/** An administrator ends the copying of a pool to another region. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, regionName } from '../../core/contract/shapes/identifiers.ts';
import { userPoolReplica } from '../shapes.ts';

export const DeleteUserPoolReplica = operation({
  name: 'DeleteUserPoolReplica',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, RegionName: regionName }),
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
