/** A person asks for a code to verify their e-mail address or phone number. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { attributeName } from '../../core/contract/shapes/users.ts';
import { issueCode } from '../../core/messages/codes.ts';
import { messagePorts } from '../../core/messages/send.ts';
import { requireReadable } from '../../core/rules/attribute-permissions.ts';
import { requireAttributeDelivery, requireVerifiable } from '../../core/rules/code-delivery.ts';
import { takeFromBudget, verificationOf } from '../../core/rules/codes.ts';
import { codeDeliveryDetails } from '../shapes.ts';

export const GetUserAttributeVerificationCode = operation({
  name: 'GetUserAttributeVerificationCode',
  caller: token('Read'),
  input: s.structure({
    AccessToken: tokenString,
    AttributeName: attributeName,
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
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  uses: ['codes', ...messagePorts, 'sealer', 'random', 'clock'],

  async handle(input, ports, { person: { pool, client, user } }) {
    const attribute = requireVerifiable(input.AttributeName);
    // The answer shows the beginnings of the address.
    requireReadable(client, [attribute]);
    const delivery = requireAttributeDelivery(user, attribute);
    await takeFromBudget(ports, pool, user.username, 'send-attribute-code');
    const asked = { pool, client, user, clientMetadata: input.ClientMetadata };
    const message = { ...asked, kind: 'VerifyUserAttribute', delivery } as const;
    return { CodeDeliveryDetails: await issueCode(ports, { ...message, purpose: verificationOf(attribute) }) };
  },
});
