/** A person asks for what their device needs to make a passkey. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';

export const StartWebAuthnRegistration = operation({
  name: 'StartWebAuthnRegistration',
  caller: token(),
  input: s.structure({ AccessToken: tokenString }),
  output: s.structure({ CredentialCreationOptions: s.document() }),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'TooManyRequestsException',
    'WebAuthnConfigurationMissingException',
    'WebAuthnNotEnabledException',
  ],
});
