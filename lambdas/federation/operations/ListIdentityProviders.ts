/** An administrator lists the identity providers of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationToken } from '../../core/contract/shapes/paging.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeListedProvider } from '../../core/rules/identity-providers.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { providerDescription } from '../shapes.ts';

/** A page may be asked to hold more than an answer may: 60. */
const mostListed = 50;

export const ListIdentityProviders = operation({
  name: 'ListIdentityProviders',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, MaxResults: s.optional(limit), NextToken: s.optional(paginationToken) }),
  output: s.structure({
    Providers: s.list(providerDescription, { max: mostListed }),
    NextToken: s.optional(paginationToken),
  }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'identityProviders', 'sealer', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const list: List = { operation: 'ListIdentityProviders', within: pool.id };
    const after = await requireCursor(ports, list, input.NextToken);
    const limit = Math.min(pageSize(input.MaxResults, mostListed), mostListed);
    const page = await ports.identityProviders.list(pool.id, { limit, after });
    return { Providers: page.items.map(describeListedProvider), NextToken: await pageToken(ports, list, page) };
  },
});
