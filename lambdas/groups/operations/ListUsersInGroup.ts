/** An administrator lists the members of a group. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationKey } from '../../core/contract/shapes/paging.ts';
import { userType } from '../../core/contract/shapes/users.ts';
import { groupName } from '../shapes.ts';

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
});
