/** Shapes that several operations of the federation room share. */
import { s } from '../core/contract/shape.ts';
import { poolId, providerName } from '../core/contract/shapes/identifiers.ts';
import { text } from '../core/contract/shapes/text.ts';

/** The API does not say so, but it names people. */
export const providerUserIdentifier = s.structure({
  ProviderName: s.optional(providerName),
  ProviderAttributeName: s.optional(text),
  ProviderAttributeValue: s.optional(s.secret(text)),
});

export const newProviderName = s.string({
  min: 1,
  max: 32,
  pattern: String.raw`[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}][^_\p{Z}]+`,
});
export const providerType = s.oneOf('SAML', 'Facebook', 'Google', 'LoginWithAmazon', 'SignInWithApple', 'OIDC');
export const idpIdentifier = s.string({ min: 1, max: 40, pattern: String.raw`[\w\s+=.@-]+` });
const idpIdentifiers = s.list(idpIdentifier, { max: 50 });

/** What requests say of a provider, and answers show. */
export const providerSettings = {
  /** The API does not say so, but there are secrets in it. */
  ProviderDetails: s.map(text, s.secret(text)),
  AttributeMapping: s.map(s.string({ min: 1, max: 32 }), text),
  IdpIdentifiers: idpIdentifiers,
  AcrMapping: s.map(s.string(), s.string()),
} as const;

export const identityProviderType = s.structure({
  UserPoolId: s.optional(poolId),
  ProviderName: s.optional(providerName),
  ProviderType: s.optional(providerType),
  ProviderDetails: s.optional(providerSettings.ProviderDetails),
  AttributeMapping: s.optional(providerSettings.AttributeMapping),
  IdpIdentifiers: s.optional(providerSettings.IdpIdentifiers),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
  AcrMapping: s.optional(providerSettings.AcrMapping),
});

export const providerDescription = s.structure({
  ProviderName: s.optional(providerName),
  ProviderType: s.optional(providerType),
  LastModifiedDate: s.optional(s.timestamp()),
  CreationDate: s.optional(s.timestamp()),
});
