/** A person confirms their registration with the code they were sent. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { refuseSimulatedCode } from '../../core/rules/codes.ts';
import { sealFirstSignIn } from '../../core/rules/first-sign-in.ts';
import { confirmRegistration } from '../../core/rules/registration.ts';
import { findAccountFor, requireApplication } from '../application.ts';
import { hiddenStateGap, registrationGaps } from '../gaps.ts';
import { confirmationCode, secretHash } from '../shapes.ts';

export const ConfirmSignUp = operation({
  name: 'ConfirmSignUp',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    SecretHash: s.optional(secretHash),
    Username: username,
    ConfirmationCode: confirmationCode,
    ForceAliasCreation: s.optional(s.boolean()),
    AnalyticsMetadata: s.optional(analyticsMetadata),
    UserContextData: s.optional(userContextData),
    ClientMetadata: s.optional(clientMetadata),
    Session: s.optional(session),
  }),
  output: s.structure({ Session: s.optional(session) }),
  errors: [
    'AliasExistsException',
    'CodeMismatchException',
    'ExpiredCodeException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyFailedAttemptsException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotFoundException',
  ],
  uses: ['clients', 'users', 'codes', 'triggers', 'sealer', 'random', 'clock'],
  gaps: [...registrationGaps, hiddenStateGap],

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    const user = await findAccountFor(ports, { pool, client }, input.Username, 'confirm registration');
    if (!user) return refuseSimulatedCode(ports, pool, input.Username, 'sign-up', input.ConfirmationCode);
    const confirmed = await confirmRegistration(ports, { pool, client }, user, {
      code: input.ConfirmationCode,
      force: input.ForceAliasCreation,
      clientMetadata: input.ClientMetadata,
    });
    return { Session: await sealFirstSignIn(ports, { pool, client }, confirmed.user, confirmed.attribute) };
  },
});
