/** An administrator adds an identity provider that users of the pool may come from. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { identityProviderType, idpIdentifiers, newProviderName, providerType } from '../shapes.ts';

export const CreateIdentityProvider = operation({
  name: 'CreateIdentityProvider',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ProviderName: newProviderName,
    ProviderType: providerType,
    ProviderDetails: s.map(text, text),
    AttributeMapping: s.optional(s.map(s.string({ min: 1, max: 32 }), text)),
    IdpIdentifiers: s.optional(idpIdentifiers),
    AcrMapping: s.optional(s.map(s.string(), s.string())),
  }),
  output: s.structure({ IdentityProvider: identityProviderType }),
  errors: [
    'DuplicateProviderException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
