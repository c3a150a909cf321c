/** A person removes one of their passkeys. */
import { token } from '../../core/contract/callers.ts';
import { passkeyNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { text } from '../../core/contract/shapes/text.ts';

export const DeleteWebAuthnCredential = operation({
  name: 'DeleteWebAuthnCredential',
  caller: token(),
  input: s.structure({ AccessToken: tokenString, CredentialId: text }),
  output: s.structure({}),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['passkeys'],

  async handle(input, { passkeys }, { person: { pool, user } }) {
    if (!(await passkeys.remove(pool, user, input.CredentialId))) throw passkeyNotFound();
    return {};
  },
});
