/** SRP-6a (RFC 5054) with SHA-256 and the key derivation that the Cognito client libraries use. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { srpPublicValueInvalid } from '../contract/errors.ts';
import type { ModularPowers } from '../ports/powers.ts';
import { fromBytes, pad, parseHex, toBytes, toHex } from './big-integers.ts';
import { multiplier, prime, primeLength } from './srp-group.ts';

/** Whose secret it is: pool part and username for a password, group key and device key for a device. */
export interface SecretOwner {
  readonly groupName: string;
  readonly identity: string;
}

/** All that is kept of a secret. Both are big-endian integers. */
export interface Verifier {
  readonly salt: Uint8Array;
  /** 384 bytes. */
  readonly verifier: Uint8Array;
}

/** One exchange, seen from the service. Public values have 384 bytes. */
export interface Exchange {
  readonly clientPublic: Uint8Array;
  readonly serverPublic: Uint8Array;
  /** `b`: at least 32 random bytes, drawn anew for each exchange. */
  readonly serverSecret: Uint8Array;
  readonly verifier: Uint8Array;
}

/** What the client signs with the session key, beside its own identity. */
export interface Claim {
  /** Decoded. */
  readonly secretBlock: Uint8Array;
  /** As received: the text itself is signed. */
  readonly timestamp: string;
}

export const saltLength = 16;

/** Of a device, whose salt its client draws; they take 16 bytes, with a zero before a first bit that is set. */
const longestSalt = 64;

/** The group name of passwords: what follows the region in a pool's id. */
export const groupNameOf = (poolId: string): string => poolId.slice(poolId.indexOf('_') + 1);

/** H(group | identity | ":" | secret). */
export const innerHash = (owner: SecretOwner, secret: string): Buffer =>
  createHash('sha256').update(`${owner.groupName}${owner.identity}:${secret}`, 'utf8').digest();

/** x = H(PAD(salt) | inner). */
export const secretExponent = (salt: Uint8Array, inner: Uint8Array): Buffer =>
  createHash('sha256').update(pad(salt)).update(inner).digest();

/** v = g^x mod N. */
export const verifierOf = (
  powers: ModularPowers,
  owner: SecretOwner,
  secret: string,
  salt: Uint8Array,
): Promise<Uint8Array> => powers.ofGenerator(secretExponent(salt, innerHash(owner, secret)));

/** B = (k * v + g^b) mod N. */
export const challenge = async (
  powers: ModularPowers,
  verifier: Uint8Array,
  serverSecret: Uint8Array,
): Promise<Uint8Array> => {
  const power = fromBytes(await powers.ofGenerator(serverSecret));
  return toBytes((multiplier * fromBytes(verifier) + power) % prime, primeLength);
};

/** A client's `SRP_A`: an integer between 0 and N, or refused. */
export const requirePublicValue = (text: string): Uint8Array => {
  const value = parseHex(text, primeLength);
  if (value === undefined || value === 0n || value >= prime) throw srpPublicValueInvalid();
  return toBytes(value, primeLength);
};

/** `SRP_B` and `SALT` as answers carry them. */
export const wireInteger = toHex;

/** u = H(PAD(A) | PAD(B)). */
export const scrambling = (clientPublic: Uint8Array, serverPublic: Uint8Array): Buffer =>
  createHash('sha256').update(pad(clientPublic)).update(pad(serverPublic)).digest();

/** S = (A * v^u)^b mod N; `undefined` for values that no honest client arrives at. */
export const sharedSecret = async (
  powers: ModularPowers,
  exchange: Exchange,
  u: Uint8Array,
): Promise<Uint8Array | undefined> => {
  if (fromBytes(u) === 0n) return undefined;
  const power = fromBytes(await powers.of(exchange.verifier, u));
  const base = (fromBytes(exchange.clientPublic) * power) % prime;
  return isBase(base) ? powers.of(toBytes(base, primeLength), exchange.serverSecret) : undefined;
};

/** K, 16 bytes; `undefined` as above. */
export const sessionKey = async (powers: ModularPowers, exchange: Exchange): Promise<Buffer | undefined> => {
  const u = scrambling(exchange.clientPublic, exchange.serverPublic);
  const secret = await sharedSecret(powers, exchange, u);
  return secret && deriveKey(u, secret);
};

/** K = HKDF-SHA-256 (RFC 5869) of PAD(S) under the salt PAD(u): one block is all that is needed. */
export const deriveKey = (u: Uint8Array, secret: Uint8Array): Buffer => {
  const extracted = createHmac('sha256', pad(u)).update(pad(secret)).digest();
  return createHmac('sha256', extracted).update('Caldera Derived Key\u0001', 'utf8').digest().subarray(0, 16);
};

/** The signature that proves the session key: HMAC-SHA-256(K, group | identity | secret block | timestamp). */
export const claimSignature = (key: Uint8Array, owner: SecretOwner, claim: Claim): Buffer =>
  createHmac('sha256', key)
    .update(`${owner.groupName}${owner.identity}`, 'utf8')
    .update(claim.secretBlock)
    .update(claim.timestamp, 'utf8')
    .digest();

/** Whether base64 `given` is the signature `expected`, in constant time. */
export const isClaimSignature = (expected: Uint8Array, given: string): boolean => {
  const bytes = Buffer.from(given, 'base64');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
};

/**
 * What a client registers for a device: salt and verifier in base64. The top bit is no sign here; `undefined` unless
 * 1 < v < N - 1, the range whose powers hide the exponent, and for a salt of more than 64 bytes.
 */
export const parseVerifier = (salt: string, verifier: string): Verifier | undefined => {
  const [saltBytes, value] = [decode(salt), decode(verifier)];
  if (!saltBytes?.length || saltBytes.length > longestSalt || !value || value.length > primeLength + 1)
    return undefined;
  const integer = fromBytes(value);
  return isBase(integer) ? { salt: saltBytes, verifier: toBytes(integer, primeLength) } : undefined;
};

const isBase = (integer: bigint): boolean => integer > 1n && integer < prime - 1n;

/** Buffer skips what is not base64; a verifier with a slip in it must not be kept. */
const decode = (text: string): Buffer | undefined =>
  /^[A-Za-z0-9+/]+={0,2}$/.test(text) && text.length % 4 === 0 ? Buffer.from(text, 'base64') : undefined;
