/** An administrator takes away a user's authenticator app, so that a new one can be set up. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { withoutFactor } from '../../core/rules/mfa-preferences.ts';
import { requireUser } from '../../core/rules/names.ts';
import { requireNextState } from '../../core/rules/user-states.ts';

export const AdminDeleteSoftwareToken = operation({
  name: 'AdminDeleteSoftwareToken',
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
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'softwareTokens', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    await changeUser(ports, pool, user, {
      decide(current) {
        const status = requireNextState(current, 'lose app');
        return { ...withoutFactor(current, 'SOFTWARE_TOKEN_MFA'), status, modifiedAt: ports.clock.now() };
      },
    });
    await ports.softwareTokens.remove(pool, user);
    return {};
  },
});
