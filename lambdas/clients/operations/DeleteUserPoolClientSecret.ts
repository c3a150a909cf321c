/** An administrator retires one of the two secrets of an app client. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientSecretId } from '../shapes.ts';

export const DeleteUserPoolClientSecret = operation({
  name: 'DeleteUserPoolClientSecret',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ClientId: clientId, ClientSecretId: clientSecretId }),
  output: s.structure({}),
  errors: [
    'InternalServerException',
    'InvalidParameterException',
    'LimitExceededException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
