/** Signs and verifies a pool's tokens. */
import type { Jwk, TokenUse } from '../model/signing-key.ts';

export interface Signer {
  /** A compact JWS (RS256, header `kid` and `alg` only) of the claims, under the pool's active key for this use. */
  sign(poolId: string, use: TokenUse, claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** The claims of a JWS that one of the pool's keys for this use signed; expiry is the caller's business. */
  verify(poolId: string, use: TokenUse, jws: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  /** Public keys to publish: `next`, `active` and `retired`. */
  published(poolId: string): Promise<readonly Jwk[]>;
}
