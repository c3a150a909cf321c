/** A server signs a user in with its own credentials as the guarantee. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { authenticationResult, authFlow, challengeName, contextData, secretParameters } from '../shapes.ts';

export const AdminInitiateAuth = operation({
  name: 'AdminInitiateAuth',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: clientId,
    AuthFlow: authFlow,
    AuthParameters: s.optional(secretParameters),
    ClientMetadata: s.optional(clientMetadata),
    AnalyticsMetadata: s.optional(analyticsMetadata),
    ContextData: s.optional(contextData),
    Session: s.optional(session),
  }),
  output: s.structure({
    ChallengeName: s.optional(challengeName),
    Session: s.optional(session),
    ChallengeParameters: s.optional(s.map(text, text)),
    AuthenticationResult: s.optional(authenticationResult),
    AvailableChallenges: s.optional(s.list(challengeName)),
  }),
  errors: [
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'InvalidUserPoolConfigurationException',
    'MFAMethodNotFoundException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UnsupportedOperationException',
    'UserLambdaValidationException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
});
