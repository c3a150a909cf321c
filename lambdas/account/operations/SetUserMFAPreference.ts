/** A person turns their second factors on or off and says which comes first. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { mfaSettings, webAuthnMfaSettings } from '../../core/contract/shapes/users.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { preferenceGaps, withPreferences } from '../../core/rules/mfa-preferences.ts';

export const SetUserMFAPreference = operation({
  name: 'SetUserMFAPreference',
  caller: token(),
  input: s.structure({
    SMSMfaSettings: s.optional(mfaSettings),
    SoftwareTokenMfaSettings: s.optional(mfaSettings),
    EmailMfaSettings: s.optional(mfaSettings),
    WebAuthnMfaSettings: s.optional(webAuthnMfaSettings),
    AccessToken: tokenString,
  }),
  output: s.structure({}),
  errors: [
    'ForbiddenException',
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
  uses: ['users', 'softwareTokens', 'clock'],
  gaps: preferenceGaps,

  async handle(input, ports, { person: { pool, user } }) {
    const token = await ports.softwareTokens.find(pool, user);
    await changeUser(ports, pool, user, {
      decide: (current) => ({ ...withPreferences(pool, current, token, input), modifiedAt: ports.clock.now() }),
    });
    return {};
  },
});
