/** An administrator lists the identity providers of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationToken } from '../../core/contract/shapes/paging.ts';
import { providerDescription } from '../shapes.ts';

export const ListIdentityProviders = operation({
  name: 'ListIdentityProviders',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, MaxResults: s.optional(limit), NextToken: s.optional(paginationToken) }),
  output: s.structure({ Providers: s.list(providerDescription, { max: 50 }), NextToken: s.optional(paginationToken) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
