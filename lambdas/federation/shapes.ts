/** Shapes that several operations of the federation room share. */
import { s } from '../core/contract/shape.ts';
import { poolId, providerName } from '../core/contract/shapes/identifiers.ts';
import { text } from '../core/contract/shapes/text.ts';

export const providerUserIdentifier = s.structure({
  ProviderName: s.optional(providerName),
  ProviderAttributeName: s.optional(text),
  ProviderAttributeValue: s.optional(text),
});

export const newProviderName = s.string({
  min: 1,
  max: 32,
  pattern: String.raw`[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+`,
});
export const providerType = s.oneOf('SAML', 'Facebook', 'Google', 'LoginWithAmazon', 'SignInWithApple', 'OIDC');
export const idpIdentifier = s.string({ min: 1, max: 40, pattern: String.raw`[\w\s+=.@-]+` });
export const idpIdentifiers = s.list(idpIdentifier, { max: 50 });
export const identityProviderType = s.structure({
  UserPoolId: s.optional(poolId),
  ProviderName: s.optional(providerName),
  ProviderType: s.optional(providerType),
  ProviderDetails: s.optional(s.map(text, text)),
  AttributeMapping: s.optional(s.map(s.string({ min: 1, max: 32 }), text)),
  IdpIdentifiers: s.optional(idpIdentifiers),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
  AcrMapping: s.optional(s.map(s.string(), s.string())),
});

export const providerDescription = s.structure({
  ProviderName: s.optional(providerName),
  ProviderType: s.optional(providerType),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
});
