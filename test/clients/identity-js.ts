/** What amazon-cognito-identity-js has beside its documented classes: its half of SRP, and its arithmetic. */
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { type ThreadedPowers, threadedPowers } from '../../lambdas/adapters/system/threaded-powers.ts';
import { toBytes } from '../../lambdas/core/rules/big-integers.ts';
import { prime, primeLength } from '../../lambdas/core/rules/srp-group.ts';

interface BigInteger {
  toString(radix: number): string;
}

type Callback<T> = (error: Error | null, value?: T) => void;

interface BigIntegers {
  new (digits: string, radix: number): BigInteger;
  readonly prototype: {
    modPow(this: BigInteger, exponent: BigInteger, modulus: BigInteger, callback: Callback<BigInteger>): void;
  };
}

interface AuthenticationHelper {
  getLargeAValue(callback: Callback<BigInteger>): void;
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverPublic: BigInteger,
    salt: BigInteger,
    callback: Callback<Uint8Array>,
  ): void;
}

interface Library {
  readonly AuthenticationHelper: new (groupName: string) => AuthenticationHelper;
  readonly DateHelper: new () => { getNowString(): string };
}

const require = createRequire(import.meta.url);
// The library's types leave out what it exports for itself.
const { AuthenticationHelper, DateHelper } = require('amazon-cognito-identity-js') as Library;
const { default: BigInteger } = require('amazon-cognito-identity-js/lib/BigInteger') as {
  readonly default: BigIntegers;
};

export interface SrpExchange {
  readonly SRP_A: string;
  /** The responses to PASSWORD_VERIFIER. */
  answer(challenge: Readonly<Record<string, string>> | undefined, password: string): Promise<Record<string, string>>;
}

/** For clients that leave the arithmetic of SRP to others, as the AWS SDKs do. */
export async function srpExchange(poolId: string): Promise<SrpExchange> {
  const groupName = poolId.replace(/^.*_/, '');
  const helper = new AuthenticationHelper(groupName);
  const clientPublic = await promisify(helper.getLargeAValue.bind(helper))();
  const deriveKey = promisify(helper.getPasswordAuthenticationKey.bind(helper));
  return {
    SRP_A: String(clientPublic?.toString(16)),
    async answer(challenge = {}, password) {
      const { USER_ID_FOR_SRP: userId = '', SRP_B = '', SALT = '', SECRET_BLOCK = '' } = challenge;
      const key = await deriveKey(userId, password, new BigInteger(SRP_B, 16), new BigInteger(SALT, 16));
      const timestamp = new DateHelper().getNowString();
      const claim = [groupName, userId, Buffer.from(SECRET_BLOCK, 'base64'), timestamp];
      const signature = claim.reduce((mac, part) => mac.update(part), createHmac('sha256', key ?? ''));
      return {
        USERNAME: userId,
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        TIMESTAMP: timestamp,
        PASSWORD_CLAIM_SIGNATURE: signature.digest('base64'),
      };
    },
  };
}

/**
 * Hands the library's modular powers to OpenSSL while `work` is done, as its build for React Native hands them to the
 * telephone: its own arithmetic takes a tenth of a second for a sign-in. Hashes, padding and texts stay its own.
 */
export async function withNativePowers(work: () => Promise<void>): Promise<void> {
  const { prototype } = BigInteger;
  const { modPow } = prototype;
  const powers = threadedPowers();
  prototype.modPow = function (exponent, _modulus, callback) {
    nativePower(powers, this, exponent).then((power) => callback(null, power), callback);
  };
  try {
    await work();
  } finally {
    prototype.modPow = modPow;
    await powers.close();
  }
}

async function nativePower(powers: ThreadedPowers, base: BigInteger, exponent: BigInteger): Promise<BigInteger> {
  // The library lets differences be negative.
  const rest = ((integerOf(base) % prime) + prime) % prime;
  const power = await powers.of(toBytes(rest, primeLength), toBytes(integerOf(exponent), primeLength));
  return new BigInteger(Buffer.from(power).toString('hex'), 16);
}

function integerOf(integer: BigInteger): bigint {
  const digits = integer.toString(16);
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}
