/** An API that tokens are issued for, with the scopes that they may carry. */

export interface ResourceServer {
  readonly poolId: string;
  /** What its scopes begin with; often the address of the API. */
  readonly identifier: string;
  readonly name: string;
  readonly scopes: readonly ResourceServerScope[];
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

/** In the API's own words. */
export interface ResourceServerScope {
  readonly ScopeName: string;
  readonly ScopeDescription: string;
}
