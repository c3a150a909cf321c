/** Makes a sealed, otherwise stateless value good for one use. */
export interface NonceStore {
  consume(nonce: string, expiresAt: number): Promise<'consumed' | 'used'>;
}
