/**
 * Stands in for KMS on one machine, as far as custom senders need it: keys to encrypt codes with. Every key that a pool may
 * name is there, and all of them are derived from the service's own data keys.
 */
import { createHash } from 'node:crypto';
import type { Random } from '../../core/ports/random.ts';
import type { Sealer } from '../../core/ports/sealer.ts';
import type { DataKey, DataKeyOrder } from '../encryption-sdk/data-key.ts';

export type EncryptionContext = Readonly<Record<string, string>>;

export interface SenderKeys {
  generateDataKey(order: DataKeyOrder): Promise<DataKey>;
  encrypt(order: Plain): Promise<Omit<DataKey, 'Plaintext'>>;
  decrypt(order: Sealed): Promise<Omit<DataKey, 'CiphertextBlob'>>;
}

export interface Plain {
  readonly KeyId: string;
  readonly Plaintext: Uint8Array;
  readonly EncryptionContext: EncryptionContext;
}

export interface Sealed {
  /** Absent: the key that the value names. */
  readonly KeyId?: string | undefined;
  readonly CiphertextBlob: Uint8Array;
  readonly EncryptionContext: EncryptionContext;
}

/** In the words of KMS. */
export class KeyRefusal extends Error {
  override readonly name: KeyRefusalName;

  constructor(name: KeyRefusalName, message = '') {
    super(message);
    this.name = name;
  }
}

export type KeyRefusalName = 'NotFoundException' | 'InvalidCiphertextException' | 'IncorrectKeyException';

export interface SenderKeyParts {
  readonly sealer: Sealer;
  readonly random: Random;
  /** Whose keys are meant by an id or an alias alone. */
  readonly home: KeyHome;
}

export interface KeyHome {
  readonly region: string;
  readonly account: string;
}

/** First byte of a sealed value; the length of the key's ARN follows in two, then the ARN and what the sealer made. */
const layout = 1;
const headerLength = 3;

export function senderKeys({ sealer, random, home }: SenderKeyParts): SenderKeys {
  const seal = async (keyArn: string, plain: Uint8Array, context: EncryptionContext): Promise<Uint8Array> =>
    Buffer.concat([headerOf(keyArn), await sealer.seal(plain, placeOf(keyArn, context))]);

  return {
    async generateDataKey({ KeyId, NumberOfBytes, EncryptionContext }) {
      const keyArn = requireKeyArn(KeyId, home);
      const Plaintext = random.bytes(NumberOfBytes);
      return { KeyId: keyArn, Plaintext, CiphertextBlob: await seal(keyArn, Plaintext, EncryptionContext) };
    },

    async encrypt({ KeyId, Plaintext, EncryptionContext }) {
      const keyArn = requireKeyArn(KeyId, home);
      return { KeyId: keyArn, CiphertextBlob: await seal(keyArn, Plaintext, EncryptionContext) };
    },

    async decrypt({ KeyId, CiphertextBlob, EncryptionContext }) {
      const { keyArn, sealed } = partsOf(CiphertextBlob);
      if (KeyId !== undefined && requireKeyArn(KeyId, home) !== keyArn) {
        throw new KeyRefusal(
          'IncorrectKeyException',
          'The key ID in the request does not identify the key that was used.',
        );
      }
      const Plaintext = await sealer.open(sealed, placeOf(keyArn, EncryptionContext));
      if (!Plaintext) throw new KeyRefusal('InvalidCiphertextException');
      return { KeyId: keyArn, Plaintext };
    },
  };
}

/** The same in whatever order the members of the context stand. */
const placeOf = (keyArn: string, context: EncryptionContext) =>
  ({
    purpose: 'sender-key',
    poolId: '',
    item: JSON.stringify([keyArn, Object.entries(context).toSorted(([a], [b]) => (a < b ? -1 : 1))]),
  }) as const;

function headerOf(keyArn: string): Buffer {
  const header = Buffer.alloc(headerLength);
  header.writeUInt8(layout);
  header.writeUInt16BE(Buffer.byteLength(keyArn), 1);
  return Buffer.concat([header, Buffer.from(keyArn)]);
}

function partsOf(blob: Uint8Array): { readonly keyArn: string; readonly sealed: Uint8Array } {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  if (bytes.length < headerLength || bytes[0] !== layout) throw new KeyRefusal('InvalidCiphertextException');
  const end = headerLength + bytes.readUInt16BE(1);
  return { keyArn: bytes.toString('utf8', headerLength, end), sealed: bytes.subarray(end) };
}

const arnForm = /^arn:[\w-]{1,32}:kms:[\w-]{1,32}:\d{12}:(key|alias)\/[\w/:.-]{1,256}$/;

/** The ARN of a key, from whatever KMS takes for one: that ARN, an alias, or an id. */
function requireKeyArn(keyId: string, { region, account }: KeyHome): string {
  const own = `arn:aws:kms:${region}:${account}`;
  const arn = keyId.startsWith('arn:') ? keyId : `${own}:${keyId.startsWith('alias/') ? '' : 'key/'}${keyId}`;
  const [, kind] = arnForm.exec(arn) ?? [];
  if (kind === undefined) throw new KeyRefusal('NotFoundException', `Invalid keyId '${keyId.slice(0, 300)}'`);
  return kind === 'key' ? arn : behindAlias(arn);
}

/** Always the same one. */
function behindAlias(aliasArn: string): string {
  const hex = createHash('sha256').update(aliasArn).digest('hex');
  const id = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)];
  return `${aliasArn.slice(0, aliasArn.indexOf(':alias/'))}:key/${id.join('-')}`;
}
