/**
 * What of the AWS Encryption SDK it takes to encrypt a code. The library's own keyring would bring clients of KMS and of
 * DynamoDB along, and bundles share their code with what every start loads; this one makes the same message.
 */
import { buildEncrypt } from '@aws-crypto/encrypt-node';
import {
  CommitmentPolicy,
  EncryptedDataKey,
  KeyringNode,
  KeyringTraceFlag,
  type NodeEncryptionMaterial,
} from '@aws-crypto/material-management-node';
import type { MakeDataKey } from './data-key.ts';

/** As decrypting keyrings of KMS look for it. */
const providerId = 'aws-kms';

/** What KMS does at once when it makes a data key. */
const done =
  KeyringTraceFlag.WRAPPING_KEY_GENERATED_DATA_KEY |
  KeyringTraceFlag.WRAPPING_KEY_ENCRYPTED_DATA_KEY |
  KeyringTraceFlag.WRAPPING_KEY_SIGNED_ENC_CTX;

/** The library takes keyrings as classes. */
class GeneratingKeyring extends KeyringNode {
  private readonly makeDataKey: MakeDataKey;
  private readonly keyArn: string;

  constructor(makeDataKey: MakeDataKey, keyArn: string) {
    super();
    this.makeDataKey = makeDataKey;
    this.keyArn = keyArn;
  }

  async _onEncrypt(material: NodeEncryptionMaterial): Promise<NodeEncryptionMaterial> {
    const { suite, encryptionContext } = material;
    const order = { NumberOfBytes: suite.keyLengthBytes, EncryptionContext: encryptionContext };
    const { KeyId, Plaintext, CiphertextBlob } = await this.makeDataKey({ KeyId: this.keyArn, ...order });
    const trace = { keyNamespace: providerId, keyName: KeyId, flags: done };
    // The material overwrites its key when it is done with it, so it gets bytes of its own.
    return material
      .setUnencryptedDataKey(Uint8Array.from(Plaintext), trace)
      .addEncryptedDataKey(
        new EncryptedDataKey({ providerId, providerInfo: KeyId, encryptedDataKey: CiphertextBlob }),
        KeyringTraceFlag.WRAPPING_KEY_ENCRYPTED_DATA_KEY | KeyringTraceFlag.WRAPPING_KEY_SIGNED_ENC_CTX,
      );
  }

  async _onDecrypt(): Promise<never> {
    throw new Error('Codes are decrypted by the functions that get them');
  }
}

const { encrypt } = buildEncrypt(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);

/** In base64. */
export async function senderMessage(
  makeDataKey: MakeDataKey,
  keyArn: string,
  encryptionContext: Record<string, string>,
  plaintext: string,
): Promise<string> {
  const keyring = new GeneratingKeyring(makeDataKey, keyArn);
  const { result } = await encrypt(keyring, Buffer.from(plaintext), { encryptionContext });
  return result.toString('base64');
}
