/** What amazon-cognito-identity-js has beside its documented classes: its arithmetic, and its half of SRP. */
import { createRequire } from 'node:module';
import type { ThreadedPowers } from '../../lambdas/adapters/system/openssl-powers.ts';

interface BigInteger {
  toString(radix: number): string;
}

type Callback<T> = (error: Error | null, value: T) => void;

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
// The library's types leave out what it exports for its own use; the tests find out when that changes.
const { AuthenticationHelper, DateHelper } = require('amazon-cognito-identity-js') as Library;
const { default: BigInteger } = require('amazon-cognito-identity-js/lib/BigInteger') as {
  readonly default: BigIntegers;
};
