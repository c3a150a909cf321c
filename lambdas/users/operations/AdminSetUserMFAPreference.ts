/** An administrator turns second factors of a user on or off and says which comes first. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { mfaSettings, username, webAuthnMfaSettings } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { preferenceGaps, withPreferences } from '../../core/rules/mfa-preferences.ts';
import { requireUser } from '../../core/rules/names.ts';
import { requireNextState } from '../../core/rules/user-states.ts';

export const AdminSetUserMFAPreference = operation({
  name: 'AdminSetUserMFAPreference',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    SMSMfaSettings: s.optional(mfaSettings),
    SoftwareTokenMfaSettings: s.optional(mfaSettings),
    EmailMfaSettings: s.optional(mfaSettings),
    WebAuthnMfaSettings: s.optional(webAuthnMfaSettings),
    Username: username,
    UserPoolId: poolId,
  }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  unlistedErrors: ['TooManyRequestsException'],
  uses: ['pools', 'users', 'softwareTokens', 'clock'],
  gaps: preferenceGaps,

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    const token = await ports.softwareTokens.find(pool, user);
    await changeUser(ports, pool, user, {
      decide(current) {
        const status = requireNextState(current, 'choose second factors');
        return { ...withPreferences(pool, current, token, input), status, modifiedAt: ports.clock.now() };
      },
    });
    return {};
  },
});
