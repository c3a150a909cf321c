/** A person begins to sign in, or refreshes their tokens. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { requireClient } from '../../core/rules/configuration.ts';
import { begin } from '../begin.ts';
import { signInGaps } from '../gaps.ts';
import { authFlow, secretParameters, signInAnswer } from '../shapes.ts';
import { signInPorts } from '../sign-in.ts';

export const InitiateAuth = operation({
  name: 'InitiateAuth',
  caller: anyone(),
  input: s.structure({
    AuthFlow: authFlow,
    AuthParameters: s.optional(secretParameters),
    ClientMetadata: s.optional(clientMetadata),
    ClientId: clientId,
    AnalyticsMetadata: s.optional(analyticsMetadata),
    UserContextData: s.optional(userContextData),
    Session: s.optional(session),
  }),
  output: signInAnswer,
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidEmailRoleAccessPolicyException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidSmsRoleAccessPolicyException',
    'InvalidSmsRoleTrustRelationshipException',
    'InvalidUserPoolConfigurationException',
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
  unlistedErrors: ['AliasExistsException'],
  uses: signInPorts,
  gaps: signInGaps,

  async handle(input, ports, { sourceIp }) {
    const configuration = await requireClient(ports, input.ClientId);
    return begin(ports, {
      ...configuration,
      flow: input.AuthFlow,
      parameters: input.AuthParameters ?? {},
      validationData: input.ClientMetadata,
      session: input.Session,
      by: 'person',
      sourceIp,
    });
  },
});
