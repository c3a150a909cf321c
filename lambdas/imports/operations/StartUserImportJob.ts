/** An administrator starts an import whose file is uploaded. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { userImportJobId, userImportJobType } from '../shapes.ts';

export const StartUserImportJob = operation({
  name: 'StartUserImportJob',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, JobId: userImportJobId }),
  output: s.structure({ UserImportJob: s.optional(userImportJobType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PreconditionNotMetException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
