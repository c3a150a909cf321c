/** `ProviderDetails`: what each type of identity provider must be told, and what the service adds to it. */
import {
  appleDetailsMissing,
  constraintsViolated,
  issuerNotSecure,
  oidcDetailsMissing,
  openidScopeMissing,
  providerDetailInvalid,
  providerUrlInvalid,
  type Refusal,
  samlMetadataAmbiguous,
  samlMetadataMissing,
  socialDetailsMissing,
} from '../contract/errors.ts';
import type { IdentityProvider, ProviderDetails, ProviderType } from '../model/identity-provider.ts';
import type { Settings } from '../ports/settings.ts';
import { withoutUndefined } from './present.ts';
import { requireSamlMetadata } from './saml-metadata.ts';
import { isWebAddress } from './web-addresses.ts';

/** As the API takes them. */
export type GivenDetails = Readonly<Partial<Record<string, string>>>;

interface Kind {
  readonly required: readonly string[];
  missing(): Refusal;
  /** What Describe shows of it beside what was given. */
  added(given: ProviderDetails): ProviderDetails;
}

const social = ['client_id', 'client_secret', 'authorize_scopes'] as const;
const facebookVersion = 'v17.0';

/** The addresses are those that the documentation of CreateIdentityProvider shows in answers. */
const kinds: Readonly<Record<ProviderType, Kind>> = {
  Google: {
    required: social,
    missing: socialDetailsMissing,
    added: () => ({
      attributes_url: 'https://people.googleapis.com/v1/people/me?personFields=',
      attributes_url_add_attributes: 'true',
      authorize_url: 'https://accounts.google.com/o/oauth2/v2/auth',
      oidc_issuer: 'https://accounts.google.com',
      token_request_method: 'POST',
      token_url: 'https://www.googleapis.com/oauth2/v4/token',
    }),
  },
  Facebook: {
    required: social,
    missing: socialDetailsMissing,
    added: ({ api_version = facebookVersion }) => ({
      api_version,
      attributes_url: `https://graph.facebook.com/${api_version}/me?fields=`,
      attributes_url_add_attributes: 'true',
      authorize_url: `https://www.facebook.com/${api_version}/dialog/oauth`,
      token_request_method: 'GET',
      token_url: `https://graph.facebook.com/${api_version}/oauth/access_token`,
    }),
  },
  LoginWithAmazon: {
    required: social,
    missing: socialDetailsMissing,
    added: () => ({
      attributes_url: 'https://api.amazon.com/user/profile',
      attributes_url_add_attributes: 'false',
      authorize_url: 'https://www.amazon.com/ap/oa',
      token_request_method: 'POST',
      token_url: 'https://api.amazon.com/auth/o2/token',
    }),
  },
  SignInWithApple: {
    required: ['client_id', 'team_id', 'key_id', 'private_key'],
    missing: appleDetailsMissing,
    added: () => ({
      attributes_url_add_attributes: 'false',
      authorize_url: 'https://appleid.apple.com/auth/authorize',
      oidc_issuer: 'https://appleid.apple.com',
      token_request_method: 'POST',
      token_url: 'https://appleid.apple.com/auth/token',
    }),
  },
  OIDC: {
    required: ['client_id', 'authorize_scopes', 'oidc_issuer', 'attributes_request_method'],
    missing: oidcDetailsMissing,
    added: () => ({ attributes_url_add_attributes: 'false' }),
  },
  SAML: { required: [], missing: samlMetadataMissing, added: () => ({}) },
};

type Sent = Pick<IdentityProvider, 'type'> & { readonly details: GivenDetails };

/** The details of a provider, new or `former`, once all that was given is found to be right. */
export function requireDetails(
  settings: Pick<Settings, 'issuerBase'>,
  { type, details: sent }: Sent,
  former?: ProviderDetails,
): ProviderDetails {
  // Nothing is undefined in what is left.
  const given = withoutUndefined({ ...keptSecrets(type, former), ...sent }) as ProviderDetails;
  const { required, missing, added } = kinds[type];
  if (!required.every((name) => given[name])) throw missing();
  requireForms(given);
  if (type === 'OIDC') requireOidc(settings, given);
  const complete = type === 'SAML' ? withMetadata(given) : { ...added(given), ...given };
  requireAddresses(settings, complete);
  return complete;
}

/** What no answer shows cannot be sent back, so it stays unless it is sent anew. */
const unshown: Readonly<Partial<Record<ProviderType, readonly string[]>>> = { SignInWithApple: ['private_key'] };

const keptSecrets = (type: ProviderType, former: ProviderDetails = {}): ProviderDetails =>
  Object.fromEntries(Object.entries(former).filter(([name]) => unshown[type]?.includes(name)));

export const shownDetails = ({ type, details }: Pick<IdentityProvider, 'type' | 'details'>): ProviderDetails =>
  Object.fromEntries(Object.entries(details).filter(([name]) => !unshown[type]?.includes(name)));

const flag = { form: /^(?:true|false)$/i, expected: 'true or false' };

const forms: Readonly<Record<string, { readonly form: RegExp; readonly expected: string }>> = {
  api_version: { form: /^v[0-9]{1,3}\.[0-9]{1,3}$/, expected: 'a version such as v17.0' },
  attributes_url_add_attributes: flag,
  token_request_method: { form: /^(?:GET|POST)$/, expected: 'GET or POST' },
  IDPSignout: flag,
  IDPInit: flag,
  EncryptedResponses: flag,
  RequestSigningAlgorithm: { form: /^rsa-sha256$/, expected: 'rsa-sha256' },
};

function requireForms(given: ProviderDetails): void {
  for (const [name, { form, expected }] of Object.entries(forms)) {
    const value = given[name];
    if (value !== undefined && !form.test(value)) throw providerDetailInvalid(name, expected);
  }
}

function requireOidc(settings: Pick<Settings, 'issuerBase'>, given: ProviderDetails): void {
  const { oidc_issuer: issuer = '', authorize_scopes: scopes = '', attributes_request_method: method = '' } = given;
  if (!isWebAddress(settings, issuer)) throw issuerNotSecure();
  if (!scopes.split(/\s+/).includes('openid')) throw openidScopeMissing();
  if (method !== 'GET' && method !== 'POST') throw constraintsViolated([methodClause(method)]);
}

const methodClause = (method: string): string =>
  `Value '${method}' at 'attributesRequestMethod' failed to satisfy constraint: Member must satisfy enum value set: [POST, GET]`;

/** Of a file it is known at once where the provider is; what stands behind an address is not fetched. */
function withMetadata({ ActiveEncryptionCertificate: _ours, ...given }: ProviderDetails): ProviderDetails {
  const { MetadataURL: url, MetadataFile: file } = given;
  if (url && file) throw samlMetadataAmbiguous();
  if (!file) {
    if (url) return given;
    throw samlMetadataMissing();
  }
  const { SSORedirectBindingURI: _signOn, SLORedirectBindingURI: _logout, ...others } = given;
  const { signOn, logout } = requireSamlMetadata(file);
  return { ...others, SSORedirectBindingURI: signOn, ...(logout && { SLORedirectBindingURI: logout }) };
}

const addresses = [
  'attributes_url',
  'authorize_url',
  'token_url',
  'jwks_uri',
  'oidc_issuer',
  'MetadataURL',
  'SSORedirectBindingURI',
  'SLORedirectBindingURI',
];

/** Everything that the service would one day connect to, or send people to. */
function requireAddresses(settings: Pick<Settings, 'issuerBase'>, details: ProviderDetails): void {
  for (const name of addresses) {
    const address = details[name];
    if (address && !isWebAddress(settings, address)) throw providerUrlInvalid(name);
  }
}
