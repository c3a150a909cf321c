/** Refusals about identity providers, and about links of their accounts to users. */

import { invalidParameter } from './pools.ts';
import { Refusal } from './refusal.ts';

// Names and identifiers

export const providerNotFound = (name: string): Refusal =>
  new Refusal('ResourceNotFoundException', `Identity provider ${name} does not exist.`);

export const providerExists = (name: string, poolId: string): Refusal =>
  new Refusal('DuplicateProviderException', `${name} already exists in user pool ${poolId}`, 'recorded');

export const providerIdentifierExists = (poolId: string): Refusal =>
  new Refusal('DuplicateProviderException', identifierHeld(poolId));

/** UpdateIdentityProvider declares no DuplicateProviderException. */
export const providerIdentifierHeld = (poolId: string): Refusal => invalidParameter(identifierHeld(poolId));

const identifierHeld = (poolId: string): string =>
  `One of the IdpIdentifiers already belongs to another identity provider in user pool ${poolId}`;

export const providerIdentifierRepeated = (): Refusal =>
  invalidParameter('The same identifier is given twice in IdpIdentifiers.');

/** Social providers are called by their type, and no other provider is called so. */
export const providerTypeMismatch = (name: string, type: string): Refusal =>
  new Refusal('InvalidParameterException', `Provider ${name} cannot be of type ${type}.`, 'recorded');

export const providerBeingChanged = (): Refusal =>
  new Refusal('ConcurrentModificationException', 'The identity provider is being changed by another request.');

// Provider details

export const socialDetailsMissing = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'clientId, clientSecret and authorizeScopes are all required idp details.',
    'recorded',
  );

export const appleDetailsMissing = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'clientId, privateKey, teamId, and keyId are all required idp details.',
    'recorded',
  );

export const oidcDetailsMissing = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.',
    'recorded',
  );

export const issuerNotSecure = (): Refusal =>
  new Refusal('InvalidParameterException', 'OIDC endpoint must start with https://', 'recorded');

export const openidScopeMissing = (): Refusal =>
  invalidParameter('authorize_scopes of an OIDC provider must contain openid.');

export const samlMetadataMissing = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'At least one of the MetadataURL or MetadataFile should be provided.',
    'recorded',
  );

export const samlMetadataAmbiguous = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Only one of the MetadataURL or MetadataFile should be provided.',
    'recorded',
  );

export const samlMetadataUnreadable = (): Refusal =>
  new Refusal('InvalidParameterException', 'Unable to unmarshall metadata', 'recorded');

export const samlRedirectMissing = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'No SingleSignOn Http redirect binding location found in metadata.',
    'recorded',
  );

export const providerUrlInvalid = (name: string): Refusal =>
  invalidParameter(`${name} must be an absolute URL that starts with https://`);

export const providerDetailInvalid = (name: string, expected: string): Refusal =>
  invalidParameter(`Invalid value for ${name} in the provider details, expected ${expected}.`);

// What a provider's claims and levels become

export const mappedAttributeUnknown = (name: string): Refusal =>
  invalidParameter(`Invalid attribute mapping: ${name}: Attribute does not exist in the schema.`);

export const mappedAttributeImmutable = (name: string): Refusal =>
  invalidParameter(`Invalid attribute mapping: ${name}: Attribute is not mutable.`);

export const acrMappingOfOtherType = (): Refusal =>
  invalidParameter('AcrMapping can be set for identity providers of type OIDC only.');

export const acrMappingLevelUnknown = (): Refusal =>
  invalidParameter('AcrMapping has the levels Level1 to Level4 and no others.');

// Links

export const providerUserIncomplete = (of: string): Refusal =>
  invalidParameter(`${of} needs a ProviderName, a ProviderAttributeName and a ProviderAttributeValue.`);

export const destinationIncomplete = (): Refusal =>
  invalidParameter('DestinationUser needs a ProviderName and a ProviderAttributeValue.');

export const providerUserTooLong = (most: number): Refusal =>
  invalidParameter(`A ProviderAttributeValue has at most ${most} characters.`);

export const sourceUserNative = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser',
    'recorded',
  );

export const subjectExpected = (): Refusal =>
  invalidParameter('ProviderAttributeName must be Cognito_Subject for this identity provider.');

export const linkAttributeNotMapped = (name: string): Refusal =>
  invalidParameter(`ProviderAttributeName must be Cognito_Subject or a mapped attribute, and ${name} is not mapped.`);

/** The source has a profile of its own, from a sign-in before. */
export const sourceUserSignedUp = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
    'documented',
  );

export const sourceUserLinkedAlready = (): Refusal =>
  new Refusal('InvalidParameterException', 'SourceUser is already linked to DestinationUser', 'documented');

export const sourceUserLinkedToAnother = (): Refusal =>
  invalidParameter('SourceUser is already linked to another user');

/** The documentation of AdminLinkProviderForUser has the rule, not the words. */
export const destinationImmutable = (name: string): Refusal =>
  invalidParameter(`Invalid DestinationUser: ${name}: All attributes of the DestinationUser must be mutable.`);

export const accountNotLinked = (): Refusal =>
  new Refusal(
    'InvalidParameterException',
    "Account isn't linked to anyone else, verify that the account has been linked",
    'recorded',
  );
