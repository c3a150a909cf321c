/** An administrator lists the active sessions of a user. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { paginationKey } from '../../core/contract/shapes/paging.ts';
import { sessionDescription } from '../../core/contract/shapes/sessions.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { listedSessionsGaps, sessionPage } from '../../core/rules/user-sessions.ts';

export const AdminListUserSessions = operation({
  name: 'AdminListUserSessions',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, NextToken: s.optional(paginationKey) }),
  output: s.structure({ Sessions: s.optional(s.list(sessionDescription)), NextToken: s.optional(paginationKey) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'userSessions', 'sealer', 'clock'],
  gaps: listedSessionsGaps,

  async handle({ UserPoolId, Username, NextToken }, ports) {
    const pool = await requirePool(ports, UserPoolId);
    const user = await requireUser(ports, pool, Username);
    return sessionPage(ports, 'AdminListUserSessions', pool, user, { token: NextToken });
  },
});
