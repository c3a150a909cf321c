/** An administrator ends one session of a user. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { revokeAssociatedSessions, sessionId } from '../../core/contract/shapes/sessions.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { endedSessionsGaps, endSession, requireSession } from '../../core/rules/user-sessions.ts';

export const AdminRevokeUserSession = operation({
  name: 'AdminRevokeUserSession',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    SessionId: sessionId,
    RevokeAssociatedSessions: s.optional(revokeAssociatedSessions),
  }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'families', 'userSessions'],
  gaps: endedSessionsGaps,

  async handle({ UserPoolId, Username, SessionId }, ports) {
    const pool = await requirePool(ports, UserPoolId);
    const user = await requireUser(ports, pool, Username);
    await endSession(ports, pool, user, await requireSession(ports, pool, user, SessionId));
    return {};
  },
});
