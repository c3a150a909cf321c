/** An administrator locks a user out and revokes the tokens it holds. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { signedOut } from '../../core/rules/sign-out.ts';
import { requireNextState } from '../../core/rules/user-states.ts';

export const AdminDisableUser = operation({
  name: 'AdminDisableUser',
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
    if (!user.enabled) return {};
    const now = ports.clock.now();
    await changeUser(ports, pool, user, {
      decide(current) {
        const status = requireNextState(current, 'disable');
        return { ...current, ...signedOut(current, now), status, enabled: false, modifiedAt: now };
      },
    });
    return {};
  },
});
