/** An app client: what an application may do with a pool. */
import type { OAuthFlow } from './pool.ts';

export interface Client {
  readonly id: string;
  readonly poolId: string;
  readonly name: string;
  /** Newest last; at most two. Empty for a public client. */
  readonly secrets: readonly ClientSecret[];
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly settings: ClientSettings;
  /** Set apart from the settings, which an update replaces. */
  readonly ssoSession?: SsoSession | undefined;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

export interface ClientSecret {
  readonly id: string;
  readonly createdAt: number;
  /** Clear text in memory, sealed at rest by the store. */
  readonly value: string;
}

export interface SsoSession {
  /** How long (minutes) after a sign-in the client is content with it; 0 always asks anew. */
  readonly MaxValidityMinutes: number;
}

/** In the API's own words, as written by the caller: absent means the API's default applies. */
export interface ClientSettings {
  readonly RefreshTokenValidity?: number | undefined;
  readonly AccessTokenValidity?: number | undefined;
  readonly IdTokenValidity?: number | undefined;
  readonly TokenValidityUnits?: TokenValidityUnits | undefined;
  readonly ReadAttributes?: readonly string[] | undefined;
  readonly WriteAttributes?: readonly string[] | undefined;
  readonly ExplicitAuthFlows?: readonly ExplicitAuthFlow[] | undefined;
  readonly SupportedIdentityProviders?: readonly string[] | undefined;
  readonly CallbackURLs?: readonly string[] | undefined;
  readonly LogoutURLs?: readonly string[] | undefined;
  readonly DefaultRedirectURI?: string | undefined;
  readonly AllowedOAuthFlows?: readonly OAuthFlow[] | undefined;
  readonly AllowedOAuthScopes?: readonly string[] | undefined;
  readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined;
  readonly AnalyticsConfiguration?: AnalyticsConfiguration | undefined;
  readonly PreventUserExistenceErrors?: 'LEGACY' | 'ENABLED' | undefined;
  readonly EnableTokenRevocation?: boolean | undefined;
  readonly EnablePropagateAdditionalUserContextData?: boolean | undefined;
  readonly AuthSessionValidity?: number | undefined;
  readonly RefreshTokenRotation?: RefreshTokenRotation | undefined;
}

/** Those without the prefix are the older ones; a client has values of one kind alone. */
export type ExplicitAuthFlow =
  | 'ADMIN_NO_SRP_AUTH'
  | 'CUSTOM_AUTH_FLOW_ONLY'
  | 'USER_PASSWORD_AUTH'
  | 'ALLOW_ADMIN_USER_PASSWORD_AUTH'
  | 'ALLOW_CUSTOM_AUTH'
  | 'ALLOW_USER_PASSWORD_AUTH'
  | 'ALLOW_USER_SRP_AUTH'
  | 'ALLOW_REFRESH_TOKEN_AUTH'
  | 'ALLOW_USER_AUTH'
  | 'ALLOW_CLIENT_TOKEN_AUTH';

export interface AnalyticsConfiguration {
  readonly ApplicationId?: string | undefined;
  readonly ApplicationArn?: string | undefined;
  readonly RoleArn?: string | undefined;
  readonly ExternalId?: string | undefined;
  readonly UserDataShared?: boolean | undefined;
}

export type TimeUnit = 'seconds' | 'minutes' | 'hours' | 'days';

export interface TokenValidityUnits {
  readonly AccessToken?: TimeUnit | undefined;
  readonly IdToken?: TimeUnit | undefined;
  readonly RefreshToken?: TimeUnit | undefined;
}

export interface RefreshTokenRotation {
  readonly Feature: 'ENABLED' | 'DISABLED';
  readonly RetryGracePeriodSeconds?: number | undefined;
}
