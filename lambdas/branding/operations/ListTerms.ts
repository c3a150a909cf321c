/** An administrator lists the terms and policies of a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { maxResults } from '../../core/contract/shapes/paging.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { termsDescription } from '../shapes.ts';

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
});
