/** An administrator looks at a pool and all its settings. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { userPoolType } from '../shapes.ts';

export const DescribeUserPool = operation({
  name: 'DescribeUserPool',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId }),
  output: s.structure({ UserPool: s.optional(userPoolType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserPoolTaggingException',
  ],
});
