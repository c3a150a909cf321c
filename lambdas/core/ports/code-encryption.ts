/** Encrypts codes for the functions of a pool that deliver its messages themselves. */
export interface CodeEncryption {
  /**
   * A message of the AWS Encryption SDK, in base64, under the key of KMS that the ARN names; its encryption context has the
   * pool's id as `userpool-id`. Rejects with `CodeNotEncrypted` where the key cannot be used.
   */
  encrypt(keyArn: string, poolId: string, plaintext: string): Promise<string>;
}

/** The message says why, and holds nothing of what was to be encrypted. */
export class CodeNotEncrypted extends Error {
  override readonly name = 'CodeNotEncrypted';
}
