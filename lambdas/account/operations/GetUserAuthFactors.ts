/** A person asks which factors they can sign in with. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { configuredUserAuthFactors, username } from '../../core/contract/shapes/users.ts';
import { describeAuthFactors } from '../../core/rules/describe-user.ts';

export const GetUserAuthFactors = operation({
  name: 'GetUserAuthFactors',
  caller: token('Read'),
  input: s.structure({ AccessToken: tokenString }),
  output: s.structure({
    Username: username,
    PreferredMfaSetting: s.optional(text),
    UserMFASettingList: s.optional(s.list(text)),
    ConfiguredUserAuthFactors: s.optional(configuredUserAuthFactors),
  }),
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
  uses: ['softwareTokens', 'settings'],

  async handle(_input, ports, { person: { pool, user } }) {
    return describeAuthFactors(ports, pool, user, await ports.softwareTokens.find(pool, user));
  },
});
