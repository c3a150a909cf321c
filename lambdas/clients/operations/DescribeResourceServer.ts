/** An administrator looks at an API and its scopes. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { resourceServerIdentifier, resourceServerType } from '../shapes.ts';

export const DescribeResourceServer = operation({
  name: 'DescribeResourceServer',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Identifier: resourceServerIdentifier }),
  output: s.structure({ ResourceServer: resourceServerType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
