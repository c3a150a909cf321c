/** Signs and verifies a pool's tokens. */
import type { Jwk, TokenUse } from '../model/signing-key.ts';

export interface Signer {
  /** A compact JWS (RS256, header `kid` and `alg` only) of the claims, under the pool's active key for this use. */
  sign(poolId: string, use: TokenUse, claims: Readonly<Record<string, unknown>>): Promise<string>;
  /** The claims of a JWS that one of the pool's keys for this use signed; expiry is the caller's business. */
  verify(poolId: string, use: TokenUse, jws: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  published(poolId: string): Promise<PublishedKeys>;
  /**
   * Makes the first keys of a new pool where verifiers should find them before its first token. What cannot be made at
   * the moment is made when it is needed.
   */
  prepare(poolId: string): Promise<void>;
}

export interface PublishedKeys {
  /** Those that are `next`, `active` and `retired`. */
  readonly keys: readonly Jwk[];
  /** Whether both uses have a key that signs. Until then the next token may add one: nobody should keep the list. */
  readonly isComplete: boolean;
}
