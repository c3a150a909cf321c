/** An administrator takes a user out of a group. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';
import { groupName } from '../shapes.ts';
import { requireGroup } from '../stored-group.ts';

export const AdminRemoveUserFromGroup = operation({
  name: 'AdminRemoveUserFromGroup',
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
  uses: ['pools', 'groups', 'users'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const group = await requireGroup(ports, pool, input.GroupName);
    await ports.groups.leave(pool, group, await requireUser(ports, pool, input.Username));
  },
});
