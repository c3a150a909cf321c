/** An administrator takes away a user's authenticator app, so that a new one can be set up. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';

export const AdminDeleteSoftwareToken = operation({
  name: 'AdminDeleteSoftwareToken',
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
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
});
