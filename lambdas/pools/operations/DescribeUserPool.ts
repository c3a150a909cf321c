/** An administrator looks at a pool and all its settings. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { describePool } from '../pool-views.ts';
import { userPoolType } from '../shapes.ts';
import { requireStoredPool } from '../stored-pool.ts';

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
  uses: ['pools'],

  async handle(input, { pools }) {
    const { UserPoolId } = input;
    const [pool, users] = await Promise.all([requireStoredPool({ pools }, UserPoolId), pools.countUsers(UserPoolId)]);
    return { UserPool: describePool(pool, users) };
  },
});
