/** An administrator asks which factors a user can sign in with. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { configuredUserAuthFactors, username } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeAuthFactors } from '../../core/rules/describe-user.ts';
import { requireUser } from '../../core/rules/names.ts';

export const AdminGetUserAuthFactors = operation({
  name: 'AdminGetUserAuthFactors',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username }),
  output: s.structure({
    Username: username,
    PreferredMfaSetting: s.optional(text),
    UserMFASettingList: s.optional(s.list(text)),
    ConfiguredUserAuthFactors: s.optional(configuredUserAuthFactors),
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
  uses: ['pools', 'users', 'softwareTokens', 'settings'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    return describeAuthFactors(ports, pool, user, await ports.softwareTokens.find(pool, user));
  },
});
