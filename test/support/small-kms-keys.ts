/** The keys of the small KMS: symmetric ones for wrapping, RSA ones for signatures. */
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { keyPairs } from '../../lambdas/adapters/system/key-pairs.ts';

interface CommonMembers {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: number;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
}

interface WrapKey extends CommonMembers {
  readonly usage: 'ENCRYPT_DECRYPT';
  readonly secret: Buffer;
}

interface PairKey extends CommonMembers {
  readonly usage: 'SIGN_VERIFY';
  readonly privateKey: KeyObject;
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Buffer;
}

export type SmallKey = WrapKey | PairKey;

export interface KeyHome {
  readonly region: string;
  readonly account: string;
}

const commonMembers = ({ region, account }: KeyHome, id: string = randomUUID()): CommonMembers => {
  return { id, arn: `arn:aws:kms:${region}:${account}:key/${id}`, createdAt: Date.now(), state: 'Enabled' };
};

export const newWrapKey = (home: KeyHome, id?: string): SmallKey => ({
  ...commonMembers(home, id),
  usage: 'ENCRYPT_DECRYPT',
  secret: randomBytes(32),
});

/** No two keys of one KMS are alike; those of the next one in this process take no time to make. */
const made: Promise<KeyObject>[] = [];

const pairOf = (index: number): Promise<KeyObject> => {
  made[index] ??= keyPairs()
    .take()
    .then(({ privateKey }) => createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' }));
  return made[index];
};

/** `index`: how many pairs this KMS has so far. */
export const newPairKey = async (home: KeyHome, index: number): Promise<SmallKey> => {
  const privateKey = await pairOf(index);
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { ...commonMembers(home), usage: 'SIGN_VERIFY', privateKey, spki };
};
