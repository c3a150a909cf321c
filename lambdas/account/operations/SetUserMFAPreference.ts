/** A person turns their second factors on or off and says which comes first. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { mfaSettings, webAuthnMfaSettings } from '../../core/contract/shapes/users.ts';

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
});
