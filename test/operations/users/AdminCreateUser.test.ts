import { AdminCreateUserCommand, type AdminCreateUserCommandInput } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import {
  bodyOf,
  confirm,
  day,
  lookAt,
  nobody,
  recordOf,
  refusalOfCall,
  signIn,
  signUp,
  tallyOf,
} from '../../support/people.ts';
import { failingMessenger } from '../../support/recording-messenger.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const phone = '+12065559934';
const verified = { email, email_verified: 'true' };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const emailTaken = 'An account with the email already exists.';

type Asked = Partial<Omit<AdminCreateUserCommandInput, 'UserAttributes'>> & {
  readonly attributes?: Readonly<Record<string, string>>;
};

async function administering(
  settings: Parameters<Service['aPool']>[0] = {},
  options: Parameters<typeof startService>[0] = {},
) {
  const service = await startService(options);
  const pool = await service.aPool(settings);
  const create = (Username: string, { attributes = {}, ...asked }: Asked = {}) =>
    service.client.send(
      new AdminCreateUserCommand({
        UserPoolId: pool.id,
        Username,
        UserAttributes: attributesOf(attributes),
        ...asked,
      }),
    );
  const ask = (...given: Parameters<typeof create>) => refusalOfCall(create(...given));
  const sent = async () => service.outbox.list({ poolId: pool.id });
  return { ...service, pool, create, ask, sent };
}

describe('AdminCreateUser', () => {
  test('makes a user without attributes, and sends nothing (pools-and-users 40)', async () => {
    const { client, pool, sent } = await administering();
    const now = new Date(Date.UTC(2026, 8, 1));
    const answer = bodyOf(await client.send(new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'ada' })));

    expect(answer).toEqual({
      User: {
        Username: 'ada',
        Attributes: [{ Name: 'sub', Value: expect.stringMatching(uuid) }],
        UserCreateDate: now,
        UserLastModifiedDate: now,
        Enabled: true,
        UserStatus: 'FORCE_CHANGE_PASSWORD',
      },
    });
    expect(await sent()).toEqual([]);
  });

  test('answers attributes after the sub, in the order of the schema', async () => {
    const { create } = await administering();
    const { User } = await create('ada', { attributes: { ...verified, name: 'Ada' }, MessageAction: 'SUPPRESS' });

    expect(User?.Attributes?.map(({ Name }) => Name)).toEqual(['sub', 'name', 'email', 'email_verified']);
  });

  test('invites by mail with a password that signs in once', async () => {
    const { client, pool, aClient, create, sent } = await administering();
    await create('ada', { attributes: { email } });

    const [message, ...others] = await sent();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      channel: 'EMAIL',
      to: email,
      username: 'ada',
      clientId: null,
      kind: 'AdminCreateUser',
      subject: 'Your new account',
      text: `An account was made for you. Sign in as ada with this temporary password: ${message?.code}`,
    });
    const app = await aClient(pool);
    const answer = await signIn(client, app, { username: 'ada', password: message?.code ?? '' });
    expect(answer.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  });

  test('invites by SMS where there is a phone number', async () => {
    const { create, sent } = await administering();
    await create('ada', { attributes: { email, phone_number: phone } });

    const [message, ...others] = await sent();
    expect(others).toEqual([]);
    expect(message).toMatchObject({
      channel: 'SMS',
      to: phone,
      subject: null,
      html: null,
      text: `Sign in as ada with this temporary password: ${message?.code}`,
    });
  });

  test('invites by each medium that is asked for, once', async () => {
    const { create, sent } = await administering();
    await create('ada', {
      attributes: { email, phone_number: phone },
      TemporaryPassword: 'Temporary-Horse-9',
      DesiredDeliveryMediums: ['EMAIL', 'SMS', 'EMAIL'],
    });

    const messages = await sent();
    expect(messages.map(({ channel, code }) => `${channel} ${code}`).toSorted()).toEqual([
      'EMAIL Temporary-Horse-9',
      'SMS Temporary-Horse-9',
    ]);
  });

  test('invites in the words of the pool, with whatever is in them escaped (triggers-and-messages 34)', async () => {
    const { create, sent } = await administering({
      AdminCreateUserConfig: {
        InviteMessageTemplate: {
          EmailSubject: 'Hello {username}, {####}?',
          EmailMessage: '<p>{username}: <b>{####}</b> and again {####}, {other}</p>',
          SMSMessage: '{username} {####} {username}',
        },
      },
    });
    const TemporaryPassword = 'A1<b>&"\'$`{username}x';
    await create('{####}<i>', {
      TemporaryPassword,
      attributes: { email, phone_number: phone },
      DesiredDeliveryMediums: ['EMAIL', 'SMS'],
    });

    const [mail, sms] = (await sent()).toSorted((a, b) => a.channel.localeCompare(b.channel));
    const escaped = 'A1&#60;b&#62;&#38;&#34;&#39;$`{username}x';
    expect(mail).toMatchObject({
      subject: `Hello {####}<i>, ${TemporaryPassword}?`,
      html: `<p>{####}&#60;i&#62;: <b>${escaped}</b> and again ${escaped}, {other}</p>`,
      text: `{####}<i>: ${TemporaryPassword} and again ${TemporaryPassword}, {other}`,
    });
    expect(sms?.text).toBe(`{####}<i> ${TemporaryPassword} {####}<i>`);
  });

  test('has one line of subject, whatever is in the template and the name', async () => {
    const { create, ask, sent } = await administering({
      AdminCreateUserConfig: {
        InviteMessageTemplate: { EmailSubject: 'Hello\r\nBcc: all@example.com\t{username}' },
      },
    });
    await create('ada', { attributes: { email } });
    expect((await sent())[0]).toMatchObject({ subject: 'Hello Bcc: all@example.com ada', to: email });

    for (const name of ['a\r\nBcc:all@example.com', 'a\nb', 'a\u0085b', 'a\u2028b', 'a b']) {
      expect(await ask(name, { attributes: { email } })).toMatch('InvalidParameterException');
    }
    for (const address of ['a@b.c\r\nBcc:d@e.f', 'a@b.c,d', '<a@b.c>', 'Ada<a@b.c>', 'a@b.c;', 'a\u0000@b.c']) {
      expect(await ask('bob', { attributes: { email: address } })).toBe(
        'InvalidParameterException: Invalid email address format.',
      );
    }
  });

  test('names the address where usernames are made up', async () => {
    const { create, sent } = await administering({ UsernameAttributes: ['email'] });
    const { User } = await create(email, { attributes: { email_verified: 'true' } });

    expect(User?.Username).toMatch(uuid);
    expect((await sent())[0]).toMatchObject({
      username: User?.Username,
      text: expect.stringContaining(`Sign in as ${email} with this temporary password: `),
    });
  });

  test('sends nothing when told so (pools-and-users 40)', async () => {
    const { create, sent } = await administering();
    await create('ada', { attributes: { email }, MessageAction: 'SUPPRESS', DesiredDeliveryMediums: ['SMS'] });

    expect(await sent()).toEqual([]);
  });

  test('refuses a medium without an address, before anything is written', async () => {
    const { client, pool, ask } = await administering();

    expect(await ask('ada', { attributes: { email }, DesiredDeliveryMediums: ['SMS'] })).toBe(
      'InvalidParameterException: User does not have an attribute phone_number to deliver the message to.',
    );
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
  });

  test('says that the message could not be sent, and keeps the user', async () => {
    const { client, pool, ask } = await administering({}, { ports: { messenger: failingMessenger() } });

    expect(await ask('ada', { attributes: { phone_number: phone } })).toBe(
      'CodeDeliveryFailureException: The SMS message could not be sent.',
    );
    expect((await lookAt(client, pool, 'ada')).status).toBe('FORCE_CHANGE_PASSWORD');
  });

  test('refuses a password that breaks the policy (pools-and-users 40, 51)', async () => {
    const { ask } = await administering();

    expect(await ask('ada', { TemporaryPassword: 'weak' })).toBe(
      'InvalidPasswordException: Password did not conform with policy: Password not long enough',
    );
    expect(await ask('ada', { TemporaryPassword: 'Abcdefgh1' })).toBe(
      'InvalidPasswordException: Password did not conform with policy: Password must have symbol characters',
    );
  });

  test('makes up passwords that meet the policy, each time another one (pools-and-users 40)', async () => {
    const { create, sent } = await administering({ Policies: { PasswordPolicy: { MinimumLength: 20 } } });
    for (let run = 0; run < 100; run++) await create(`user${run}`, { attributes: { email }, TemporaryPassword: '' });

    const passwords = (await sent()).map(({ code }) => code ?? '');
    expect(new Set(passwords).size).toBe(100);
    for (const password of passwords) {
      expect(password.length).toBeGreaterThanOrEqual(20);
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9\s]/]) expect(password).toMatch(kind);
    }
  });

  test('makes a user without a password where people may sign in by code', async () => {
    const { create, ask, sent } = await administering({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    const { User } = await create('ada', { attributes: verified });
    expect(User?.UserStatus).toBe('CONFIRMED');
    expect((await sent())[0]).toMatchObject({
      code: null,
      text: 'An account was made for you. Sign in as ada.',
    });
    const { User: other } = await create('bob', { TemporaryPassword: 'Temporary-Horse-9' });
    expect(other?.UserStatus).toBe('FORCE_CHANGE_PASSWORD');
    expect(await ask('eve', { TemporaryPassword: 'weak' })).toMatch('InvalidPasswordException');
  });

  test('does not know a pool that nobody has', async () => {
    const { client } = await administering();
    const create = new AdminCreateUserCommand({ UserPoolId: 'us-east-1_nobody', Username: 'ada' });

    expect(await refusalOfCall(client.send(create))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });

  test('refuses pools with a PreSignUp trigger where none runs, before anything is written', async () => {
    const PreSignUp = 'arn:aws:lambda:us-east-1:000000000000:function:any';
    const { client, pool, ask } = await administering({ LambdaConfig: { PreSignUp } });

    expect(await ask('ada', {})).toMatch(/^OperationNotEnabledException: /);
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe(nobody);
  });
});

describe('The name of a user whom an administrator adds', () => {
  test('is taken once, in any case where case makes no difference', async () => {
    const { create, ask } = await administering({ UsernameConfiguration: { CaseSensitive: false } });
    await create('Ada');

    expect(await ask('ADA')).toBe('UsernameExistsException: User account already exists');
  });

  test('is taken once, however many add it side by side', async () => {
    const { create } = await administering();
    const many = Array.from({ length: 50 }, () => create('ada'));

    expect(await tallyOf(many)).toEqual({
      'nothing is refused': 1,
      'UsernameExistsException: User account already exists': 49,
    });
  });

  test('as an address is taken by whoever has it as an attribute', async () => {
    const { create, ask } = await administering({ UsernameAttributes: ['email', 'phone_number'] });
    await create(email, { attributes: { phone_number: phone } });

    expect(await ask(email)).toBe(`UsernameExistsException: ${emailTaken}`);
    expect(await ask(phone)).toBe('UsernameExistsException: An account with the phone_number already exists.');
    expect(await ask('other@example.com', { attributes: { phone_number: phone } })).toBe(
      'UsernameExistsException: An account with the phone_number already exists.',
    );
    expect(await ask(email, { ForceAliasCreation: true, attributes: { email_verified: 'true' } })).toBe(
      `UsernameExistsException: ${emailTaken}`,
    );
  });

  test.each<[Parameters<Service['aPool']>[0], string, string]>([
    [
      { AliasAttributes: ['email'] },
      email,
      'Username cannot be of email format, since user pool is configured for email alias.',
    ],
    [{ UsernameAttributes: ['email'] }, 'ada', 'Username should be an email.'],
    [{ UsernameAttributes: ['phone_number'] }, 'ada', 'Username should be a phone number.'],
    [{ UsernameAttributes: ['email', 'phone_number'] }, 'ada', 'Username should be either an email or a phone number.'],
  ])('in a pool of %j is not to be %s (pools-and-users 32)', async (settings, name, message) => {
    const { ask } = await administering(settings);

    expect(await ask(name)).toBe(`InvalidParameterException: ${message}`);
  });

  test('cannot be what somebody prefers to be called', async () => {
    const { create, ask } = await administering({ AliasAttributes: ['preferred_username'] });
    await create('ada', { attributes: { preferred_username: 'countess' } });

    expect(await ask('countess')).toBe('UsernameExistsException: User account already exists');
    expect(await ask('bob', { attributes: { preferred_username: 'countess' } })).toBe(
      'AliasExistsException: An account with the preferred_username already exists.',
    );
  });

  test('cannot be the sub of another', async () => {
    const { create, ask } = await administering();
    const { User } = await create('ada');

    expect(await ask(recordOf(User?.Attributes)['sub'] ?? '')).toBe(
      'UsernameExistsException: User account already exists',
    );
  });
});

describe('The attributes of a user whom an administrator adds', () => {
  test('may be called verified, in any case (pools-and-users 29, 31)', async () => {
    const { client, pool, create } = await administering({ AliasAttributes: ['email', 'phone_number'] });
    await create('ada', {
      attributes: { email, email_verified: 'True', phone_number: phone, phone_number_verified: 'TRUE' },
      MessageAction: 'SUPPRESS',
    });

    for (const name of [email, phone]) {
      expect(await lookAt(client, pool, name)).toMatchObject({
        username: 'ada',
        attributes: { email_verified: 'true', phone_number_verified: 'true' },
      });
    }
  });

  test('may be those that no client writes, and lack required ones', async () => {
    const { client, pool, create } = await administering({
      Schema: [
        { Name: 'risk', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
        { Name: 'origin', AttributeDataType: 'String', Mutable: false },
        { Name: 'name', Required: true },
      ],
    });
    await create('ada', { attributes: { 'dev:custom:risk': 'low', 'custom:origin': 'here' } });

    expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject({
      'dev:custom:risk': 'low',
      'custom:origin': 'here',
    });
  });

  const schemaRule = 'InvalidParameterException: Attributes did not conform to the schema: ';
  test.each<[Readonly<Record<string, string>>, string]>([
    [{ 'custom:none': 'x' }, `${schemaRule}Type for attribute {custom:none} could not be determined\n`],
    [{ birthdate: '1' }, `${schemaRule}birthdate: String must be no shorter than 10 characters\n`],
    [{ email_verified: 'yes', email }, `${schemaRule}email_verified: Invalid boolean\n`],
    [{ sub: 'x' }, `${schemaRule}sub: Attribute cannot be updated. (changing an immutable attribute)\n`],
    [{ email: 'ada' }, 'InvalidParameterException: Invalid email address format.'],
    [{ phone_number: 'ada' }, 'InvalidParameterException: Invalid phone number format.'],
    [{ email_verified: 'true' }, 'InvalidParameterException: Email is required to verify/un-verify an email'],
    [
      { phone_number_verified: 'false' },
      'InvalidParameterException: Phone Number is required to verify/un-verify a phone number',
    ],
  ])('are refused: %j', async (attributes, message) => {
    const { ask } = await administering();

    expect(await ask('ada', { attributes })).toBe(message);
  });

  test('leave an alias to whoever holds it, unless told to move it (pools-and-users 33)', async () => {
    const { client, pool, create, ask } = await administering({ AliasAttributes: ['email'] });
    await create('ada', { attributes: verified, MessageAction: 'SUPPRESS' });

    expect(await ask('bob', { attributes: verified, MessageAction: 'SUPPRESS' })).toBe(
      `AliasExistsException: ${emailTaken}`,
    );
    expect(await refusalOfCall(lookAt(client, pool, 'bob'))).toBe(nobody);
    await create('unverified', { attributes: { email }, ForceAliasCreation: true, MessageAction: 'SUPPRESS' });
    expect((await lookAt(client, pool, email)).username).toBe('ada');

    await create('bob', { attributes: verified, ForceAliasCreation: true, MessageAction: 'SUPPRESS' });
    expect((await lookAt(client, pool, email)).username).toBe('bob');
    expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject({ email, email_verified: 'false' });
  });
});

describe('The invitation that is sent again', () => {
  const resend = (asked: Asked = {}): Asked => ({ MessageAction: 'RESEND', ...asked });

  test('has a new password, and the old one is worth nothing (pools-and-users 40)', async () => {
    const { client, pool, clock, aClient, create, sent } = await administering();
    const app = await aClient(pool);
    await create('ada', { attributes: { email, name: 'Ada' } });
    clock.advance(1000);
    const { User } = await create('ada', resend({ attributes: { name: 'Eve', 'custom:none': 'x' } }));

    expect(User?.UserStatus).toBe('FORCE_CHANGE_PASSWORD');
    expect(recordOf(User?.Attributes)).toMatchObject({ name: 'Ada' });
    expect(User?.UserLastModifiedDate).toEqual(new Date((User?.UserCreateDate?.getTime() ?? 0) + 1000));
    const [second, first] = await sent();
    expect(second).toMatchObject({ to: email, kind: 'AdminCreateUser' });
    expect(await refusalOfCall(signIn(client, app, { username: 'ada', password: first?.code ?? '' }))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    );
    clock.advance(5000);
    const answer = await signIn(client, app, { username: 'ada', password: second?.code ?? '' });
    expect(answer.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  });

  test('has the password that it is given, which begins its life then (pools-and-users 41)', async () => {
    const { client, pool, clock, aClient, create } = await administering();
    const app = await aClient(pool);
    const TemporaryPassword = 'Temporary-Horse-9';
    await create('ada', { TemporaryPassword });
    clock.advance(7 * day + 1000);
    const expired = 'NotAuthorizedException: Temporary password has expired and must be reset by an administrator.';
    expect(await refusalOfCall(signIn(client, app, { username: 'ada', password: TemporaryPassword }))).toBe(expired);
    await create('ada', resend({ TemporaryPassword }));
    clock.advance(7 * day - 1000);
    const answer = await signIn(client, app, { username: 'ada', password: TemporaryPassword });
    expect(answer.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    clock.advance(2000);
    expect(await refusalOfCall(signIn(client, app, { username: 'ada', password: TemporaryPassword }))).toBe(expired);
  });

  test('lasts as many days as the pool says (pools-and-users 41)', async () => {
    const { client, pool, clock, aClient, create } = await administering({
      Policies: { PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 1 } },
    });
    const app = await aClient(pool);
    await create('ada', { TemporaryPassword: 'temporary' });
    clock.advance(day - 1000);
    expect((await signIn(client, app, { username: 'ada', password: 'temporary' })).ChallengeName).toBe(
      'NEW_PASSWORD_REQUIRED',
    );
    clock.advance(2000);
    expect(await refusalOfCall(signIn(client, app, { username: 'ada', password: 'temporary' }))).toMatch(
      'Temporary password has expired',
    );
  });

  test('has a password even where people may sign in without', async () => {
    const { client, pool, aClient, create, sent } = await administering({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    await create('ada', { attributes: { email }, TemporaryPassword: 'Temporary-Horse-9' });
    await create('ada', resend());
    const [{ code } = { code: null }] = await sent();
    expect(code).toMatch(/.{8}/);
    const app = await aClient(pool);
    expect((await signIn(client, app, { username: 'ada', password: code ?? '' })).ChallengeName).toBe(
      'NEW_PASSWORD_REQUIRED',
    );
  });

  test('is for those who were invited alone (pools-and-users 40)', async () => {
    const { client, pool, aClient, aUser, ask, outbox } = await administering({ AutoVerifiedAttributes: ['email'] });
    await aUser(pool, { username: 'ada' });
    const app = await aClient(pool);
    await signUp(client, app, { username: 'bob', attributes: { email } });

    const notPossible = (name: string) =>
      `UnsupportedUserStateException: Resend not possible. ${name} status is not FORCE_CHANGE_PASSWORD`;
    expect(await ask('ada', resend())).toBe(notPossible('ada'));
    expect(await ask('bob', resend())).toBe(notPossible('bob'));
    await confirm(client, app, 'bob', await outbox.codeFor({ poolId: pool.id, username: 'bob' }));
    expect(await ask('bob', resend())).toBe(notPossible('bob'));
    expect(await ask('nobody', resend())).toBe(nobody);
  });

  test('finds the user by every name, and needs a password that meets the policy', async () => {
    const { create, ask, sent } = await administering({ AliasAttributes: ['email'] });
    await create('ada', { attributes: verified });

    expect(await ask('ada', resend({ TemporaryPassword: 'weak' }))).toMatch('InvalidPasswordException');
    expect(await ask('ada', resend({ DesiredDeliveryMediums: ['SMS'] }))).toMatch('InvalidParameterException');
    const { User } = await create(email, resend());
    expect(User?.Username).toBe('ada');
    expect(await sent()).toHaveLength(2);
  });
});
