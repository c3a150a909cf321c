/** An administrator lists the pools of the account in one region. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { maxResults, paginationToken } from '../../core/contract/shapes/paging.ts';
import { userPoolDescription } from '../shapes.ts';

export const ListUserPools = operation({
  name: 'ListUserPools',
  caller: iam('List', 'none'),
  input: s.structure({ NextToken: s.optional(paginationToken), MaxResults: maxResults }),
  output: s.structure({ UserPools: s.optional(s.list(userPoolDescription)), NextToken: s.optional(paginationToken) }),
  errors: ['InternalErrorException', 'InvalidParameterException', 'NotAuthorizedException', 'TooManyRequestsException'],
});
