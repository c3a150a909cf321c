/** A person who forgot the password sets a new one with the code they were sent. */
import { anyone } from '../../core/contract/callers.ts';
import { expiredCode } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { password, username } from '../../core/contract/shapes/users.ts';
import type { StoredCode } from '../../core/model/code.ts';
import type { User } from '../../core/model/user.ts';
import { flagOf } from '../../core/rules/addresses.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { hidesUsers } from '../../core/rules/client-settings.ts';
import { refuseSimulatedCode, requireCode } from '../../core/rules/codes.ts';
import { passwordPolicy, requirePassword } from '../../core/rules/password-policy.ts';
import { signedOut } from '../../core/rules/sign-out.ts';
import { permanentPassword } from '../../core/rules/stored-passwords.ts';
import { requireNextState } from '../../core/rules/user-states.ts';
import { afterConfirmation } from '../../core/triggers/post-confirmation.ts';
import { findAccountFor, requireApplication } from '../application.ts';
import { recoveryGaps } from '../gaps.ts';
import { confirmationCode, secretHash } from '../shapes.ts';

export const ConfirmForgotPassword = operation({
  name: 'ConfirmForgotPassword',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    SecretHash: s.optional(secretHash),
    Username: username,
    ConfirmationCode: confirmationCode,
    Password: password,
    AnalyticsMetadata: s.optional(analyticsMetadata),
    UserContextData: s.optional(userContextData),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({}),
  errors: [
    'CodeMismatchException',
    'ExpiredCodeException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordHistoryPolicyViolationException',
    'ResourceNotFoundException',
    'TooManyFailedAttemptsException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  uses: ['clients', 'users', 'codes', 'triggers', 'sealer', 'powers', 'random', 'clock'],
  gaps: recoveryGaps,

  async handle(input, ports) {
    const { pool, client } = await requireApplication(ports, input);
    requirePassword(passwordPolicy(pool), input.Password, 'changing');
    // Where the client must not see it, whoever is sent no code has none either.
    const event = hidesUsers(client) ? 'forget password' : 'recover password';
    const user = await findAccountFor(ports, { pool, client }, input.Username, event);
    if (!user) return refuseSimulatedCode(ports, pool, input.Username, 'reset-password', input.ConfirmationCode);
    const code = await requireCode(ports, pool, user, 'reset-password', input.ConfirmationCode);
    const recovered = await changeUser(ports, pool, user, {
      async decide(current) {
        // The state may have changed since the code was sent.
        const status = requireNextState(current, 'recover password');
        requireStillTheirs(current, code);
        const now = ports.clock.now();
        // Only who has the code may learn which passwords the history remembers.
        const chosen = await permanentPassword(ports, pool, current, input.Password);
        return { ...current, ...chosen, ...signedOut(current, now), status, modifiedAt: now };
      },
      extra: { spend: { purpose: 'reset-password', digest: code.digest } },
    });
    const asked = { pool, client, clientMetadata: input.ClientMetadata };
    await afterConfirmation(ports, { ...asked, user: recovered, by: 'ConfirmForgotPassword' });
    return {};
  },
});

/** Whoever reads an address that the user gave up, or that was proven to be somebody else's, must not get in by it. */
function requireStillTheirs({ attributes }: User, { attribute, target }: StoredCode): void {
  if (attributes[attribute] !== target || attributes[flagOf(attribute)] !== 'true') throw expiredCode();
}
