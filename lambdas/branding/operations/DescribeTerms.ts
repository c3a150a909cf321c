/** An administrator looks at terms of use or a privacy policy. */
import { iam } from '../../core/contract/callers.ts';
import { termsNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { termsGaps } from '../gaps.ts';
import { termsId, termsType } from '../shapes.ts';
import { describeTerms } from '../terms-views.ts';

export const DescribeTerms = operation({
  name: 'DescribeTerms',
  caller: iam('Read', 'userpool'),
  input: s.structure({ TermsId: termsId, UserPoolId: poolId }),
  output: s.structure({ Terms: s.optional(termsType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'terms'],
  gaps: termsGaps,

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const found = await ports.terms.find(pool.id, input.TermsId);
    if (!found) throw termsNotFound();
    return { Terms: describeTerms(found) };
  },
});
