/** An app client: what an application may do with a pool. */

export interface Client {
  readonly id: string;
  readonly poolId: string;
  readonly name: string;
  /** Newest last; at most two. Empty for a public client. */
  readonly secrets: readonly ClientSecret[];
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly settings: ClientSettings;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

export interface ClientSecret {
  readonly id: string;
  readonly createdAt: number;
  /** Clear text in memory, sealed at rest by the store. */
  readonly value: string;
}

/** In the API's own words, as written by the caller: absent means the API's default applies. */
export interface ClientSettings {
  readonly RefreshTokenValidity?: number | undefined;
  readonly AccessTokenValidity?: number | undefined;
  readonly IdTokenValidity?: number | undefined;
  readonly TokenValidityUnits?: TokenValidityUnits | undefined;
  readonly ReadAttributes?: readonly string[] | undefined;
  readonly WriteAttributes?: readonly string[] | undefined;
  readonly ExplicitAuthFlows?: readonly string[] | undefined;
  readonly SupportedIdentityProviders?: readonly string[] | undefined;
  readonly CallbackURLs?: readonly string[] | undefined;
  readonly LogoutURLs?: readonly string[] | undefined;
  readonly DefaultRedirectURI?: string | undefined;
  readonly AllowedOAuthFlows?: readonly string[] | undefined;
  readonly AllowedOAuthScopes?: readonly string[] | undefined;
  readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined;
  readonly AnalyticsConfiguration?: Readonly<Record<string, unknown>> | undefined;
  readonly PreventUserExistenceErrors?: 'LEGACY' | 'ENABLED' | undefined;
  readonly EnableTokenRevocation?: boolean | undefined;
  readonly EnablePropagateAdditionalUserContextData?: boolean | undefined;
  readonly AuthSessionValidity?: number | undefined;
  readonly RefreshTokenRotation?: RefreshTokenRotation | undefined;
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
