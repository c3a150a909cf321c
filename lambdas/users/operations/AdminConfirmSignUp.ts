/** An administrator confirms a registration without the code. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { username } from '../../core/contract/shapes/users.ts';

export const AdminConfirmSignUp = operation({
  name: 'AdminConfirmSignUp',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, ClientMetadata: s.optional(clientMetadata) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyFailedAttemptsException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotFoundException',
  ],
});
