/** The arithmetic of Amazon's libraries for JavaScript, which is slow, lent the powers of OpenSSL. */
import { type ThreadedPowers, threadedPowers } from '../../lambdas/adapters/system/threaded-powers.ts';
import { toBytes } from '../../lambdas/core/rules/big-integers.ts';
import { prime, primeLength } from '../../lambdas/core/rules/srp-group.ts';

interface BigInteger {
  toString(radix: number): string;
}

type Callback<T> = (error: Error | null, value?: T) => void;

/** Both libraries have the same. */
export interface BigIntegers {
  new (digits: string, radix: number): BigInteger;
  readonly prototype: {
    modPow(this: BigInteger, exponent: BigInteger, modulus: BigInteger, callback: Callback<BigInteger>): void;
  };
}

/**
 * Hands the library's modular powers to OpenSSL while `work` is done, as its build for React Native hands them to the
 * telephone: its own arithmetic takes a tenth of a second for a sign-in. Hashes, padding and texts stay its own.
 */
export async function withNativePowers(numbers: BigIntegers, work: () => Promise<void>): Promise<void> {
  const { prototype } = numbers;
  const { modPow } = prototype;
  const powers = threadedPowers();
  prototype.modPow = function (exponent, _modulus, callback) {
    nativePower(powers, this, exponent).then((power) => callback(null, new numbers(power, 16)), callback);
  };
  try {
    await work();
  } finally {
    prototype.modPow = modPow;
    await powers.close();
  }
}

/** In hexadecimal digits. */
async function nativePower(powers: ThreadedPowers, base: BigInteger, exponent: BigInteger): Promise<string> {
  // The library lets differences be negative.
  const rest = ((integerOf(base) % prime) + prime) % prime;
  const power = await powers.of(toBytes(rest, primeLength), toBytes(integerOf(exponent), primeLength));
  return Buffer.from(power).toString('hex');
}

function integerOf(integer: BigInteger): bigint {
  const digits = integer.toString(16);
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}
