/** A person ends another of their sessions. */
import { token } from '../../core/contract/callers.ts';
import { currentSessionKept } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { revokeAssociatedSessions, sessionId, tokenString } from '../../core/contract/shapes/sessions.ts';
import { endedSessionsGaps, endSession, requireSession, sessionIdOf } from '../../core/rules/user-sessions.ts';

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
  uses: ['families', 'userSessions'],
  gaps: endedSessionsGaps,

  async handle({ SessionId }, ports, { person: { pool, user, claims } }) {
    const session = await requireSession(ports, pool, user, SessionId);
    if (session.id === sessionIdOf({ eventId: claims.event_id })) throw currentSessionKept();
    await endSession(ports, pool, user, session);
    return {};
  },
});
