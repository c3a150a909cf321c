/** Makes a sealed, otherwise stateless value good for one use, or for a few. */
export interface NonceStore {
  consume(nonce: string, expiresAt: number): Promise<'consumed' | 'used'>;
  /** How often it was asked to count under this name, this time included. */
  count(name: string, expiresAt: number): Promise<number>;
}
