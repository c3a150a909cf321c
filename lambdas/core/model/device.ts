/** A device that a user has signed in with and that its application has confirmed. */

export interface Device {
  /** `<region>_<UUID>`, made by the service at the sign-in. */
  readonly key: string;
  /** Of the user whose device it is: a later one of the same name has none of them. */
  readonly sub: string;
  readonly name?: string | undefined;
  /** Whether signing in with it may stand for a second factor. */
  readonly remembered: boolean;
  /** SRP salt and verifier of the device's own secret, sealed for this device alone. */
  readonly verifier: Uint8Array;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly authenticatedAt: number;
  /** From where it last signed in, where that is known. */
  readonly lastAddress?: string | undefined;
  /** Counts writes, kept by the store. */
  readonly version: number;
}
