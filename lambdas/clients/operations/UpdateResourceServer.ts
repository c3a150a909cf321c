/** An administrator changes an API and replaces its scopes. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { resourceServerIdentifier, resourceServerName, resourceServerScopes, resourceServerType } from '../shapes.ts';

export const UpdateResourceServer = operation({
  name: 'UpdateResourceServer',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Identifier: resourceServerIdentifier,
    Name: resourceServerName,
    Scopes: s.optional(resourceServerScopes),
  }),
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
