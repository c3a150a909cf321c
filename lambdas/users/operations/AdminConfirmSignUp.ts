/** An administrator confirms a registration without the code. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { requireNextState } from '../../core/rules/user-states.ts';
import { afterConfirmation } from '../../core/triggers/post-confirmation.ts';

export const AdminConfirmSignUp = operation({
  name: 'AdminConfirmSignUp',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, ClientMetadata: s.optional(clientMetadata) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyFailedAttemptsException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'triggers', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    const confirmed = await changeUser(ports, pool, user, {
      decide(current) {
        const status = requireNextState(current, 'confirm registration');
        return { ...current, status, modifiedAt: ports.clock.now() };
      },
    });
    const asked = { pool, clientMetadata: input.ClientMetadata };
    await afterConfirmation(ports, { ...asked, user: confirmed, by: 'ConfirmSignUp' });
    return {};
  },
});
