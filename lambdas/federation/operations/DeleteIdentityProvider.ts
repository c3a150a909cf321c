/** An administrator removes an identity provider from a pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, providerName } from '../../core/contract/shapes/identifiers.ts';

export const DeleteIdentityProvider = operation({
  name: 'DeleteIdentityProvider',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ProviderName: providerName }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnsupportedIdentityProviderException',
  ],
});
