/** An administrator turns SMS codes of a user on or off, in the older form that knows nothing else. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { mfaOption, username } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { withSmsOption } from '../../core/rules/sms-option.ts';

export const AdminSetUserSettings = operation({
  name: 'AdminSetUserSettings',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, MFAOptions: s.list(mfaOption) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'UserNotFoundException',
  ],
  unlistedErrors: ['TooManyRequestsException'],
  uses: ['pools', 'users'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    await changeUser(ports, pool, user, { decide: (current) => withSmsOption(current, input.MFAOptions) });
    return {};
  },
});
