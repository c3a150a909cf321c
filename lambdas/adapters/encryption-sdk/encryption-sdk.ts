/** Encrypts codes as the AWS Encryption SDK does, which is what functions that deliver messages decrypt with. */
import { type CodeEncryption, CodeNotEncrypted } from '../../core/ports/code-encryption.ts';
import type { MakeDataKey } from './data-key.ts';

/** The library is loaded with the first code. */
export const encryptionSdk = (makeDataKey: MakeDataKey): CodeEncryption => ({
  async encrypt(keyArn, poolId, plaintext) {
    const { senderMessage } = await import('./sender-messages.ts');
    try {
      return await senderMessage(makeDataKey, keyArn, { 'userpool-id': poolId }, plaintext);
    } catch (cause) {
      throw new CodeNotEncrypted(`no data key of the pool's KMSKeyID (${nameOf(cause)})`, { cause });
    }
  },
});

/** What KMS calls its refusal; its words may name whoever called it. */
function nameOf(cause: unknown): string {
  const name = cause instanceof Error ? cause.name : '';
  return /^\w{1,64}$/.test(name) ? name : 'Error';
}
