/** Confirmation codes: what is stored of them, never the code itself. */
import type { VerifiableAttribute } from './user.ts';

/** Codes that people ask for and confirm something with. */
export type ConfirmationPurpose = 'sign-up' | 'reset-password' | `verify-${VerifiableAttribute}`;

/**
 * Those that are sent to sign in with belong to one session. A first factor, which strangers may ask for, does not take the
 * place of a second one.
 */
export type SignInPurpose = 'first-factor' | 'second-factor';

export type CodePurpose = ConfirmationPurpose | SignInPurpose;

export interface StoredCode {
  /** Keyed digest of purpose, target and code. */
  readonly digest: Uint8Array;
  /** The attribute that the code proves, and the address it went to. */
  readonly attribute: VerifiableAttribute;
  readonly target: string;
  readonly expiresAt: number;
}

/** The live one of each purpose. */
export type SignInCodes = Readonly<Record<SignInPurpose, StoredCode | undefined>>;

export interface NewCode extends StoredCode {
  readonly purpose: CodePurpose;
}

/** Whose code it is. Names that nobody has may have codes as well, so that they behave like those of users. */
export interface CodeOwner {
  readonly username: string;
  /** Of a user: a code stays with them when the name is given up and taken again. */
  readonly sub?: string | undefined;
}
