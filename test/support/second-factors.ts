/** Pools that ask for a second factor, and people who have one, as the tests of signing in with it start from. */
import { createHmac } from 'node:crypto';
import {
  AssociateSoftwareTokenCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  SetUserMFAPreferenceCommand,
  type SetUserMFAPreferenceCommandInput,
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { BuiltUser, NewUser } from './builders.ts';
import { everyPoolSetting, texts } from './every-setting.ts';
import { signingIn } from './signing-in.ts';
import { type Service, startService } from './start-service.ts';

export type FactorName = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

export const step = 30_000;
export const phone = '+12065554114';

/** The code that an app shows at a moment (ms): RFC 6238, without the library that the service has. */
export function appCode(secret: string, at: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / step)));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff;
  return (number % 1_000_000).toString().padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** A code of as many digits that is none of these. */
export function otherCode(...codes: readonly string[]): string {
  const length = codes[0]?.length ?? 6;
  for (let number = 0; ; number++) {
    const text = number.toString().padStart(length, '0');
    if (!codes.includes(text)) return text;
  }
}

/** None of the codes that an app shows about a moment. */
export const wrongAppCode = (secret: string, at: number): string =>
  otherCode(...[-1, 0, 1].map((off) => appCode(secret, at + off * step)));

export const factorSettings = (
  MfaConfiguration: 'ON' | 'OPTIONAL',
  ...factors: readonly FactorName[]
): Omit<SetUserPoolMfaConfigCommandInput, 'UserPoolId'> => ({
  MfaConfiguration,
  ...(factors.includes('SMS_MFA') && { SmsMfaConfiguration: { SmsConfiguration: texts } }),
  ...(factors.includes('SOFTWARE_TOKEN_MFA') && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
  ...(factors.includes('EMAIL_OTP') && { EmailMfaConfiguration: { Message: 'Type {####}', Subject: 'A code' } }),
});

export interface FactorRoom {
  readonly mode?: 'OFF' | 'ON' | 'OPTIONAL';
  readonly offers?: readonly FactorName[];
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly app?: Partial<CreateUserPoolClientCommandInput>;
  readonly user?: NewUser;
}

/** A pool that offers factors, a client for every flow that takes a password, and a user `ada`. */
export async function aFactorRoom({
  mode = 'OPTIONAL',
  offers = [],
  pool: settings,
  app: client,
  user,
}: FactorRoom = {}) {
  const service = await startService();
  const { EmailConfiguration } = everyPoolSetting;
  const pool = await service.aPool({
    EmailConfiguration,
    AutoVerifiedAttributes: ['email', 'phone_number'],
    ...settings,
  });
  const app = await service.aClient(pool, client);
  const ada = await service.aUser(pool, { username: 'ada', ...user });
  const setMode = (next: 'OFF' | 'ON' | 'OPTIONAL', ...factors: readonly FactorName[]) =>
    service.client.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: pool.id,
        ...(next === 'OFF' ? { MfaConfiguration: next } : factorSettings(next, ...factors)),
      }),
    );
  const open = signingIn(service, app);
  /** Signed in while the pool still asked for nothing. */
  const { access } = user?.invited ? { access: '' } : await open.tokens('ada');
  if (mode !== 'OFF') await setMode(mode, ...offers);
  const people = aPersonWith(service);
  return {
    ...service,
    service,
    pool,
    app,
    ada,
    access,
    signIn: open,
    setMode,
    isUser: { UserPoolId: pool.id, Username: ada.username },
    prefer: (wanted: Omit<SetUserMFAPreferenceCommandInput, 'AccessToken'>) => people.prefer(access, wanted),
    anApp: (name?: string) => people.anApp(access, name),
    codeFor: (whose: BuiltUser = ada) => service.outbox.codeFor(whose),
  };
}

export const aPersonWith = ({ client, clock }: Pick<Service, 'client' | 'clock'>) => ({
  prefer: (AccessToken: string, wanted: Omit<SetUserMFAPreferenceCommandInput, 'AccessToken'>) =>
    client.send(new SetUserMFAPreferenceCommand({ AccessToken, ...wanted })),
  /** The secret of an app that has shown a first code: that of the step before, so that the present one is still good. */
  async anApp(AccessToken: string, FriendlyDeviceName?: string): Promise<string> {
    const { SecretCode = '' } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const UserCode = appCode(SecretCode, clock.now() - step);
    await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode, FriendlyDeviceName }));
    return SecretCode;
  },
});
