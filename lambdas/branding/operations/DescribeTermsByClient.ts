/** An administrator looks at the terms that an app client shows, by their name. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { termsName, termsType } from '../shapes.ts';

export const DescribeTermsByClient = operation({
  name: 'DescribeTermsByClient',
  caller: iam('Read', 'userpool'),
  input: s.structure({ ClientId: clientId, UserPoolId: poolId, TermsName: termsName }),
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
