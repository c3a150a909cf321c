/** What the small KMS can do with a key: the six operations that the service uses, with real cryptography. */
import { constants, createCipheriv, createDecipheriv, privateEncrypt, randomBytes, sign } from 'node:crypto';
import { badCiphertext, invalid, tooLong, wrongAlgorithm, wrongUsage } from './small-kms-errors.ts';
import type { SmallKey } from './small-kms-keys.ts';

export interface KmsInput {
  readonly KeyId?: string;
  readonly Plaintext?: string;
  readonly CiphertextBlob?: string;
  readonly EncryptionContext?: Readonly<Record<string, string>>;
  readonly NumberOfBytes?: number;
  readonly Message?: string;
  readonly MessageType?: string;
  readonly SigningAlgorithm?: string;
}

type Perform = (input: KmsInput, key: SmallKey) => Readonly<Record<string, unknown>>;

const rs256 = 'RSASSA_PKCS1_V1_5_SHA_256';
const mostBytes = 4096;
const ivLength = 12;
const tagLength = 16;
const idLength = 36;

export const kmsOperations: Readonly<Record<string, Perform>> = {
  Encrypt(input, key) {
    const CiphertextBlob = sealed(bytes(input.Plaintext, 'plaintext'), input, key, 'Encrypt').toString('base64');
    return { KeyId: key.arn, CiphertextBlob, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },

  GenerateDataKey(input, key) {
    const { NumberOfBytes = 0 } = input;
    if (NumberOfBytes < 1 || NumberOfBytes > 1024) throw invalid('NumberOfBytes must be from 1 to 1024');
    const plain = randomBytes(NumberOfBytes);
    const CiphertextBlob = sealed(plain, input, key, 'GenerateDataKey').toString('base64');
    return { KeyId: key.arn, Plaintext: plain.toString('base64'), CiphertextBlob };
  },

  Decrypt(input, key) {
    const secret = requireSecret(key, 'Decrypt');
    const blob = bytes(input.CiphertextBlob, 'ciphertextBlob', 6144);
    const [iv, tag, sealed] = partsOf(blob);
    const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: tagLength });
    decipher.setAAD(bindingOf(input)).setAuthTag(tag);
    const plain = opened(() => Buffer.concat([decipher.update(sealed), decipher.final()]));
    return { KeyId: key.arn, Plaintext: plain.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  },

  Sign(input, key) {
    if (key.usage !== 'SIGN_VERIFY') throw wrongUsage(key.arn, key.usage, 'Sign');
    const { MessageType = 'RAW', SigningAlgorithm = '' } = input;
    if (SigningAlgorithm !== rs256) throw wrongAlgorithm(key.arn, SigningAlgorithm);
    const message = bytes(input.Message, 'message');
    const signature =
      MessageType === 'RAW' ? sign('sha256', message, key.privateKey) : signDigest(MessageType, message, key);
    return { KeyId: key.arn, Signature: signature.toString('base64'), SigningAlgorithm };
  },

  GetPublicKey(_input, key) {
    if (key.usage !== 'SIGN_VERIFY') throw wrongUsage(key.arn, key.usage, 'GetPublicKey');
    const PublicKey = key.spki.toString('base64');
    return { KeyId: key.arn, PublicKey, KeyUsage: key.usage, ...specOf(key), SigningAlgorithms: [rs256] };
  },

  DescribeKey: (_input, key) => ({
    KeyMetadata: {
      AWSAccountId: key.arn.split(':')[4],
      Arn: key.arn,
      KeyId: key.id,
      CreationDate: key.createdAt / 1000,
      Description: '',
      Enabled: key.state === 'Enabled',
      KeyState: key.state,
      KeyManager: 'CUSTOMER',
      KeyUsage: key.usage,
      MultiRegion: false,
      Origin: 'AWS_KMS',
      ...specOf(key),
      ...(key.usage === 'SIGN_VERIFY'
        ? { SigningAlgorithms: [rs256] }
        : { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] }),
    },
  }),
};

function sealed(plain: Buffer, input: KmsInput, key: SmallKey, action: string): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', requireSecret(key, action), iv).setAAD(bindingOf(input));
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from(key.id), iv, cipher.getAuthTag(), encrypted]);
}

/** The id of the key that a value of `Encrypt` names, if it is one. */
export const keyIdIn = (blob: string): string => Buffer.from(blob, 'base64').subarray(0, idLength).toString('latin1');

const specOf = ({ usage }: SmallKey) => {
  const KeySpec = usage === 'SIGN_VERIFY' ? 'RSA_2048' : 'SYMMETRIC_DEFAULT';
  return { KeySpec, CustomerMasterKeySpec: KeySpec };
};

/** RFC 8017, 9.2, note 1: what precedes a SHA-256 digest in the signed block. */
const sha256Info = Buffer.from('3031300d060960864801650304020105000420', 'hex');

const signDigest = (type: string, digest: Buffer, key: Extract<SmallKey, { usage: 'SIGN_VERIFY' }>): Buffer => {
  if (type !== 'DIGEST') throw invalid(`MessageType ${type} is not one of RAW, DIGEST.`);
  if (digest.length !== 32) throw invalid(`Digest is invalid length for algorithm ${rs256}.`);
  const block = Buffer.concat([sha256Info, digest]);
  return privateEncrypt({ key: key.privateKey, padding: constants.RSA_PKCS1_PADDING }, block);
};

const requireSecret = (key: SmallKey, action: string): Buffer => {
  if (key.usage !== 'ENCRYPT_DECRYPT') throw wrongUsage(key.arn, key.usage, action);
  return key.secret;
};

const bytes = (base64: string | undefined, member: string, most = mostBytes): Buffer => {
  const found = Buffer.from(base64 ?? '', 'base64');
  if (found.length === 0) throw invalid(`1 validation error detected: Value at '${member}' must not be empty`);
  if (found.length > most) throw tooLong(member, most);
  return found;
};

/** In whatever order the members stand. */
const bindingOf = ({ EncryptionContext = {} }: KmsInput): Buffer =>
  Buffer.from(JSON.stringify(Object.entries(EncryptionContext).toSorted(([a], [b]) => (a < b ? -1 : 1))));

const partsOf = (blob: Buffer): readonly [Buffer, Buffer, Buffer] => {
  const sealedAt = idLength + ivLength + tagLength;
  if (blob.length <= sealedAt) throw badCiphertext();
  const ivEnd = idLength + ivLength;
  return [blob.subarray(idLength, ivEnd), blob.subarray(ivEnd, sealedAt), blob.subarray(sealedAt)];
};

const opened = (open: () => Buffer): Buffer => {
  try {
    return open();
  } catch {
    throw badCiphertext();
  }
};
