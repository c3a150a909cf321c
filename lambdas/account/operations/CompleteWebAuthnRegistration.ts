/** A person hands in the passkey that their device made. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';

export const CompleteWebAuthnRegistration = operation({
  name: 'CompleteWebAuthnRegistration',
  caller: token(),
  input: s.structure({ AccessToken: tokenString, Credential: s.document() }),
  output: s.structure({}),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'TooManyRequestsException',
    'WebAuthnChallengeNotFoundException',
    'WebAuthnClientMismatchException',
    'WebAuthnCredentialNotSupportedException',
    'WebAuthnNotEnabledException',
    'WebAuthnOriginNotAllowedException',
    'WebAuthnRelyingPartyMismatchException',
  ],
});
