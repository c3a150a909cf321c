/** A pool's signing keys. States run `next`, `active`, `retired`; then the record is removed. */

export type TokenUse = 'id' | 'access';

export interface SigningKey {
  /** 44 characters of base64, unique to pool and use. */
  readonly kid: string;
  readonly poolId: string;
  readonly use: TokenUse;
  readonly state: 'next' | 'active' | 'retired';
  /** Since when (ms) the key has been in its state. */
  readonly since: number;
  readonly jwk: Jwk;
  /** PKCS#8, sealed for this record. */
  readonly sealedPrivateKey: Uint8Array;
}

/** As published: RSA, RS256, for signatures. */
export interface Jwk {
  readonly kid: string;
  readonly kty: 'RSA';
  readonly alg: 'RS256';
  readonly use: 'sig';
  readonly n: string;
  readonly e: string;
}
