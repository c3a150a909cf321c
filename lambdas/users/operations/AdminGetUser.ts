/** An administrator looks at a user: attributes, status and second factors. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { attributeType, mfaOption, username, userStatus } from '../../core/contract/shapes/users.ts';
import { attributeList } from '../../core/rules/attributes.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeFactors } from '../../core/rules/describe-user.ts';
import { requireUser } from '../../core/rules/names.ts';

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
  uses: ['pools', 'users'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    return {
      Username: user.username,
      UserAttributes: attributeList(pool, user),
      UserCreateDate: user.createdAt,
      UserLastModifiedDate: user.modifiedAt,
      Enabled: user.enabled,
      UserStatus: user.status,
      ...describeFactors(user),
    };
  },
});
