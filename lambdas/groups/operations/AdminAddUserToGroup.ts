/** An administrator puts a user into a group; doing it twice changes nothing. */
import { iam } from '../../core/contract/callers.ts';
import { groupNotFound, tooManyFor, userNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { groupName } from '../shapes.ts';
import { requireGroup } from '../stored-group.ts';

export const AdminAddUserToGroup = operation({
  name: 'AdminAddUserToGroup',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, GroupName: groupName }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'groups', 'users', 'settings'],

  async handle(input, ports) {
    const most = quotaOf(ports, 'groupsPerUser');
    const pool = await requirePool(ports, input.UserPoolId);
    const group = await requireGroup(ports, pool, input.GroupName);
    const user = await requireUser(ports, pool, input.Username);
    const outcome = await ports.groups.join(pool, group, user, most);
    if (outcome === 'group gone') throw groupNotFound();
    if (outcome === 'user gone') throw userNotFound();
    if (outcome === 'full') throw tooManyFor('groups of a user', most);
  },
});
