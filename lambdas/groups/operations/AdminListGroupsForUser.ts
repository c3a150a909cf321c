/** An administrator lists the groups that a user is in. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationKey } from '../../core/contract/shapes/paging.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { groupType } from '../shapes.ts';

export const AdminListGroupsForUser = operation({
  name: 'AdminListGroupsForUser',
  caller: iam('List', 'userpool'),
  input: s.structure({
    Username: username,
    UserPoolId: poolId,
    Limit: s.optional(limit),
    NextToken: s.optional(paginationKey),
  }),
  output: s.structure({ Groups: s.optional(s.list(groupType)), NextToken: s.optional(paginationKey) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
});
