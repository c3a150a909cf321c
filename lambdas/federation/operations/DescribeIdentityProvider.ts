/** An administrator looks at an identity provider by its name. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, providerName } from '../../core/contract/shapes/identifiers.ts';
import { identityProviderType } from '../shapes.ts';

export const DescribeIdentityProvider = operation({
  name: 'DescribeIdentityProvider',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ProviderName: providerName }),
  output: s.structure({ IdentityProvider: identityProviderType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
