/** What a function of the pool has changed about the tokens of one issue. */

export interface TokenOverrides {
  /** In place of the user's own; absent where these stay. */
  readonly groups?: GroupOverride | undefined;
  readonly id: ClaimOverrides;
  readonly access: ClaimOverrides & ScopeOverrides;
}

export interface GroupOverride {
  readonly names: readonly string[];
  readonly roles: readonly string[];
  readonly preferredRole?: string | undefined;
}

export interface ClaimOverrides {
  /** As JSON carries them. */
  readonly add: Readonly<Record<string, unknown>>;
  readonly suppress: readonly string[];
}

export interface ScopeOverrides {
  readonly addScopes: readonly string[];
  readonly suppressScopes: readonly string[];
}
