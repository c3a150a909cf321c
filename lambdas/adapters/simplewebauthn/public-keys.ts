/** Which public keys passkeys may have: ES256 on P-256 and RS256, of sizes that are sound and quick to verify with. */
import { createPublicKey, type JsonWebKey } from 'node:crypto';

/** COSE names of ES256 and RS256. */
export const supportedAlgorithms = [-7, -257] as const;

/** A COSE key, decoded. */
interface CoseKey {
  get(label: number): unknown;
}

const labels = { type: 1, algorithm: 3, curve: -1, x: -2, y: -3, modulus: -1, exponent: -2 } as const;
const p256 = 1;
const bytesOfModulus = { least: 256, most: 512 } as const;
const mostOfExponent = 4;

/** That the key is there and whole is looked at now: afterwards, its owner could never sign in. */
export function isSupportedKey(key: CoseKey): boolean {
  const jwk = jwkOf(key);
  if (!jwk) return false;
  try {
    createPublicKey({ key: jwk, format: 'jwk' });
    return true;
  } catch {
    // A point that is not on the curve, say.
    return false;
  }
}

export const hasCurve = (key: CoseKey): boolean => key.get(labels.type) === 2;

function jwkOf(key: CoseKey): JsonWebKey | undefined {
  const of = `${key.get(labels.type)} ${key.get(labels.algorithm)}`;
  if (of === '2 -7') return pointOf(key);
  return of === '3 -257' ? modulusOf(key) : undefined;
}

function pointOf(key: CoseKey): JsonWebKey | undefined {
  const [x, y] = [key.get(labels.x), key.get(labels.y)];
  if (key.get(labels.curve) !== p256 || !isBytes(x, 32, 32) || !isBytes(y, 32, 32)) return undefined;
  return { kty: 'EC', crv: 'P-256', x: base64url(x), y: base64url(y) };
}

function modulusOf(key: CoseKey): JsonWebKey | undefined {
  const [n, e] = [key.get(labels.modulus), key.get(labels.exponent)];
  if (!isBytes(n, bytesOfModulus.least, bytesOfModulus.most) || !isBytes(e, 1, mostOfExponent)) return undefined;
  return { kty: 'RSA', n: base64url(n), e: base64url(e) };
}

const isBytes = (value: unknown, least: number, most: number): value is Uint8Array =>
  value instanceof Uint8Array && value.length >= least && value.length <= most;

const base64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
