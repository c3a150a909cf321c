/** What an authenticator app of a user makes codes of (RFC 6238). Secrets are sealed for this user alone. */

export interface SoftwareToken {
  /** The one that signs in; absent until a first code has proven it. */
  readonly secret?: Uint8Array | undefined;
  /** As the user called the device that holds it. */
  readonly name?: string | undefined;
  /** A newer one that waits for its first code; the older one is good until then. */
  readonly pending?: Uint8Array | undefined;
  /** The last step of time whose code was taken: neither it nor one before it is taken again. */
  readonly lastStep: number;
}
