/** An SRP client, written after RFC 5054 and the padding of the API's own clients, independent of the service's maths. */
import { constants, createHash, createHmac, createPublicKey, hkdfSync, publicEncrypt } from 'node:crypto';
import recorded from '../recorded/srp-vectors.json' with { type: 'json' };
import { seededRandom } from './seeded-random.ts';

const N = BigInt(`0x${recorded.group.N_hex}`);
const g = 2n;

export const srpPrime = N;

/** As `ChallengeParameters` of PASSWORD_VERIFIER. */
export type VerifierChallenge = Readonly<Record<string, string>>;

export interface Knowledge {
  readonly poolId: string;
  readonly password: string;
  /** When the answer is signed (ms). */
  readonly at: number;
}

/** Of a device, which has a secret instead. */
export interface DeviceKnowledge extends Pick<Knowledge, 'at'> {
  readonly groupKey: string;
  readonly deviceKey: string;
  readonly secret: string;
}

export interface SrpClient {
  /** `SRP_A`. */
  readonly publicValue: string;
  /** `ChallengeResponses` for the challenge. */
  answer(challenge: VerifierChallenge, knowledge: Knowledge): Record<string, string>;
  /** `ChallengeResponses` for the challenge of a device. */
  answerOfDevice(challenge: VerifierChallenge, knowledge: DeviceKnowledge): Record<string, string>;
}

let clients = 0;

/** Another secret for each client, the same ones in every run. */
export function srpClient(a = integer(seededRandom(`SRP client ${clients++}`).bytes(32))): SrpClient {
  const A = power(g, a);
  return {
    publicValue: A.toString(16),
    answer(challenge, { poolId, password, at }) {
      const identity = given(challenge, 'USER_ID_FOR_SRP');
      const group = poolId.slice(poolId.indexOf('_') + 1);
      return { USERNAME: identity, ...claim(a, A, challenge, { group, identity, secret: password, at }) };
    },
    answerOfDevice(challenge, { groupKey, deviceKey, secret, at }) {
      const named = { USERNAME: given(challenge, 'USERNAME'), DEVICE_KEY: deviceKey };
      return { ...named, ...claim(a, A, challenge, { group: groupKey, identity: deviceKey, secret, at }) };
    },
  };
}

/** `DeviceSecretVerifierConfig` of a device, as its client registers it. */
export function deviceVerifier(groupKey: string, deviceKey: string, secret: string, salt = 0x4e0b3b62bd77a1bfn) {
  const x = integer(sha256(padded(salt), sha256(Buffer.from(`${groupKey}${deviceKey}:${secret}`))));
  return { Salt: padded(salt).toString('base64'), PasswordVerifier: padded(power(g, x)).toString('base64') };
}

interface Owner {
  readonly group: string;
  readonly identity: string;
  readonly secret: string;
  readonly at: number;
}

function claim(a: bigint, A: bigint, challenge: VerifierChallenge, { group, identity, secret, at }: Owner) {
  const [B, salt] = [hex(given(challenge, 'SRP_B')), hex(given(challenge, 'SALT'))];
  const x = integer(sha256(padded(salt), sha256(Buffer.from(`${group}${identity}:${secret}`))));
  const u = integer(sha256(padded(A), padded(B)));
  const k = integer(sha256(padded(N), padded(g)));
  const base = (((B - k * power(g, x)) % N) + N) % N;
  const S = power(base, a + u * x);
  const key = Buffer.from(hkdfSync('sha256', padded(S), padded(u), 'Caldera Derived Key', 16));
  const block = given(challenge, 'SECRET_BLOCK');
  const timestamp = timestampAt(at);
  const signature = createHmac('sha256', key)
    .update(Buffer.from(`${group}${identity}`))
    .update(Buffer.from(block, 'base64'))
    .update(timestamp)
    .digest('base64');
  return {
    PASSWORD_CLAIM_SECRET_BLOCK: block,
    PASSWORD_CLAIM_SIGNATURE: signature,
    TIMESTAMP: timestamp,
  };
}

/** `Tue Sep 5 21:11:18 UTC 2023`: the day of the month without a leading zero. */
export function timestampAt(at: number): string {
  // "Tue, 05 Sep 2023 21:11:18 GMT"
  const [weekday, day, month, year, time] = new Date(at).toUTCString().replace(',', '').split(' ');
  return `${weekday} ${month} ${Number(day)} ${time} UTC ${year}`;
}

/**
 * RSA without padding is nothing but a power modulo n. OpenSSL finds it in a fraction of the time that BigInt takes, by
 * another way than the one on which the service finds its own.
 */
function power(base: bigint, exponent: bigint): bigint {
  const key = createPublicKey({
    key: { kty: 'RSA', n: wide(N).toString('base64url'), e: inBase64(exponent) },
    format: 'jwk',
  });
  return integer(publicEncrypt({ key, padding: constants.RSA_NO_PADDING }, wide(base % N)));
}

const inBase64 = (value: bigint): string => Buffer.from(even(value), 'hex').toString('base64url');

/** As long as N. */
const wide = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(recorded.group.N_hex.length, '0'), 'hex');

/** Minimal two's-complement bytes. */
function padded(value: bigint): Buffer {
  const digits = even(value);
  return Buffer.from(/^[89a-f]/.test(digits) ? `00${digits}` : digits, 'hex');
}

/** Two digits for each byte. */
function even(value: bigint): string {
  const digits = value.toString(16);
  return digits.length % 2 ? `0${digits}` : digits;
}

const integer = (bytes: Uint8Array): bigint => hex(Buffer.from(bytes).toString('hex'));
const hex = (digits: string): bigint => BigInt(`0x${digits}`);
const sha256 = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();

function given(challenge: VerifierChallenge, name: string): string {
  const value = challenge[name];
  if (value === undefined) throw new Error(`The challenge lacks ${name}`);
  return value;
}
