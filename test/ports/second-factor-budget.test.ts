/** What each step after the password costs of the database, as docs/data-model.md says it. */
import {
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  type CreateUserPoolCommandInput,
  SetUserMFAPreferenceCommand,
  type SetUserMFAPreferenceCommandInput,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { type Budgeted, type Measured, measured, price, type Room } from '../support/budgets.ts';
import { somePassword } from '../support/builders.ts';
import { aPersonWith, appCode, type FactorName, factorSettings, otherCode, phone } from '../support/second-factors.ts';
import { refusal, sessionOf } from '../support/signing-in.ts';

type Ready = Measured['ready'];
type Pool = Partial<CreateUserPoolCommandInput>;

const withPhone = { phone_number: phone, phone_number_verified: 'true' };
const asWho = { USERNAME: 'ada' };

/** In a pool that asks for these, of whom `ada` prefers the first. */
const preferences: Readonly<Record<FactorName, Omit<SetUserMFAPreferenceCommandInput, 'AccessToken'>>> = {
  SOFTWARE_TOKEN_MFA: { SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } },
  SMS_MFA: { SMSMfaSettings: { Enabled: true, PreferredMfa: true } },
  EMAIL_OTP: { EmailMfaSettings: { Enabled: true, PreferredMfa: true } },
};

const sending: Pool = {
  EmailConfiguration: {
    EmailSendingAccount: 'DEVELOPER',
    SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/example.com',
  },
};

const asking = ({ service, app }: Room, mode: 'ON' | 'OPTIONAL', ...factors: readonly FactorName[]) =>
  service.client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: app.poolId, ...factorSettings(mode, ...factors) }));

/** The secret of her app. */
async function withApp(room: Room): Promise<string> {
  await asking(room, 'OPTIONAL', 'SOFTWARE_TOKEN_MFA');
  const ada = aPersonWith(room.service);
  const secret = await ada.anApp(room.tokens.access, 'telephone');
  await ada.prefer(room.tokens.access, preferences.SOFTWARE_TOKEN_MFA);
  return secret;
}

async function withCodes(room: Room, factor: 'SMS_MFA' | 'EMAIL_OTP'): Promise<void> {
  await asking(room, 'OPTIONAL', factor);
  const preference = { AccessToken: room.tokens.access, ...preferences[factor] };
  await room.service.client.send(new SetUserMFAPreferenceCommand(preference));
}

const byCode =
  (factor: 'SMS_MFA' | 'EMAIL_OTP', response: string): Ready =>
  async (room) => {
    await withCodes(room, factor);
    const session = sessionOf(await room.signIn.byPassword('ada'));
    const code = room.sentCode();
    return () => room.signIn.respond(factor, { ...asWho, [response]: code }, session);
  };

/** Two that she has and prefers neither of. */
async function withTwoFactors(room: Room): Promise<void> {
  await asking(room, 'OPTIONAL', 'SMS_MFA', 'SOFTWARE_TOKEN_MFA');
  const { access } = room.tokens;
  const ada = aPersonWith(room.service);
  await ada.anApp(access);
  await ada.prefer(access, { SoftwareTokenMfaSettings: { Enabled: true }, SMSMfaSettings: { Enabled: true } });
}

interface SettingUp {
  readonly session: string;
  readonly secret: string;
}

async function associated(room: Room): Promise<SettingUp> {
  await asking(room, 'ON', 'SOFTWARE_TOKEN_MFA');
  const Session = sessionOf(await room.signIn.byPassword('ada'));
  const answer = await room.service.client.send(new AssociateSoftwareTokenCommand({ Session }));
  return { session: sessionOf(answer), secret: answer.SecretCode ?? '' };
}

const verified = ({ service }: Room, { session, secret }: SettingUp) =>
  service.client.send(
    new VerifySoftwareTokenCommand({ Session: session, UserCode: appCode(secret, service.clock.now()) }),
  );

const secondFactors: readonly Budgeted[] = [
  {
    name: 'the password of somebody with an app',
    always: price(1, 1.5),
    never: price(1, 1),
    async ready(room) {
      await withApp(room);
      await room.signIn.byPassword('ada');
      return () => room.signIn.byPassword('ada');
    },
  },
  {
    name: 'the code of an app',
    always: price(5, 1.5, 4),
    never: price(5, 1, 4),
    async ready(room) {
      const secret = await withApp(room);
      const session = sessionOf(await room.signIn.byPassword('ada'));
      const SOFTWARE_TOKEN_MFA_CODE = appCode(secret, room.service.clock.now());
      return () => room.signIn.respond('SOFTWARE_TOKEN_MFA', { ...asWho, SOFTWARE_TOKEN_MFA_CODE }, session);
    },
  },
  {
    name: 'a wrong code of an app',
    always: price(3, 1.5, 2),
    never: price(3, 1, 2),
    async ready(room) {
      const secret = await withApp(room);
      const session = sessionOf(await room.signIn.byPassword('ada'));
      const now = room.service.clock.now();
      const right = [-30_000, 0, 30_000].map((off) => appCode(secret, now + off));
      const responses = { ...asWho, SOFTWARE_TOKEN_MFA_CODE: otherCode(...right) };
      return () => refusal(room.signIn.respond('SOFTWARE_TOKEN_MFA', responses, session));
    },
  },
  ...(['SMS_MFA', 'EMAIL_OTP'] as const).map(
    (factor): Budgeted => ({
      name: `the password of somebody with ${factor}`,
      pool: sending,
      attributes: withPhone,
      always: factor === 'SMS_MFA' ? price(3, 1.5, 2) : price(4, 1.5, 3),
      never: factor === 'SMS_MFA' ? price(3, 1, 2) : price(4, 1, 3),
      async ready(room) {
        await withCodes(room, factor);
        return () => room.signIn.byPassword('ada');
      },
    }),
  ),
  {
    name: 'the code of SMS_MFA',
    attributes: withPhone,
    always: price(4, 1.5, 3),
    never: price(4, 1, 3),
    ready: byCode('SMS_MFA', 'SMS_MFA_CODE'),
  },
  {
    name: 'the code of EMAIL_OTP',
    pool: sending,
    always: price(4, 1.5, 3),
    never: price(4, 1, 3),
    ready: byCode('EMAIL_OTP', 'EMAIL_OTP_CODE'),
  },
  {
    name: 'the code of SMS_MFA, to a number that it proves',
    attributes: { phone_number: phone },
    always: price(5, 1.5, 5, 2),
    never: price(5, 1, 5, 2),
    ready: byCode('SMS_MFA', 'SMS_MFA_CODE'),
  },
  {
    name: 'the password of somebody with two factors',
    attributes: withPhone,
    always: price(1, 1.5),
    never: price(1, 1),
    async ready(room) {
      await withTwoFactors(room);
      return () => room.signIn.byPassword('ada');
    },
  },
  {
    name: 'the choice of an app',
    attributes: withPhone,
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    async ready(room) {
      await withTwoFactors(room);
      const session = sessionOf(await room.signIn.byPassword('ada'));
      return () => room.signIn.respond('SELECT_MFA_TYPE', { ...asWho, ANSWER: 'SOFTWARE_TOKEN_MFA' }, session);
    },
  },
  {
    name: 'the password of somebody who has to set up an app',
    always: price(1, 1.5),
    never: price(1, 1),
    async ready(room) {
      await asking(room, 'ON', 'SOFTWARE_TOKEN_MFA');
      await room.signIn.byPassword('ada');
      return () => room.signIn.byPassword('ada');
    },
  },
  {
    name: 'AssociateSoftwareToken by a session',
    always: price(3, 1.5, 2),
    never: price(3, 1, 2),
    async ready(room) {
      await asking(room, 'ON', 'SOFTWARE_TOKEN_MFA');
      const Session = sessionOf(await room.signIn.byPassword('ada'));
      return () => room.service.client.send(new AssociateSoftwareTokenCommand({ Session }));
    },
  },
  {
    name: 'VerifySoftwareToken by a session',
    always: price(6, 1.5, 6, 1),
    never: price(6, 1, 6, 1),
    async ready(room) {
      const begun = await associated(room);
      return () => verified(room, begun);
    },
  },
  {
    name: 'the answer to MFA_SETUP',
    always: price(2, 1.5, 1),
    never: price(2, 1, 1),
    async ready(room) {
      const session = sessionOf(await verified(room, await associated(room)));
      return () => room.signIn.respond('MFA_SETUP', asWho, session);
    },
  },
  {
    name: 'the new password of somebody who was given one',
    always: price(3, 1.5, 3, 3),
    never: price(3, 1, 3, 3),
    async ready(room) {
      const { service, app, signIn } = room;
      const given = { UserPoolId: app.poolId, Username: 'ada', Password: somePassword, Permanent: false };
      await service.client.send(new AdminSetUserPasswordCommand(given));
      const session = sessionOf(await signIn.byPassword('ada'));
      return () => signIn.respond('NEW_PASSWORD_REQUIRED', { ...asWho, NEW_PASSWORD: 'Another-Horse-9' }, session);
    },
  },
];

describe.each(['always', 'never'] as const)('With the version checked %s,', (versionCheck) => {
  test.each(secondFactors)('$name costs what it did', async (path) => {
    expect(await measured(versionCheck, path)).toEqual(path[versionCheck]);
  });
});
