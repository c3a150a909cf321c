/** Confirmation codes: what is stored of them, never the code itself. */

export type CodePurpose = 'sign-up' | 'reset-password' | 'verify-email' | 'verify-phone_number';

export interface StoredCode {
  /** Keyed digest of purpose, target and code. */
  readonly digest: Uint8Array;
  /** The attribute that the code proves, and the address it went to. */
  readonly attribute: 'email' | 'phone_number';
  readonly target: string;
  readonly expiresAt: number;
}

export interface NewCode extends StoredCode {
  readonly purpose: CodePurpose;
}
