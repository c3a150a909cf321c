/** A user of a pool, and what lists tell of one. */
import type { Identity } from './identity.ts';
import type { MfaFactor } from './pool.ts';

export interface User {
  readonly poolId: string;
  /** As every answer and token shows it; never changes. */
  readonly username: string;
  /** UUID, lower case; never changes. */
  readonly sub: string;
  /** By attribute name (`email`, `custom:plan`, `email_verified`), without `sub`. */
  readonly attributes: Attributes;
  /** Accounts at identity providers that lead to the user; none is an empty list or no list. */
  readonly identities?: readonly Identity[] | undefined;
  readonly status: UserStatus;
  readonly enabled: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Absent for a user without a password. */
  readonly password?: StoredPassword | undefined;
  /** Sealed verifiers of earlier permanent passwords, newest first; only as many as the policy remembers. */
  readonly passwordHistory?: readonly Uint8Array[] | undefined;
  /** New addresses that wait for their code. */
  readonly pending?: Readonly<Partial<Record<VerifiableAttribute, string>>> | undefined;
  readonly mfa?: MfaPreferences | undefined;
  /** Tokens of families that began at or before this moment (ms) are revoked. */
  readonly tokensValidAfter?: number | undefined;
  /** How many passkeys the user has, by the id of the relying party; kept by the store of passkeys. */
  readonly passkeyCounts?: Readonly<Record<string, number>> | undefined;
  /** How many groups the user is in at most, kept by the store of groups: some of them may be gone. */
  readonly groupCount?: number | undefined;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

/** What a list tells of a user: never enough to save from. */
export type ListedUser = Pick<
  User,
  | 'poolId'
  | 'username'
  | 'sub'
  | 'attributes'
  | 'identities'
  | 'status'
  | 'enabled'
  | 'createdAt'
  | 'modifiedAt'
  | 'mfa'
>;

export type Attributes = Readonly<Record<string, string>>;

export type VerifiableAttribute = 'email' | 'phone_number';

export type UserStatus =
  | 'UNCONFIRMED'
  | 'CONFIRMED'
  | 'RESET_REQUIRED'
  | 'FORCE_CHANGE_PASSWORD'
  | 'EXTERNAL_PROVIDER'
  | 'ARCHIVED'
  | 'COMPROMISED'
  | 'UNKNOWN';

/** SRP salt and verifier, sealed for this user alone. */
export interface StoredPassword {
  readonly sealed: Uint8Array;
  /** For a temporary password: the moment (ms) after which it no longer signs in. */
  readonly expiresAt?: number | undefined;
  /** When (ms) it took the place of another one; absent of a first one. */
  readonly setAt?: number | undefined;
}

export interface MfaPreferences {
  readonly enabled: readonly MfaFactor[];
  /** One of those that are enabled. */
  readonly preferred?: MfaFactor | undefined;
  /** Legacy `MFAOptions`. */
  readonly options?:
    | readonly { readonly DeliveryMedium: 'SMS' | 'EMAIL'; readonly AttributeName: string }[]
    | undefined;
}
