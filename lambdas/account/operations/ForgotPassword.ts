/** A person who forgot the password asks for a code. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { issueCode } from '../../core/messages/codes.ts';
import { recoveryChannelGap, requireRecoveryDelivery, requireSelfRecovery } from '../../core/rules/code-delivery.ts';
import { takeFromBudget } from '../../core/rules/codes.ts';
import { findAccountFor, requireApplication, unlessHidden } from '../application.ts';
import { recoveryGaps } from '../gaps.ts';
import { codeDeliveryDetails, secretHash } from '../shapes.ts';
import { simulateSending } from '../simulated-sending.ts';

export const ForgotPassword = operation({
  name: 'ForgotPassword',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    SecretHash: s.optional(secretHash),
    UserContextData: s.optional(userContextData),
    Username: username,
    AnalyticsMetadata: s.optional(analyticsMetadata),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({ CodeDeliveryDetails: s.optional(codeDeliveryDetails) }),
  errors: [
    'CodeDeliveryFailureException',
    'ForbiddenException',
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
  uses: ['clients', 'users', 'codes', 'messenger', 'sealer', 'random', 'clock'],
  gaps: [...recoveryGaps, recoveryChannelGap],

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    requireSelfRecovery(pool);
    const user = await findAccountFor(ports, { pool, client }, input.Username, 'forget password');
    const delivery = user && unlessHidden(client, () => requireRecoveryDelivery(pool, user));
    await takeFromBudget(ports, pool, user?.username ?? input.Username, 'forgot-password');
    if (!user || !delivery) return simulateSending(ports, pool, { name: input.Username, user }, 'reset-password');
    const message = { pool, client, user, kind: 'ForgotPassword', purpose: 'reset-password', delivery } as const;
    return { CodeDeliveryDetails: await issueCode(ports, message) };
  },
});
