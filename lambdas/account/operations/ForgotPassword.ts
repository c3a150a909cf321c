/** A person who forgot the password asks for a code. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { codeDeliveryDetails, secretHash } from '../shapes.ts';

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
});
