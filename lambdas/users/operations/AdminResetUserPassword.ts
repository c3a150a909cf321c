/** An administrator voids a user's password and sends a code to choose the next one. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { sendCode } from '../../core/messages/codes.ts';
import { messagePorts } from '../../core/messages/send.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { recoveryChannelGap, requireRecoveryDelivery } from '../../core/rules/code-delivery.ts';
import { makeCode } from '../../core/rules/codes.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { requireNextState } from '../../core/rules/user-states.ts';

export const AdminResetUserPassword = operation({
  name: 'AdminResetUserPassword',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, ClientMetadata: s.optional(clientMetadata) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotFoundException',
  ],
  unlistedErrors: ['CodeDeliveryFailureException'],
  uses: ['pools', 'users', ...messagePorts, 'sealer', 'random', 'clock'],
  gaps: [recoveryChannelGap],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    requireNextState(user, 'void password');
    const delivery = requireRecoveryDelivery(pool, user);
    const { attribute, target } = delivery;
    const { code, stored } = await makeCode(ports, pool, user, { purpose: 'reset-password', attribute, target });
    const reset = await changeUser(ports, pool, user, {
      decide(current) {
        const status = requireNextState(current, 'void password');
        return { ...current, status, modifiedAt: ports.clock.now() };
      },
      extra: { code: stored },
    });
    const message = {
      pool,
      user: reset,
      kind: 'ForgotPassword',
      delivery,
      clientMetadata: input.ClientMetadata,
    } as const;
    await sendCode(ports, message, code);
    return {};
  },
});
