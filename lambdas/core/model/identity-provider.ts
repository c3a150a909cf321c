/** An identity provider that users of a pool may come from: who it is, how to ask it, what it says about people. */

export interface IdentityProvider {
  readonly poolId: string;
  /** Unique in its pool; never changes. */
  readonly name: string;
  /** Never changes. */
  readonly type: ProviderType;
  /** `ProviderDetails` by the API's keys, its secrets among them. */
  readonly details: ProviderDetails;
  /** By attribute of the pool's schema (or `username`): the claim that it is taken from. */
  readonly mapping: Readonly<Record<string, string>>;
  /** Other names that lead to it, each unique in the pool. */
  readonly identifiers: readonly string[];
  /** By level, `Level1` to `Level4`: what this provider calls it. */
  readonly acrMapping?: Readonly<Record<string, string>> | undefined;
  /** Names of attributes, other than the subject, that users have been linked by. */
  readonly linkAttributes?: readonly string[] | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

export type ProviderType = 'SAML' | 'Facebook' | 'Google' | 'LoginWithAmazon' | 'SignInWithApple' | 'OIDC';

export type ProviderDetails = Readonly<Record<string, string>>;
