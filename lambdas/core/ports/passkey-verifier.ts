/** Checks what authenticators sign (WebAuthn), beside the client data, which our own rules have found to be right. */
import type { PasskeyAssertion, PasskeyRegistration } from '../model/passkey.ts';

/** What the answer of an authenticator has to be about. */
export interface Ceremony {
  /** Base64url, as it was handed out. */
  readonly challenge: string;
  /** As the client data names it, and as it was allowed. */
  readonly origin: string;
  readonly relyingPartyId: string;
  /** Whether the authenticator must have made sure who holds it, by a PIN or a finger, say. */
  readonly requiresVerification: boolean;
}

/** What is kept of a registration. */
export interface RegisteredKey {
  /** Credential id as the authenticator signed it, base64url without padding. */
  readonly id: string;
  /** COSE key. */
  readonly publicKey: Uint8Array;
  readonly counter: number;
}

/** `unsupported`: a key, a format or a lack of presence that no passkey is made of. */
export type RegistrationFault = 'unreadable' | 'another relying party' | 'unsupported';

export interface PasskeyVerifier {
  register(registration: PasskeyRegistration, expected: Ceremony): Promise<RegisteredKey | RegistrationFault>;
  /** The counter that was signed with it; undefined when it is not a signature by this key about this ceremony. */
  verify(
    assertion: PasskeyAssertion,
    key: Pick<RegisteredKey, 'publicKey' | 'counter'>,
    expected: Ceremony,
  ): Promise<{ readonly counter: number } | undefined>;
}
