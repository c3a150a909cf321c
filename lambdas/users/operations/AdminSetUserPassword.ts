/** An administrator sets the password of a user, for good or until the next sign-in. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { password, username } from '../../core/contract/shapes/users.ts';

export const AdminSetUserPassword = operation({
  name: 'AdminSetUserPassword',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    Password: password,
    Permanent: s.optional(s.boolean()),
  }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordHistoryPolicyViolationException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
});
