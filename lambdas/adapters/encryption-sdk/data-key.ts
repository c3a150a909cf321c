/** Who makes data keys, in the words of KMS. */

/** As GenerateDataKey of KMS takes them. */
export interface DataKeyOrder {
  /** ARN of a key, or of an alias. */
  readonly KeyId: string;
  readonly NumberOfBytes: number;
  readonly EncryptionContext: Readonly<Record<string, string>>;
}

export interface DataKey {
  /** ARN of the key, whatever it was asked for by. */
  readonly KeyId: string;
  readonly Plaintext: Uint8Array;
  readonly CiphertextBlob: Uint8Array;
}

export type MakeDataKey = (order: DataKeyOrder) => Promise<DataKey>;
