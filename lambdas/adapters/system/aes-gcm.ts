/** AES-256-GCM (NIST SP 800-38D) with a random IV: IV (12), ciphertext, tag (16). */
import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import type { Random } from '../../core/ports/random.ts';

const cipher = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

/** By how much a value grows. */
export const gcmOverhead = ivLength + tagLength;

export const encrypt = (random: Random, key: KeyObject, plain: Uint8Array, bound: Uint8Array): Buffer => {
  const iv = random.bytes(ivLength);
  const encryption = createCipheriv(cipher, key, iv, { authTagLength: tagLength }).setAAD(bound);
  return Buffer.concat([iv, encryption.update(plain), encryption.final(), encryption.getAuthTag()]);
};

/** `undefined` unless it was encrypted under this key, bound to these very bytes, and is whole. */
export const decrypt = (key: KeyObject, sealed: Uint8Array, bound: Uint8Array): Buffer | undefined => {
  if (sealed.length < gcmOverhead) return undefined;
  const tagStart = sealed.length - tagLength;
  const decryption = createDecipheriv(cipher, key, sealed.subarray(0, ivLength), { authTagLength: tagLength });
  decryption.setAAD(bound).setAuthTag(sealed.subarray(tagStart));
  const plain = decryption.update(sealed.subarray(ivLength, tagStart));
  try {
    return Buffer.concat([plain, decryption.final()]);
  } catch {
    // The tag does not fit: the one thing that `final` finds wrong.
    return undefined;
  }
};
