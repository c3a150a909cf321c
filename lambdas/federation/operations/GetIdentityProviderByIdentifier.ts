/** An administrator looks at an identity provider by one of its identifiers. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { identityProviderType, idpIdentifier } from '../shapes.ts';

export const GetIdentityProviderByIdentifier = operation({
  name: 'GetIdentityProviderByIdentifier',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, IdpIdentifier: idpIdentifier }),
  output: s.structure({ IdentityProvider: identityProviderType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
