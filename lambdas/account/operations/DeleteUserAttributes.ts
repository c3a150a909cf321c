/** A person removes attributes from their own account. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { attributeName } from '../../core/contract/shapes/users.ts';
import { withoutAttributes } from '../../core/rules/attributes.ts';
import { changeUser } from '../../core/rules/change-user.ts';

export const DeleteUserAttributes = operation({
  name: 'DeleteUserAttributes',
  caller: token(),
  input: s.structure({ UserAttributeNames: s.list(attributeName), AccessToken: tokenString }),
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
    'UserNotFoundException',
  ],
  uses: ['users', 'clock'],

  async handle(input, { users, clock }, { person: { pool, client, user } }) {
    await changeUser({ users }, pool, user, {
      decide(current) {
        const { attributes, pending } = withoutAttributes(pool, client, current, input.UserAttributeNames);
        return { ...current, attributes, pending, modifiedAt: clock.now() };
      },
    });
    return {};
  },
});
