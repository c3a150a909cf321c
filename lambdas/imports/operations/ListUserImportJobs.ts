/** An administrator lists the imports of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { maxResults, paginationToken } from '../../core/contract/shapes/paging.ts';
import { userImportJobType } from '../shapes.ts';

export const ListUserImportJobs = operation({
  name: 'ListUserImportJobs',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, MaxResults: maxResults, PaginationToken: s.optional(paginationToken) }),
  output: s.structure({
    UserImportJobs: s.optional(s.list(userImportJobType, { min: 1, max: 50 })),
    PaginationToken: s.optional(paginationToken),
  }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
