/** An administrator lists the groups of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationKey } from '../../core/contract/shapes/paging.ts';
import { groupType } from '../shapes.ts';

export const ListGroups = operation({
  name: 'ListGroups',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Limit: s.optional(limit), NextToken: s.optional(paginationKey) }),
  output: s.structure({ Groups: s.optional(s.list(groupType)), NextToken: s.optional(paginationKey) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
