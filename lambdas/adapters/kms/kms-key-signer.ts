/** Signs with private keys that never leave KMS. */
import { createHash } from 'node:crypto';
import { type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { KmsKey } from '../../core/model/signing-key.ts';
import type { KeySigner } from '../system/key-kinds.ts';
import { type Patience, patiently } from './patience.ts';

export interface KmsKeySignerOptions {
  readonly client: KMSClient;
  readonly patience?: Patience;
}

/** KMS is sent the digest: of a message it takes 4,096 bytes at most, and tokens may be longer. */
export const kmsKeySigner = ({ client, patience }: KmsKeySignerOptions): KeySigner<KmsKey> => {
  const ask = patiently(patience);
  return {
    async sign({ ref }, text) {
      const command = new SignCommand({
        KeyId: ref,
        Message: createHash('sha256').update(text).digest(),
        MessageType: 'DIGEST',
        SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
      });
      const { Signature } = await ask('Sign', () => client.send(command));
      if (Signature === undefined) throw new Error('KMS answered without a signature');
      return Signature;
    },
  };
};
