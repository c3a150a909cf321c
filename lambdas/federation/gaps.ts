/** What identity providers and links do not do yet, in sentences for users. */

export const providerGaps = [
  'Nobody signs in through an identity provider yet: providers are checked, kept and shown.',
  'What stands behind a `MetadataURL` or an `oidc_issuer` is not fetched, so it adds nothing to the provider details.',
  '`ActiveEncryptionCertificate` is not shown: the pool has no SAML keys yet.',
  'The schema of a pool with identity providers does not list `identities`.',
] as const;

export const linkGaps = [
  'Nobody signs in through an identity provider yet: links are kept and shown.',
  'The `issuer` of a linked SAML identity is known of a provider with a `MetadataFile` alone.',
] as const;
