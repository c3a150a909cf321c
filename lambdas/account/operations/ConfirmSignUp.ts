/** A person confirms their registration with the code they were sent. */
import { anyone } from '../../core/contract/callers.ts';
import { verifiedAliasExists } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { refuseSimulatedCode, requireCode, withVerified } from '../../core/rules/codes.ts';
import { sealFirstSignIn } from '../../core/rules/first-sign-in.ts';
import { requireNextState } from '../../core/rules/user-states.ts';
import { refuseTriggers } from '../../core/triggers/trigger-points.ts';
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
  uses: ['clients', 'users', 'codes', 'sealer', 'random', 'clock'],
  gaps: [...registrationGaps, hiddenStateGap],

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    refuseTriggers(pool, 'PostConfirmation');
    const user = await findAccountFor(ports, { pool, client }, input.Username, 'confirm registration');
    if (!user) return refuseSimulatedCode(ports, pool, input.Username, 'sign-up', input.ConfirmationCode);
    const code = await requireCode(ports, pool, user, 'sign-up', input.ConfirmationCode);
    const confirmed = await changeUser(ports, pool, user, {
      decide(current) {
        const status = requireNextState(current, 'confirm registration');
        return { ...withVerified(current, code), status, modifiedAt: ports.clock.now() };
      },
      extra: { spend: { purpose: 'sign-up', digest: code.digest }, force: input.ForceAliasCreation === true },
      taken: verifiedAliasExists,
    });
    return { Session: await sealFirstSignIn(ports, { pool, client }, confirmed, code.attribute) };
  },
});
