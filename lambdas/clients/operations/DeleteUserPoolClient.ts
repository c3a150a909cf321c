/** An administrator removes an application from a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';

export const DeleteUserPoolClient = operation({
  name: 'DeleteUserPoolClient',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
