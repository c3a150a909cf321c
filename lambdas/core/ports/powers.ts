/** Modular powers in the 3072-bit group of RFC 5054 (SRP's N, g = 2), off the main thread. */
export interface ModularPowers {
  /** g^exponent mod N, as 384 bytes big-endian. */
  ofGenerator(exponent: Uint8Array): Promise<Uint8Array>;
  /** base^exponent mod N, as 384 bytes big-endian; base is 1 < base < N - 1. */
  of(base: Uint8Array, exponent: Uint8Array): Promise<Uint8Array>;
}
