/** An administrator deletes a group; its members stay users. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { groupName } from '../shapes.ts';

export const DeleteGroup = operation({
  name: 'DeleteGroup',
  caller: iam('Write', 'userpool'),
  input: s.structure({ GroupName: groupName, UserPoolId: poolId }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
