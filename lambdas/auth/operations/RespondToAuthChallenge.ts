/** A person answers the challenge that stands between them and their tokens. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { requireClient } from '../../core/rules/configuration.ts';
import { challengeGaps } from '../gaps.ts';
import { respond } from '../respond.ts';
import { challengeName, secretParameters, signInAnswer } from '../shapes.ts';
import { signInPorts } from '../sign-in.ts';

export const RespondToAuthChallenge = operation({
  name: 'RespondToAuthChallenge',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    ChallengeName: challengeName,
    Session: s.optional(session),
    ChallengeResponses: s.optional(secretParameters),
    AnalyticsMetadata: s.optional(analyticsMetadata),
    UserContextData: s.optional(userContextData),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: signInAnswer,
  errors: [
    'AliasExistsException',
    'CodeMismatchException',
    'ExpiredCodeException',
    'ForbiddenException',
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

  async handle(input, ports, { sourceIp }) {
    const configuration = await requireClient(ports, input.ClientId);
    return respond(ports, {
      ...configuration,
      challenge: input.ChallengeName,
      session: input.Session,
      parameters: input.ChallengeResponses,
      clientMetadata: input.ClientMetadata,
      sourceIp,
    });
  },
});
