/** A person registers. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { attributeType, passwordOrNone, username } from '../../core/contract/shapes/users.ts';
import { codeDeliveryDetails, secretHash } from '../shapes.ts';

export const SignUp = operation({
  name: 'SignUp',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    SecretHash: s.optional(secretHash),
    Username: username,
    Password: s.optional(passwordOrNone),
    UserAttributes: s.optional(s.list(attributeType)),
    ValidationData: s.optional(s.list(attributeType)),
    AnalyticsMetadata: s.optional(analyticsMetadata),
    UserContextData: s.optional(userContextData),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({
    UserConfirmed: s.boolean(),
    CodeDeliveryDetails: s.optional(codeDeliveryDetails),
    UserSub: text,
    Session: s.optional(session),
  }),
  errors: [
    'CodeDeliveryFailureException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UsernameExistsException',
  ],
});
