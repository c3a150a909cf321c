/** An administrator lists the app clients of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { maxResults, paginationKey } from '../../core/contract/shapes/paging.ts';
import { clientType, userPoolClientDescription } from '../shapes.ts';

export const ListUserPoolClients = operation({
  name: 'ListUserPoolClients',
  caller: iam('List', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    MaxResults: s.optional(maxResults),
    NextToken: s.optional(paginationKey),
    ClientType: s.optional(clientType),
  }),
  output: s.structure({
    UserPoolClients: s.optional(s.list(userPoolClientDescription)),
    NextToken: s.optional(paginationKey),
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
