/** A person lists their active sessions. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { paginationKey } from '../../core/contract/shapes/paging.ts';
import { sessionDescription, tokenString } from '../../core/contract/shapes/sessions.ts';
import { listedSessionsGaps, sessionIdOf, sessionPage } from '../../core/rules/user-sessions.ts';

export const ListUserSessions = operation({
  name: 'ListUserSessions',
  caller: token('List'),
  input: s.structure({ AccessToken: tokenString, NextToken: s.optional(paginationKey) }),
  output: s.structure({ Sessions: s.optional(s.list(sessionDescription)), NextToken: s.optional(paginationKey) }),
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
  uses: ['userSessions', 'sealer', 'clock'],
  gaps: listedSessionsGaps,

  async handle({ NextToken }, ports, { person: { pool, user, claims } }) {
    const current = sessionIdOf({ eventId: claims.event_id });
    return sessionPage(ports, 'ListUserSessions', pool, user, { token: NextToken, current });
  },
});
