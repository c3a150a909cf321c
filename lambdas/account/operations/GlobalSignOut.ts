/** A person signs out everywhere. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { signedOut } from '../../core/rules/sign-out.ts';

export const GlobalSignOut = operation({
  name: 'GlobalSignOut',
  caller: token(),
  input: s.structure({ AccessToken: tokenString }),
  output: s.structure({}),
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
  ],
  unlistedErrors: ['UserNotFoundException'],
  uses: ['users', 'clock'],

  async handle(_input, { users, clock }, { person: { pool, user } }) {
    const now = clock.now();
    await changeUser({ users }, pool, user, { decide: (current) => ({ ...current, ...signedOut(current, now) }) });
    return {};
  },
});
