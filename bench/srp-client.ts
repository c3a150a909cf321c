/** The client's side of SRP, in OpenSSL so that the generator of the load takes little of the machine it measures. */
import { randomBytes } from 'node:crypto';
import { type ThreadedPowers, threadedPowers } from '../lambdas/adapters/system/threaded-powers.ts';
import { fromBytes, parseHex, toBytes, toHex } from '../lambdas/core/rules/big-integers.ts';
import {
  claimSignature,
  deriveKey,
  innerHash,
  type SecretOwner,
  saltLength,
  scrambling,
  secretExponent,
  verifierOf,
} from '../lambdas/core/rules/srp.ts';
import { multiplier, prime, primeLength } from '../lambdas/core/rules/srp-group.ts';
import type { Answer } from './wire.ts';

export interface SrpClient {
  begin(): Promise<SrpExchange>;
  /** `DeviceSecretVerifierConfig` of a device. */
  deviceVerifier(device: DeviceSecret): Promise<Readonly<Record<'Salt' | 'PasswordVerifier', string>>>;
  close(): Promise<void>;
}

export interface DeviceSecret {
  readonly groupKey: string;
  readonly key: string;
  readonly secret: string;
}

export interface SrpExchange {
  readonly SRP_A: string;
  /** The responses to PASSWORD_VERIFIER. */
  answer(challenge: Answer, groupName: string, password: string): Promise<Readonly<Record<string, string>>>;
  /** Those to DEVICE_PASSWORD_VERIFIER. */
  answerOfDevice(challenge: Answer, device: DeviceSecret): Promise<Readonly<Record<string, string>>>;
}

/** A real client draws its secret anew each time; a load has no secrets to keep, and leaves the processor to the service. */
const preparedSecrets = 32;

export function srpClient(): SrpClient {
  const powers = remembering(threadedPowers());
  const own = Array.from({ length: preparedSecrets }, async () => {
    const secret = randomBytes(32);
    return { secret, clientPublic: await powers.ofGenerator(secret) };
  });
  let begun = 0;
  return {
    async begin() {
      const chosen = await own[begun++ % preparedSecrets];
      if (!chosen) throw new Error('There are no secrets');
      return {
        SRP_A: toHex(chosen.clientPublic),
        answer: (...given) => answer(powers, chosen, ...given),
        answerOfDevice: (...given) => answerOfDevice(powers, chosen, ...given),
      };
    },
    async deviceVerifier({ groupKey, key, secret }) {
      const salt = Buffer.concat([Buffer.of(1), randomBytes(saltLength - 1)]);
      const verifier = await verifierOf(powers, { groupName: groupKey, identity: key }, secret, salt);
      return { Salt: salt.toString('base64'), PasswordVerifier: Buffer.from(verifier).toString('base64') };
    },
    close: () => powers.close(),
  };
}

/** The same person's password has the same power every time. */
function remembering(powers: ThreadedPowers): ThreadedPowers {
  const known = new Map<string, Promise<Uint8Array>>();
  return {
    ...powers,
    ofGenerator(exponent) {
      const name = Buffer.from(exponent).toString('base64');
      const power = known.get(name) ?? powers.ofGenerator(exponent);
      known.set(name, power);
      return power;
    },
  };
}

interface Own {
  readonly secret: Uint8Array;
  readonly clientPublic: Uint8Array;
}

const parametersIn = (challenge: Answer) => challenge['ChallengeParameters'] as Record<string, string>;

async function answer(powers: ThreadedPowers, own: Own, challenge: Answer, groupName: string, password: string) {
  const parameters = parametersIn(challenge);
  const owner = { groupName, identity: given(parameters['USER_ID_FOR_SRP']) };
  return { USERNAME: owner.identity, ...(await claim(powers, own, parameters, owner, password)) };
}

async function answerOfDevice(powers: ThreadedPowers, own: Own, challenge: Answer, device: DeviceSecret) {
  const parameters = parametersIn(challenge);
  const owner = { groupName: device.groupKey, identity: device.key };
  const claimed = await claim(powers, own, parameters, owner, device.secret);
  return { USERNAME: given(parameters['USERNAME']), DEVICE_KEY: device.key, ...claimed };
}

async function claim(
  powers: ThreadedPowers,
  own: Own,
  { SALT, SRP_B, SECRET_BLOCK }: Record<string, string>,
  owner: SecretOwner,
  password: string,
) {
  const serverPublic = integerOf(given(SRP_B), primeLength);
  const salt = integerOf(given(SALT), saltLength);
  const exponent = secretExponent(salt, innerHash(owner, password));
  const u = scrambling(own.clientPublic, serverPublic);
  const key = deriveKey(u, await sharedSecret(powers, own, serverPublic, u, exponent));
  const timestamp = timestampOf(new Date());
  const signed = { secretBlock: Buffer.from(given(SECRET_BLOCK), 'base64'), timestamp };
  return {
    PASSWORD_CLAIM_SECRET_BLOCK: given(SECRET_BLOCK),
    TIMESTAMP: timestamp,
    PASSWORD_CLAIM_SIGNATURE: claimSignature(key, owner, signed).toString('base64'),
  };
}

/** An odd number of digits is usual. */
const integerOf = (text: string, length: number): Uint8Array => toBytes(parseHex(text, length) ?? 0n, length);

/** S = (B - k * g^x)^(a + u * x) mod N. */
async function sharedSecret(
  powers: ThreadedPowers,
  { secret }: Own,
  serverPublic: Uint8Array,
  u: Uint8Array,
  exponent: Uint8Array,
): Promise<Uint8Array> {
  const verifier = fromBytes(await powers.ofGenerator(exponent));
  const difference = (fromBytes(serverPublic) - ((multiplier * verifier) % prime) + prime) % prime;
  const sum = fromBytes(secret) + fromBytes(u) * fromBytes(exponent);
  return powers.of(toBytes(difference, primeLength), toBytes(sum, 65));
}

/** `Tue Sep 5 21:11:18 UTC 2023` */
function timestampOf(now: Date): string {
  const [day = '', date = '', month = '', year = '', time = ''] = now.toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${Number(date)} ${time} UTC ${year}`;
}

function given(value: string | undefined): string {
  if (value === undefined) throw new Error('The challenge lacks a parameter');
  return value;
}
