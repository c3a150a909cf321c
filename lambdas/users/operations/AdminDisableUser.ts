/** An administrator locks a user out and revokes the tokens it holds. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';

export const AdminDisableUser = operation({
  name: 'AdminDisableUser',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
});
