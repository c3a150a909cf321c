/** An administrator removes an API and its scopes. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { resourceServerIdentifier } from '../shapes.ts';

export const DeleteResourceServer = operation({
  name: 'DeleteResourceServer',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Identifier: resourceServerIdentifier }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
