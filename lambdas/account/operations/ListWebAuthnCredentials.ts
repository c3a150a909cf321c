/** A person lists their passkeys. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { paginationKey } from '../../core/contract/shapes/paging.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { webAuthnCredentialDescription } from '../shapes.ts';

export const ListWebAuthnCredentials = operation({
  name: 'ListWebAuthnCredentials',
  caller: token('List'),
  input: s.structure({
    AccessToken: tokenString,
    NextToken: s.optional(paginationKey),
    MaxResults: s.optional(s.integer({ min: 0, max: 20 })),
  }),
  output: s.structure({ Credentials: s.list(webAuthnCredentialDescription), NextToken: s.optional(paginationKey) }),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'TooManyRequestsException',
  ],
});
