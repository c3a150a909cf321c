/** An administrator signs a user out everywhere. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { signedOut } from '../../core/rules/sign-out.ts';

export const AdminUserGlobalSignOut = operation({
  name: 'AdminUserGlobalSignOut',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    const now = ports.clock.now();
    await changeUser(ports, pool, user, { decide: (current) => ({ ...current, ...signedOut(current, now) }) });
    return {};
  },
});
