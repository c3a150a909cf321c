/** An administrator deletes a user pool with everything in it. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';

export const DeleteUserPool = operation({
  name: 'DeleteUserPool',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserImportInProgressException',
  ],
});
