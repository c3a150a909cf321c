/** Wraps data keys with a symmetric key that never leaves KMS. */
import { DecryptCommand, EncryptCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { KeyWrap } from '../../core/ports/key-wrap.ts';
import { type Patience, patiently } from './patience.ts';

export interface KmsKeyWrapOptions {
  readonly client: KMSClient;
  readonly keyArn: string;
  readonly patience?: Patience;
}

/** Unwraps with this key alone, whichever one a wrapped key names. */
export const kmsKeyWrap = ({ client, keyArn, patience }: KmsKeyWrapOptions): KeyWrap => {
  const ask = patiently(patience);
  return {
    async wrap(key, context) {
      const command = new EncryptCommand({ KeyId: keyArn, Plaintext: key, EncryptionContext: { ...context } });
      const { CiphertextBlob } = await ask('Encrypt', () => client.send(command));
      return requireBytes(CiphertextBlob);
    },
    async unwrap(wrapped, context) {
      const EncryptionContext = { ...context };
      const command = new DecryptCommand({ KeyId: keyArn, CiphertextBlob: wrapped, EncryptionContext });
      const { Plaintext } = await ask('Decrypt', () => client.send(command));
      return requireBytes(Plaintext);
    },
  };
};

const requireBytes = (bytes: Uint8Array | undefined): Uint8Array => {
  if (bytes === undefined) throw new Error('KMS answered without a result');
  return bytes;
};
