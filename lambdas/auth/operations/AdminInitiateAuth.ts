/** A server signs a user in with its own credentials as the guarantee. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { requireClientOf } from '../../core/rules/configuration.ts';
import { begin } from '../begin.ts';
import { signInGaps } from '../gaps.ts';
import { addressIn } from '../parameters.ts';
import { authFlow, contextData, secretParameters, signInAnswer } from '../shapes.ts';
import { signInPorts } from '../sign-in.ts';

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
  output: signInAnswer,
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
  unlistedErrors: ['AliasExistsException'],
  uses: signInPorts,
  gaps: signInGaps,

  async handle(input, ports) {
    const configuration = await requireClientOf(ports, input.UserPoolId, input.ClientId);
    return begin(ports, {
      ...configuration,
      flow: input.AuthFlow,
      parameters: input.AuthParameters ?? {},
      validationData: input.ClientMetadata,
      session: input.Session,
      by: 'administrator',
      // The call itself comes from the administrator's server.
      sourceIp: addressIn(input.ContextData),
    });
  },
});
