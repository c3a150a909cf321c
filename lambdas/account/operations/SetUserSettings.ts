/** A person turns SMS codes on or off, in the older form that knows nothing else. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { mfaOption } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { withSmsOption } from '../../core/rules/sms-option.ts';

export const SetUserSettings = operation({
  name: 'SetUserSettings',
  caller: token(),
  input: s.structure({ AccessToken: tokenString, MFAOptions: s.list(mfaOption) }),
  output: s.structure({}),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  unlistedErrors: ['TooManyRequestsException'],
  uses: ['users'],

  async handle(input, ports, { person: { pool, user } }) {
    await changeUser(ports, pool, user, { decide: (current) => withSmsOption(current, input.MFAOptions) });
    return {};
  },
});
