/** A passkey (WebAuthn credential) that a user has registered. */

export interface Passkey {
  /** Credential id, base64url without padding. */
  readonly id: string;
  /** Of the user whose passkey it is: a later one of the same name has none of them. */
  readonly sub: string;
  /** As the user sees it in a list. */
  readonly name: string;
  readonly relyingPartyId: string;
  /** COSE key. */
  readonly publicKey: Uint8Array;
  /** Signature counter; 0 for authenticators that have none. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly attachment?: 'platform' | 'cross-platform' | undefined;
  readonly createdAt: number;
}

/** A registration that has begun: one for each user. */
export interface PendingPasskey {
  /** Base64url, as the authenticator signs it. */
  readonly challenge: string;
  /** The client whose access token asked for it. */
  readonly clientId: string;
  readonly relyingPartyId: string;
  readonly expiresAt: number;
}
