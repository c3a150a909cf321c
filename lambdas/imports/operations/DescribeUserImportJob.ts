/** An administrator looks at how far an import of users has come. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { userImportJobId, userImportJobType } from '../shapes.ts';

export const DescribeUserImportJob = operation({
  name: 'DescribeUserImportJob',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, JobId: userImportJobId }),
  output: s.structure({ UserImportJob: s.optional(userImportJobType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
