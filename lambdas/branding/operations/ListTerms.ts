/** An administrator lists the terms and policies of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { maxResults } from '../../core/contract/shapes/paging.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { termsDescription } from '../shapes.ts';
import { describeListedTerms } from '../terms-views.ts';

export const ListTerms = operation({
  name: 'ListTerms',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, MaxResults: s.optional(maxResults), NextToken: s.optional(text) }),
  output: s.structure({ Terms: s.list(termsDescription), NextToken: s.optional(text) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'terms', 'sealer', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const list: List = { operation: 'ListTerms', within: pool.id };
    const after = await requireCursor(ports, list, input.NextToken);
    const page = await ports.terms.list(pool.id, { limit: pageSize(input.MaxResults, 60), after });
    return { Terms: page.items.map(describeListedTerms), NextToken: await pageToken(ports, list, page) };
  },
});
