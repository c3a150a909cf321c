/** A person looks at their own account. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { attributeType, mfaOption, username } from '../../core/contract/shapes/users.ts';
import { isReadable } from '../../core/rules/attribute-permissions.ts';
import { attributeList } from '../../core/rules/attributes.ts';
import { describeFactors } from '../../core/rules/describe-user.ts';

export const GetUser = operation({
  name: 'GetUser',
  caller: token('Read'),
  input: s.structure({ AccessToken: tokenString }),
  output: s.structure({
    Username: username,
    UserAttributes: s.list(attributeType),
    MFAOptions: s.optional(s.list(mfaOption)),
    PreferredMfaSetting: s.optional(text),
    UserMFASettingList: s.optional(s.list(text)),
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
  uses: [],

  async handle(_input, _ports, { person: { pool, client, user } }) {
    return {
      Username: user.username,
      UserAttributes: attributeList(pool, user).filter(({ Name }) => isReadable(client, Name)),
      ...describeFactors(user),
    };
  },
});
