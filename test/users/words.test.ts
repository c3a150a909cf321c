/** Whose words a message has: each kind and medium with the template that it belongs to. */
import {
  AdminCreateUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  type CreateUserPoolCommandInput,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  ResendConfirmationCodeCommand,
  SetUserPoolMfaConfigCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../support/builders.ts';
import { choosing, choosingOf, firstFactors } from '../support/choosing.ts';
import { everyPoolSetting, texts } from '../support/every-setting.ts';
import { signIn, signUp, tokenOf } from '../support/people.ts';
import { startService } from '../support/start-service.ts';

type Medium = 'EMAIL' | 'SMS';

/** Each says which one it is. */
const words: Partial<CreateUserPoolCommandInput> = {
  VerificationMessageTemplate: {
    EmailSubject: 'verification subject',
    EmailMessage: 'verification mail {####} {username}',
    EmailSubjectByLink: 'link subject',
    EmailMessageByLink: 'link mail {##here##}',
    SmsMessage: 'verification text {####} {username}',
  },
  SmsAuthenticationMessage: 'sign-in text {####} {username}',
  AdminCreateUserConfig: {
    InviteMessageTemplate: {
      EmailSubject: 'invitation subject',
      EmailMessage: 'invitation mail {####} {username}',
      SMSMessage: 'invitation text {####} {username}',
    },
  },
};

const addresses = { EMAIL: { email: 'ada@example.com' }, SMS: { phone_number: '+12065550100' } } as const;
const others = { EMAIL: { email: 'bob@example.com' }, SMS: { phone_number: '+12065550199' } } as const;
const attribute = { EMAIL: 'email', SMS: 'phone_number' } as const;
const verified = { email_verified: 'true', phone_number_verified: 'true' };

async function aPlace(medium: Medium, settings: Partial<CreateUserPoolCommandInput> = words) {
  const service = await startService();
  const { client } = service;
  const { EmailConfiguration } = everyPoolSetting;
  const pool = await service.aPool({ EmailConfiguration, AutoVerifiedAttributes: [attribute[medium]], ...settings });
  const app = await service.aClient(pool);
  const UserPoolId = pool.id;
  const ada = { UserPoolId, Username: 'ada' };
  await service.aUser(pool, { username: 'ada', attributes: { ...addresses.EMAIL, ...addresses.SMS, ...verified } });
  const AccessToken = await tokenOf(client, app, { username: 'ada' });
  const setFactors = () =>
    client.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId,
        MfaConfiguration: 'OPTIONAL',
        SmsMfaConfiguration: { SmsAuthenticationMessage: 'sign-in text {####} {username}', SmsConfiguration: texts },
        EmailMfaConfiguration: { Subject: 'sign-in subject', Message: 'sign-in mail {####} {username}' },
      }),
    );
  return { ...service, pool, app, ada, AccessToken, setFactors, ClientId: app.id, UserPoolId };
}

type Place = Awaited<ReturnType<typeof aPlace>>;
type Cause = (place: Place, medium: Medium) => Promise<unknown>;

const register: Cause = ({ client, app }, medium) =>
  signUp(client, app, { username: 'bob', attributes: others[medium] });

const causes: Readonly<Record<string, readonly [kind: string, cause: Cause]>> = {
  ForgotPassword: [
    'ForgotPassword',
    ({ client, ClientId }) => client.send(new ForgotPasswordCommand({ ClientId, Username: 'ada' })),
  ],
  AdminResetUserPassword: ['ForgotPassword', ({ client, ada }) => client.send(new AdminResetUserPasswordCommand(ada))],
  UpdateUserAttributes: [
    'UpdateUserAttribute',
    ({ client, AccessToken }, medium) =>
      client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributesOf(others[medium]) })),
  ],
  AdminUpdateUserAttributes: [
    'UpdateUserAttribute',
    ({ client, ada }, medium) =>
      client.send(new AdminUpdateUserAttributesCommand({ ...ada, UserAttributes: attributesOf(others[medium]) })),
  ],
  GetUserAttributeVerificationCode: [
    'VerifyUserAttribute',
    ({ client, AccessToken }, medium) =>
      client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: attribute[medium] })),
  ],
};

const registrations: typeof causes = {
  SignUp: ['SignUp', register],
  ResendConfirmationCode: [
    'ResendCode',
    async (place, medium) => {
      await register(place, medium);
      return place.client.send(new ResendConfirmationCodeCommand({ ClientId: place.ClientId, Username: 'bob' }));
    },
  ],
};

const media = ['EMAIL', 'SMS'] as const;
const recovering = (medium: Medium): Partial<CreateUserPoolCommandInput> => ({
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: `verified_${attribute[medium]}` }] },
});

const isOf = (template: string, medium: Medium, code = '', name = '{username}') =>
  medium === 'EMAIL'
    ? { channel: medium, subject: `${template} subject`, html: `${template} mail ${code} ${name}` }
    : { channel: medium, subject: null, html: null, text: `${template} text ${code} ${name}` };

describe.each(media)('The words of a message by %s', (medium) => {
  test.each(Object.entries({ ...registrations, ...causes }))(
    'that %s sends are those of verification (triggers-and-messages 32)',
    async (_operation, [kind, cause]) => {
      const place = await aPlace(medium, { ...words, ...recovering(medium) });
      await cause(place, medium);
      const message = await place.outbox.last({ poolId: place.pool.id });
      expect(message).toMatchObject({ kind, ...isOf('verification', medium, message.code ?? '') });
    },
  );

  test.each(Object.entries(medium === 'EMAIL' ? causes : { ...registrations, ...causes }))(
    'that %s sends are those of a code, also where registrations are confirmed by a link (triggers-and-messages 32)',
    async (_operation, [kind, cause]) => {
      const byLink = { ...words.VerificationMessageTemplate, DefaultEmailOption: 'CONFIRM_WITH_LINK' as const };
      const place = await aPlace(medium, { ...words, ...recovering(medium), VerificationMessageTemplate: byLink });
      await cause(place, medium);
      const message = await place.outbox.last({ poolId: place.pool.id });
      expect(message).toMatchObject({ kind, link: null, ...isOf('verification', medium, message.code ?? '') });
    },
  );

  test('that invites are those of invitations, with the name (triggers-and-messages 32)', async () => {
    const { client, UserPoolId, outbox } = await aPlace(medium);
    const UserAttributes = attributesOf(others[medium]);
    const invited = { UserPoolId, Username: 'bob', UserAttributes, DesiredDeliveryMediums: [medium] };
    await client.send(new AdminCreateUserCommand(invited));
    for (const MessageAction of [undefined, 'RESEND' as const]) {
      if (MessageAction) await client.send(new AdminCreateUserCommand({ ...invited, MessageAction }));
      const message = await outbox.last({ poolId: UserPoolId });
      const plain = medium === 'SMS' ? {} : { html: expect.stringMatching(/^invitation mail .+ bob$/) };
      expect(message).toMatchObject({
        kind: 'AdminCreateUser',
        ...isOf('invitation', medium, message.code ?? '', 'bob'),
        ...plain,
      });
    }
  });

  test('that is a second factor are those of signing in (triggers-and-messages 32)', async () => {
    const { client, app, ada, setFactors, outbox, UserPoolId } = await aPlace(medium);
    await setFactors();
    const preferred = { Enabled: true, PreferredMfa: true };
    const preference = medium === 'SMS' ? { SMSMfaSettings: preferred } : { EmailMfaSettings: preferred };
    await client.send(new AdminSetUserMFAPreferenceCommand({ ...ada, ...preference }));
    await signIn(client, app, { username: 'ada' });
    const message = await outbox.last({ poolId: UserPoolId });
    expect(message).toMatchObject({ kind: 'Authentication', ...isOf('sign-in', medium, message.code ?? '') });
  });

  test('that is a first factor are those of signing in (triggers-and-messages 32)', async () => {
    const place = await aPlace(medium, { ...words, ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP') });
    await place.setFactors();
    const app = await place.aClient(place.pool, choosing);
    await choosingOf(place, app).choose('ada', medium === 'EMAIL' ? 'EMAIL_OTP' : 'SMS_OTP');
    const message = await place.outbox.last({ poolId: place.pool.id });
    expect(message).toMatchObject({ kind: 'Authentication', ...isOf('sign-in', medium, message.code ?? '') });
  });

  test('are the service’s own where the pool has none, with everything that is needed in them', async () => {
    const none = { ...recovering(medium), ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP') };
    for (const [kind, cause] of Object.values({ ...registrations, ...causes })) {
      const place = await aPlace(medium, none);
      await cause(place, medium);
      const message = await place.outbox.last({ poolId: place.pool.id });
      expect(message).toMatchObject({ kind, channel: medium });
      expect(message.text).toContain(message.code);
      expect(message.text).not.toMatch(/[{}]/);
      if (medium === 'EMAIL') expect(message.subject).toMatch(/\S/);
      // Whoever sets a new password is not told that they confirm something, nor the other way round.
      const purpose = kind === 'ForgotPassword' ? 'new password' : 'confirm';
      expect(message.text.match(/new password|confirm/g)).toEqual([purpose]);
    }
    const { client, outbox, UserPoolId } = await aPlace(medium, {});
    const UserAttributes = attributesOf(others[medium]);
    const invited = { UserPoolId, Username: 'bob', UserAttributes, DesiredDeliveryMediums: [medium] };
    await client.send(new AdminCreateUserCommand(invited));
    const { text, code } = await outbox.last({ poolId: UserPoolId });
    for (const part of ['bob', code]) expect(text).toContain(part);
  });
});

test('The plain text of a mail is what its readers see of a whole document', async () => {
  const EmailMessage = `<!DOCTYPE html>
<html><head><title>Shop</title><style>td{color:red}</style></head><body>
<!--[if !mso]><!--><table><tr><td>Your code:</td><td><b>{####}</b></td></tr></table><!--<![endif]-->
</body></html>`;
  const place = await aPlace('EMAIL', { VerificationMessageTemplate: { EmailMessage } });
  await register(place, 'EMAIL');
  const { html, text, code } = await place.outbox.last({ poolId: place.pool.id });
  expect(html).toBe(EmailMessage.replace('{####}', code ?? ''));
  expect(text).toBe(`Your code: ${code}`);
});

describe('The words of a link', () => {
  test.each(Object.entries(registrations))(
    'are what %s sends where the pool asks for it (triggers-and-messages 32)',
    async (_operation, [kind, cause]) => {
      const byLink = { ...words.VerificationMessageTemplate, DefaultEmailOption: 'CONFIRM_WITH_LINK' as const };
      const place = await aPlace('EMAIL', { ...words, VerificationMessageTemplate: byLink });
      await cause(place, 'EMAIL');
      const message = await place.outbox.last({ poolId: place.pool.id });
      const html = expect.stringMatching(/^link mail <a href="[^"<>]+">here<\/a>$/);
      expect(message).toMatchObject({ kind, subject: 'link subject', html });
    },
  );
});
