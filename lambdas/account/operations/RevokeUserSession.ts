/** A person ends another of their sessions. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { revokeAssociatedSessions, sessionId, tokenString } from '../../core/contract/shapes/sessions.ts';

export const RevokeUserSession = operation({
  name: 'RevokeUserSession',
  caller: token(),
  input: s.structure({
    AccessToken: tokenString,
    SessionId: sessionId,
    RevokeAssociatedSessions: s.optional(revokeAssociatedSessions),
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
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
});
