/** What CreateUserPoolClient and UpdateUserPoolClient make of a client's settings. */
import {
  attributeListInvalid,
  clientCredentialsNotAlone,
  clientCredentialsWithoutSecret,
  clientTokensNotAlone,
  contextDataWithoutSecret,
  defaultRedirectNotListed,
  featureNotInTier,
  flowsMixed,
  oauthIncomplete,
  providerUnknown,
  redirectUriInvalid,
  requiredAttributeNotWritable,
  rotationWithRefreshFlow,
  scopeUnknown,
  secretGivenAndGenerated,
} from '../core/contract/errors.ts';
import type { ClientSettings } from '../core/model/client.ts';
import type { Pool } from '../core/model/pool.ts';
import { isForApplications, isLegacy, isRotating } from '../core/rules/auth-flows.ts';
import { isNothing } from '../core/rules/present.ts';
import { findAttribute } from '../core/rules/schema.ts';
import { requireSettingSize } from '../core/rules/setting-size.ts';
import { isDeveloperOnly, isVerifiedFlag } from '../core/rules/standard-attributes.ts';
import { isTierAtLeast, tierOf } from '../core/rules/tiers.ts';
import { requireTokenValidity } from '../core/rules/token-validity.ts';
import { isRedirectUri } from './redirect-uris.ts';

/** What the settings of a client are held against. */
export interface ClientSurroundings {
  readonly pool: Pool;
  readonly hasSecret: boolean;
  /** `<server>/<scope>` for each scope of the pool's resource servers. */
  readonly customScopes?: readonly string[];
  /** Names of the pool's identity providers. */
  readonly providers?: readonly string[];
}

const settingNames: Readonly<Record<keyof ClientSettings, true>> = {
  RefreshTokenValidity: true,
  AccessTokenValidity: true,
  IdTokenValidity: true,
  TokenValidityUnits: true,
  ReadAttributes: true,
  WriteAttributes: true,
  ExplicitAuthFlows: true,
  SupportedIdentityProviders: true,
  CallbackURLs: true,
  LogoutURLs: true,
  DefaultRedirectURI: true,
  AllowedOAuthFlows: true,
  AllowedOAuthScopes: true,
  AllowedOAuthFlowsUserPoolClient: true,
  AnalyticsConfiguration: true,
  PreventUserExistenceErrors: true,
  EnableTokenRevocation: true,
  EnablePropagateAdditionalUserContextData: true,
  AuthSessionValidity: true,
  RefreshTokenRotation: true,
};

/**
 * The settings that a request asks for; refuses those that contradict each other. An update replaces all of them, so
 * it needs nothing of what was there before.
 */
export function clientSettingsFrom(input: ClientSettings, surroundings: ClientSurroundings): ClientSettings {
  const isSetting = ([name, value]: [string, unknown]) => Object.hasOwn(settingNames, name) && !isNothing(value);
  // Only members of the settings are left, each with the value it had.
  const settings = Object.fromEntries(Object.entries(input).filter(isSetting)) as ClientSettings;
  for (const check of checks) check(settings, surroundings);
  requireSettingSize(settings);
  return settings;
}

/** A client's first secret is made here or brought along. */
export function requireOneSecret(isGenerated: boolean | undefined, given: string | undefined): void {
  if (isGenerated && given !== undefined) throw secretGivenAndGenerated();
}

/** What the pool's plan lacks comes before what is wrong in itself. */
const checks: readonly ((settings: ClientSettings, surroundings: ClientSurroundings) => void)[] = [
  requirePlan,
  requireTokenValidity,
  requireFlows,
  requireSecretForContext,
  requireAttributeLists,
  requireRedirects,
  requireOAuth,
  requireScopes,
  requireProviders,
];

function requirePlan({ ExplicitAuthFlows = [] }: ClientSettings, { pool }: ClientSurroundings): void {
  if (ExplicitAuthFlows.includes('ALLOW_USER_AUTH') && !isTierAtLeast(pool.settings, 'ESSENTIALS')) {
    throw featureNotInTier('ALLOW_USER_AUTH', tierOf(pool.settings));
  }
}

function requireFlows(settings: ClientSettings): void {
  const flows = settings.ExplicitAuthFlows ?? [];
  if (flows.some(isLegacy) && !flows.every(isLegacy)) throw flowsMixed();
  if (isForApplications(settings) && flows.some((flow) => flow !== 'ALLOW_CLIENT_TOKEN_AUTH'))
    throw clientTokensNotAlone();
  if (isRotating(settings) && flows.includes('ALLOW_REFRESH_TOKEN_AUTH')) throw rotationWithRefreshFlow();
}

function requireSecretForContext(settings: ClientSettings, { hasSecret }: ClientSurroundings): void {
  if (settings.EnablePropagateAdditionalUserContextData && !hasSecret) throw contextDataWithoutSecret();
}

function requireAttributeLists(settings: ClientSettings, { pool }: ClientSurroundings): void {
  const { ReadAttributes: read, WriteAttributes: written } = settings;
  const isKnown = (name: string) => findAttribute(pool.schema, name) !== undefined && !isDeveloperOnly(name);
  if (read && !read.every(isKnown)) throw attributeListInvalid('read');
  if (!written) return;
  const mayBeWritten = (name: string) => isKnown(name) && name !== 'sub' && !isVerifiedFlag(name);
  if (!written.every(mayBeWritten)) throw attributeListInvalid('write');
  const needed = pool.schema.filter(({ Name, Required }) => Required && Name !== 'sub');
  const missing = needed.find(({ Name }) => !written.includes(Name));
  if (missing) throw requiredAttributeNotWritable(missing.Name);
}

function requireRedirects({ CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI }: ClientSettings): void {
  const invalid = [...CallbackURLs, ...LogoutURLs].find((uri) => !isRedirectUri(uri));
  if (invalid !== undefined) throw redirectUriInvalid(invalid);
  if (DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI)) throw defaultRedirectNotListed();
}

function requireOAuth(settings: ClientSettings, { hasSecret }: ClientSurroundings): void {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [] } = settings;
  const isComplete = flows.length > 0 && scopes.length > 0;
  if (settings.AllowedOAuthFlowsUserPoolClient && !isComplete) throw oauthIncomplete();
  if (!flows.includes('client_credentials')) return;
  if (flows.some((flow) => flow !== 'client_credentials')) throw clientCredentialsNotAlone();
  if (!hasSecret) throw clientCredentialsWithoutSecret();
}

const standardScopes = ['phone', 'email', 'openid', 'profile', 'aws.cognito.signin.user.admin'];

function requireScopes({ AllowedOAuthScopes = [] }: ClientSettings, { customScopes = [] }: ClientSurroundings): void {
  const unknown = AllowedOAuthScopes.find((scope) => !standardScopes.includes(scope) && !customScopes.includes(scope));
  if (unknown !== undefined) throw scopeUnknown(unknown);
}

function requireProviders(settings: ClientSettings, { pool, providers = [] }: ClientSurroundings): void {
  const asked = settings.SupportedIdentityProviders ?? [];
  const unknown = asked.find((name) => name !== 'COGNITO' && !providers.includes(name));
  if (unknown !== undefined) throw providerUnknown(unknown, pool.id);
}
