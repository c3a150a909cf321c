/** An administrator lets a disabled user in again. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { requireNextState } from '../../core/rules/user-states.ts';

export const AdminEnableUser = operation({
  name: 'AdminEnableUser',
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
    if (user.enabled) return {};
    await changeUser(ports, pool, user, {
      decide(current) {
        const status = requireNextState(current, 'enable');
        return { ...current, status, enabled: true, modifiedAt: ports.clock.now() };
      },
    });
    return {};
  },
});
