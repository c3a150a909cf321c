/** An administrator turns second factors of a user on or off and says which comes first. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { mfaSettings, username, webAuthnMfaSettings } from '../../core/contract/shapes/users.ts';

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
});
