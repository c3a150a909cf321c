/** Wraps the data keys that everything else is sealed with: KMS on AWS, the master key file on one machine. */
export interface KeyWrap {
  /** `context` is bound to the wrapped key: unwrapping with another one fails. */
  wrap(key: Uint8Array, context: KeyContext): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array, context: KeyContext): Promise<Uint8Array>;
}

export type KeyContext = Readonly<Record<string, string>>;
