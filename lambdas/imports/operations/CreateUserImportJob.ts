/** An administrator prepares the import of users from a CSV file. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn, poolId } from '../../core/contract/shapes/identifiers.ts';
import { passwordHashingAlgorithm, userImportJobName, userImportJobType } from '../shapes.ts';

export const CreateUserImportJob = operation({
  name: 'CreateUserImportJob',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    JobName: userImportJobName,
    UserPoolId: poolId,
    CloudWatchLogsRoleArn: arn,
    PasswordHashingAlgorithm: s.optional(passwordHashingAlgorithm),
  }),
  output: s.structure({ UserImportJob: s.optional(userImportJobType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PreconditionNotMetException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
