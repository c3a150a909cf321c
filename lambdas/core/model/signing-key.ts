/** A pool's signing keys. States run `next`, `active`, `retired`; then the record is removed. */

export type TokenUse = 'id' | 'access';

/** By where its private half is kept. */
export type SigningKey = SealedKey | KmsKey;

interface KeyRecord {
  /** 44 characters of base64, unique to pool and use. */
  readonly kid: string;
  readonly poolId: string;
  readonly use: TokenUse;
  readonly state: 'next' | 'active' | 'retired';
  /** Since when (ms) the key has been in its state. */
  readonly since: number;
  readonly jwk: Jwk;
}

export interface SealedKey extends KeyRecord {
  readonly provider: 'sealed';
  /** PKCS#8, sealed for this record. */
  readonly sealedPrivateKey: Uint8Array;
}

export interface KmsKey extends KeyRecord {
  readonly provider: 'kms';
  /** ARN of a key in KMS, which the records of other pools may name as well. */
  readonly ref: string;
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
