/** An administrator lists the members of a group. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationKey } from '../../core/contract/shapes/paging.ts';
import { userType } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeUser } from '../../core/rules/describe-user.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { groupName } from '../shapes.ts';
import { requireGroup } from '../stored-group.ts';

export const ListUsersInGroup = operation({
  name: 'ListUsersInGroup',
  caller: iam('List', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    GroupName: groupName,
    Limit: s.optional(limit),
    NextToken: s.optional(paginationKey),
  }),
  output: s.structure({ Users: s.optional(s.list(userType)), NextToken: s.optional(paginationKey) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'groups', 'sealer', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const group = await requireGroup(ports, pool, input.GroupName);
    const list: List = { operation: 'ListUsersInGroup', within: pool.id, parameters: group.id };
    const after = await requireCursor(ports, list, input.NextToken);
    const page = await ports.groups.members(group, { limit: pageSize(input.Limit, 60), after });
    return {
      Users: page.items.map((user) => describeUser(pool, user)),
      NextToken: await pageToken(ports, list, page),
    };
  },
});
