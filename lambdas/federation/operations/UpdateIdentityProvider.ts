/** An administrator changes an identity provider. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, providerName } from '../../core/contract/shapes/identifiers.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { identityProviderType, idpIdentifiers } from '../shapes.ts';

export const UpdateIdentityProvider = operation({
  name: 'UpdateIdentityProvider',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ProviderName: providerName,
    ProviderDetails: s.optional(s.map(text, text)),
    AttributeMapping: s.optional(s.map(s.string({ min: 1, max: 32 }), text)),
    IdpIdentifiers: s.optional(idpIdentifiers),
    AcrMapping: s.optional(s.map(s.string(), s.string())),
  }),
  output: s.structure({ IdentityProvider: identityProviderType }),
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
