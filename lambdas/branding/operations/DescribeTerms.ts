/** An administrator looks at terms of use or a privacy policy. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { termsId, termsType } from '../shapes.ts';

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
});
