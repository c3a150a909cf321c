/** Makes the signing keys of pools from keys in KMS that all pools of a deployment share. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { TokenUse } from '../../core/model/signing-key.ts';
import type { Clock } from '../../core/ports/clock.ts';
import { cacheOf } from '../system/cache.ts';
import type { KeyMaker } from '../system/key-kinds.ts';
import { type Ask, type Patience, patiently } from './patience.ts';

/** ARNs of two keys, one for each use. */
export type KeyGeneration = Readonly<Record<TokenUse, string>>;

export interface KmsKeyMakerOptions {
  readonly client: KMSClient;
  readonly clock: Clock;
  /** All that there are, eldest first: keys are made of the newest. */
  readonly generations: readonly KeyGeneration[];
  readonly patience?: Patience;
}

/** A key costs nothing to make, so pools have theirs before anybody asks. KMS renews none: generations are added. */
export const kmsKeyMaker = ({ client, clock, generations, patience }: KmsKeyMakerOptions): KeyMaker => {
  const newest = generations.at(-1);
  if (!newest) throw new Error('There is no generation of signing keys in KMS');
  // The public half of a key in KMS never changes.
  const known = cacheOf<string, KeyObject>(clock, { lifetime: Number.POSITIVE_INFINITY, size: 100 });
  const ask = patiently(patience);

  return {
    isEager: true,
    lifetime: Number.POSITIVE_INFINITY,
    isCurrent: (key) => key.provider === 'kms' && key.ref === newest[key.use],
    async make(poolId, use, state) {
      const ref = newest[use];
      const publicKey = await known.get(ref, () => fetchPublicKey(client, ask, ref));
      const kid = kidOf(poolId, use, publicKey);
      const jwk = { alg: 'RS256', ...numbersOf(publicKey), kid, kty: 'RSA', use: 'sig' } as const;
      return { kid, poolId, use, state, since: clock.now(), jwk, provider: 'kms', ref };
    },
  };
};

const fetchPublicKey = async (client: KMSClient, ask: Ask, ref: string): Promise<KeyObject> => {
  const command = new GetPublicKeyCommand({ KeyId: ref });
  const { PublicKey, SigningAlgorithms } = await ask('GetPublicKey', () => client.send(command));
  if (PublicKey === undefined || !SigningAlgorithms?.includes('RSASSA_PKCS1_V1_5_SHA_256')) {
    throw new Error(`The key ${ref} in KMS is none that signs by RS256`);
  }
  return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
};

/**
 * Base64 of the SHA-256 of pool, use and public key (SubjectPublicKeyInfo). Pools share the key and yet none finds its
 * own by the id that it has in another. NUL keeps the parts apart: ids of pools and names of uses have none.
 */
const kidOf = (poolId: string, use: TokenUse, publicKey: KeyObject): string =>
  createHash('sha256')
    .update(`${poolId}\0${use}\0`)
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('base64');

const numbersOf = (publicKey: KeyObject): { readonly n: string; readonly e: string } => {
  const { n, e } = publicKey.export({ format: 'jwk' });
  if (n === undefined || e === undefined) throw new Error('An RSA key without its numbers');
  return { n, e };
};
