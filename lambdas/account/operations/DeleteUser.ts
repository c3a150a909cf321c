/** A person deletes their own account. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { removeUser } from '../../core/rules/change-user.ts';

export const DeleteUser = operation({
  name: 'DeleteUser',
  caller: token(),
  input: s.structure({ AccessToken: tokenString }),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  uses: ['users', 'jobs'],

  async handle(_input, ports, { person: { pool, user } }) {
    await removeUser(ports, pool, user);
  },
});
