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
  readonly attachment?: Attachment | undefined;
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

/** Built into the device that was signed in with, or one that goes from device to device. */
export type Attachment = 'platform' | 'cross-platform';

/** What a browser says about the page that asked (`CollectedClientData`). */
export interface ClientData {
  readonly type: string;
  /** Base64url, as the authenticator signs it. */
  readonly challenge: string;
  readonly origin: string;
  /** Whether the page stood in one of another site. */
  readonly crossOrigin: boolean;
}

/** What a browser hands over of a new passkey (`RegistrationResponseJSON`). Bytes are base64url without padding. */
export interface PasskeyRegistration {
  readonly id: string;
  readonly clientDataJSON: string;
  /** What `clientDataJSON` says. */
  readonly clientData: ClientData;
  readonly attestationObject: string;
  readonly transports: readonly string[];
  readonly attachment?: Attachment | undefined;
}

/** What a browser hands over of a sign-in by passkey (`AuthenticationResponseJSON`), in the same form. */
export interface PasskeyAssertion {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly clientData: ClientData;
  readonly authenticatorData: string;
  readonly signature: string;
  /** Whom the authenticator keeps the passkey for. */
  readonly userHandle?: string | undefined;
}
