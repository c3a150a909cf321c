/** An administrator lists or searches the users of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationToken } from '../../core/contract/shapes/paging.ts';
import { attributeName, userType } from '../../core/contract/shapes/users.ts';

export const ListUsers = operation({
  name: 'ListUsers',
  caller: iam('List', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    AttributesToGet: s.optional(s.list(attributeName)),
    Limit: s.optional(limit),
    PaginationToken: s.optional(paginationToken),
    Filter: s.optional(s.string({ max: 256 })),
  }),
  output: s.structure({ Users: s.optional(s.list(userType)), PaginationToken: s.optional(paginationToken) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
