/** A person changes attributes of their own account. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { attributeType } from '../../core/contract/shapes/users.ts';
import { updateAttributes } from '../../core/messages/attribute-updates.ts';
import { messagePorts } from '../../core/messages/send.ts';
import { codeDeliveryDetails } from '../shapes.ts';

export const UpdateUserAttributes = operation({
  name: 'UpdateUserAttributes',
  caller: token(),
  input: s.structure({
    UserAttributes: s.list(attributeType),
    AccessToken: tokenString,
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({ CodeDeliveryDetailsList: s.optional(s.list(codeDeliveryDetails)) }),
  errors: [
    'AliasExistsException',
    'CodeDeliveryFailureException',
    'CodeMismatchException',
    'ExpiredCodeException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
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
  uses: ['users', 'codes', ...messagePorts, 'sealer', 'random', 'clock'],
  gaps: [
    'A person causes five codes for new addresses an hour, counted with those of `GetUserAttributeVerificationCode`; a change that would send one more is refused.',
  ],

  async handle(input, ports, { person: { pool, client, user } }) {
    const { UserAttributes: given, ClientMetadata: clientMetadata } = input;
    const update = { pool, user, client, writer: client, given, clientMetadata };
    return { CodeDeliveryDetailsList: await updateAttributes(ports, update) };
  },
});
