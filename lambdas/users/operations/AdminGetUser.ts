/** An administrator looks at a user: attributes, status and second factors. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { attributeType, mfaOption, username, userStatus } from '../../core/contract/shapes/users.ts';

export const AdminGetUser = operation({
  name: 'AdminGetUser',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username }),
  output: s.structure({
    Username: username,
    UserAttributes: s.optional(s.list(attributeType)),
    UserCreateDate: s.optional(s.timestamp()),
    UserLastModifiedDate: s.optional(s.timestamp()),
    Enabled: s.optional(s.boolean()),
    UserStatus: s.optional(userStatus),
    MFAOptions: s.optional(s.list(mfaOption)),
    PreferredMfaSetting: s.optional(text),
    UserMFASettingList: s.optional(s.list(text)),
  }),
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
