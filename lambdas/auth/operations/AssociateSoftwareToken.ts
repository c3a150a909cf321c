/** A person begins to set up an authenticator app, signed in or half-way through signing in. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { session, tokenString } from '../../core/contract/shapes/sessions.ts';

export const AssociateSoftwareToken = operation({
  name: 'AssociateSoftwareToken',
  caller: anyone(),
  input: s.structure({ AccessToken: s.optional(tokenString), Session: s.optional(session) }),
  output: s.structure({
    SecretCode: s.optional(s.secret(s.string({ min: 16, pattern: '[A-Za-z0-9]+' }))),
    Session: s.optional(session),
  }),
  errors: [
    'ConcurrentModificationException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'SoftwareTokenMFANotFoundException',
  ],
});
