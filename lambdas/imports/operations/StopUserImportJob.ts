/** An administrator stops an import that is running. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { userImportJobId, userImportJobType } from '../shapes.ts';

export const StopUserImportJob = operation({
  name: 'StopUserImportJob',
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
