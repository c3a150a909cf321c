/** A person who registered asks for another confirmation code. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { issueCode } from '../../core/messages/codes.ts';
import { messagePorts } from '../../core/messages/send.ts';
import { requireAutoVerification, requireSignUpDelivery } from '../../core/rules/code-delivery.ts';
import { takeFromBudget } from '../../core/rules/codes.ts';
import { pagesBase } from '../../core/rules/domains.ts';
import { findAccountFor, requireApplication, unlessHidden } from '../application.ts';
import { hiddenStateGap, messageFunctionGap, registrationGaps } from '../gaps.ts';
import { codeDeliveryDetails, secretHash } from '../shapes.ts';
import { simulateSending } from '../simulated-sending.ts';

export const ResendConfirmationCode = operation({
  name: 'ResendConfirmationCode',
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
  uses: ['clients', 'users', 'codes', ...messagePorts, 'sealer', 'random', 'settings', 'clock'],
  gaps: [...registrationGaps, hiddenStateGap, messageFunctionGap],

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    requireAutoVerification(pool);
    const user = await findAccountFor(ports, { pool, client }, input.Username, 'send code again');
    const delivery = user && unlessHidden(client, () => requireSignUpDelivery(pool, user));
    await takeFromBudget(ports, pool, user?.username ?? input.Username, 'resend-sign-up');
    if (!user || !delivery) return simulateSending(ports, pool, { name: input.Username, user }, 'sign-up');
    const { ClientMetadata: clientMetadata } = input;
    const asked = { pool, client, user, delivery, clientMetadata, pages: pagesBase(ports.settings) };
    return { CodeDeliveryDetails: await issueCode(ports, { ...asked, kind: 'ResendCode', purpose: 'sign-up' }) };
  },
});
