/** A server answers the challenge of a sign-in that it started for a user. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { requireClientOf } from '../../core/rules/configuration.ts';
import { challengeGaps } from '../gaps.ts';
import { addressIn } from '../parameters.ts';
import { respond } from '../respond.ts';
import { challengeName, contextData, secretParameters, signInAnswer } from '../shapes.ts';
import { signInPorts } from '../sign-in.ts';

export const AdminRespondToAuthChallenge = operation({
  name: 'AdminRespondToAuthChallenge',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: clientId,
    ChallengeName: challengeName,
    ChallengeResponses: s.optional(secretParameters),
    Session: s.optional(session),
    AnalyticsMetadata: s.optional(analyticsMetadata),
    ContextData: s.optional(contextData),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: signInAnswer,
  errors: [
    'AliasExistsException',
    'CodeMismatchException',
    'ExpiredCodeException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'InvalidUserPoolConfigurationException',
    'MFAMethodNotFoundException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordHistoryPolicyViolationException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'SoftwareTokenMFANotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  uses: signInPorts,
  gaps: challengeGaps,

  async handle(input, ports) {
    const configuration = await requireClientOf(ports, input.UserPoolId, input.ClientId);
    return respond(ports, {
      ...configuration,
      challenge: input.ChallengeName,
      session: input.Session,
      parameters: input.ChallengeResponses,
      clientMetadata: input.ClientMetadata,
      // The call itself comes from the administrator's server.
      sourceIp: addressIn(input.ContextData),
    });
  },
});
