/** What amazon-cognito-identity-js has beside its documented classes: its half of SRP, and its arithmetic. */
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import type { BigIntegers } from './native-powers.ts';

type Callback<T> = (error: Error | null, value?: T) => void;

type Integer = InstanceType<BigIntegers>;

interface AuthenticationHelper {
  getLargeAValue(callback: Callback<Integer>): void;
  getPasswordAuthenticationKey(
    username: string,
    password: string,
    serverPublic: Integer,
    salt: Integer,
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
export const { default: BigInteger } = require('amazon-cognito-identity-js/lib/BigInteger') as {
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
