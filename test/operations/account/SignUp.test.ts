import {
  AdminUpdateUserAttributesCommand,
  DeleteUserPoolCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../../lambdas/adapters/dynamodb/table.ts';
import { secretHash } from '../../../lambdas/core/rules/secret-hash.ts';
import { attributesOf, somePassword } from '../../support/builders.ts';
import {
  aClientWithSecret,
  bodyOf,
  confirm,
  lookAt,
  refusalOfCall,
  signIn,
  signUp,
  tallyOf,
  unauthorized,
} from '../../support/people.ts';
import { failingMessenger } from '../../support/recording-messenger.ts';
import { type Service, startService } from '../../support/start-service.ts';
import { testTable } from '../../support/table.ts';
import { isUnpurged, purgePool, testWorker } from '../../support/worker.ts';

const email = 'fixture@example.com';
const phone = '+12065559934';
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

async function registering(
  settings: Parameters<Service['aPool']>[0] = {},
  app: Parameters<Service['aClient']>[1] = {},
) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const client = await service.aClient(pool, app);
  const register = (username: string, attributes: Readonly<Record<string, string>> = {}, password?: string) =>
    signUp(service.client, client, { username, attributes, ...(password !== undefined && { password }) });
  return { ...service, pool, app: client, register };
}

describe('SignUp', () => {
  test('makes an unconfirmed user and answers the sub', async () => {
    const { client, pool, register } = await registering();
    const answer = bodyOf(await register('ada', { email }));

    expect(answer).toEqual({ UserConfirmed: false, UserSub: expect.stringMatching(uuid) });
    expect(await lookAt(client, pool, 'ada')).toEqual({
      username: 'ada',
      status: 'UNCONFIRMED',
      enabled: true,
      attributes: { sub: answer.UserSub, email, email_verified: 'false' },
    });
  });

  test.each([
    [['email'], { email }, { Destination: 'f***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' }, email],
    [
      ['phone_number'],
      { phone_number: phone },
      { Destination: '+*******9934', DeliveryMedium: 'SMS', AttributeName: 'phone_number' },
      phone,
    ],
    [
      ['email', 'phone_number'],
      { email, phone_number: phone },
      { Destination: '+*******9934', DeliveryMedium: 'SMS', AttributeName: 'phone_number' },
      phone,
    ],
    [
      ['email', 'phone_number'],
      { email },
      { Destination: 'f***@e***', DeliveryMedium: 'EMAIL', AttributeName: 'email' },
      email,
    ],
  ] as const)(
    'in a pool that verifies %j sends %j its code (pools-and-users 37, triggers-and-messages 35)',
    async (verified, given, details, to) => {
      const { outbox, pool, register } = await registering({ AutoVerifiedAttributes: [...verified] });
      const { CodeDeliveryDetails } = await register('ada', given);

      expect(CodeDeliveryDetails).toEqual(details);
      const [message, ...others] = await outbox.list({ poolId: pool.id });
      expect(message).toMatchObject({ to, kind: 'SignUp', username: 'ada', code: expect.stringMatching(/^[0-9]{6}$/) });
      expect(others).toEqual([]);
    },
  );

  test.each([
    [[], { email, phone_number: phone }],
    [['email'], { phone_number: phone }],
    [['phone_number'], { email }],
  ] as const)(
    'in a pool that verifies %j sends %j nothing (pools-and-users 37, triggers-and-messages 35)',
    async (verified, given) => {
      const { outbox, pool, register } = await registering({ AutoVerifiedAttributes: [...verified] });
      const answer = bodyOf(await register('ada', given));

      expect(Object.keys(answer).toSorted()).toEqual(['UserConfirmed', 'UserSub']);
      expect(await outbox.list({ poolId: pool.id })).toEqual([]);
    },
  );

  test('writes to people in the words of the pool, where the name stays what it is (triggers-and-messages 34)', async () => {
    const { outbox, pool, register } = await registering({
      AutoVerifiedAttributes: ['email', 'phone_number'],
      VerificationMessageTemplate: {
        EmailSubject: 'For {username}: {####}',
        EmailMessage: '<b>{username}</b>, {####}<br>{####}',
        SmsMessage: '{username} {####}',
      },
    });
    await register('<i>', { email });
    await register('bob', { phone_number: phone });

    const [sms, mail] = await outbox.list({ poolId: pool.id });
    expect(mail).toMatchObject({
      subject: `For {username}: ${mail?.code}`,
      html: `<b>{username}</b>, ${mail?.code}<br>${mail?.code}`,
      text: `{username}, ${mail?.code}\n${mail?.code}`,
      link: null,
    });
    expect(sms).toMatchObject({ subject: null, html: null, text: `{username} ${sms?.code}` });
  });

  test('has words of its own where the pool has none', async () => {
    const { outbox, pool, register } = await registering({ AutoVerifiedAttributes: ['email', 'phone_number'] });
    await register('ada', { email });
    await register('bob', { phone_number: phone });

    const [sms, mail] = await outbox.list({ poolId: pool.id });
    const words = `Use the code ${mail?.code} to confirm your email address.`;
    expect(mail).toMatchObject({ subject: 'Confirm your email address', html: words, text: words });
    expect(sms?.text).toBe(`${sms?.code} is your confirmation code.`);
  });

  test('masks the shortest addresses as well (pools-and-users 37, triggers-and-messages 35)', async () => {
    const { register } = await registering({ AutoVerifiedAttributes: ['email', 'phone_number'] });

    expect((await register('a', { email: 'a@b' })).CodeDeliveryDetails?.Destination).toBe('a***@b***');
    expect((await register('b', { phone_number: '+123' })).CodeDeliveryDetails?.Destination).toBe('+123');
  });

  test('says the same in both modes when the name is taken (pools-and-users 37)', async () => {
    const { client, pool, aClient, app, register } = await registering();
    const hiding = await aClient(pool, { PreventUserExistenceErrors: 'ENABLED' });
    await register('ada');

    for (const each of [app, hiding]) {
      expect(await refusalOfCall(signUp(client, each, { username: 'ada' }))).toBe(
        'UsernameExistsException: User already exists',
      );
    }
  });

  test('is refused where only administrators create users (pools-and-users 37)', async () => {
    const { register } = await registering({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });

    expect(await refusalOfCall(register('ada'))).toBe(
      'NotAuthorizedException: SignUp is not permitted for this user pool',
    );
  });

  test('does not know other clients, nor those of a pool that is gone', async () => {
    const { client, pool, app, register } = await registering();
    expect(await refusalOfCall(signUp(client, { id: '0nobody' }, { username: 'ada' }))).toBe(
      'ResourceNotFoundException: User pool client 0nobody does not exist.',
    );
    await client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refusalOfCall(register('ada'))).toBe(
      `ResourceNotFoundException: User pool client ${app.id} does not exist.`,
    );
  });

  test('asks for the hash of a secret over the name as it was sent (pools-and-users 13)', async () => {
    const { client, pool, app } = await registering({ UsernameConfiguration: { CaseSensitive: false } });
    const withSecret = await aClientWithSecret(client, pool);
    const ask = (ClientId: string, SecretHash?: string) =>
      refusalOfCall(client.send(new SignUpCommand({ ClientId, SecretHash, Username: 'Ada', Password: somePassword })));

    expect(await ask(withSecret.id)).toBe(
      `NotAuthorizedException: Client ${withSecret.id} is configured for secret but secret was not received`,
    );
    for (const wrong of [withSecret.hashFor('ada'), withSecret.hashFor(''), 'AAAA']) {
      expect(await ask(withSecret.id, wrong)).toBe(
        `NotAuthorizedException: Unable to verify secret hash for client ${withSecret.id}`,
      );
    }
    expect(await ask(app.id, withSecret.hashFor('Ada'))).toBe(
      `NotAuthorizedException: Client ${app.id} is not configured with secret but secret was received`,
    );
    expect(await ask(withSecret.id, withSecret.hashFor('Ada'))).toBe('nothing is refused');
  });

  test('takes the hash of either of two secrets (pools-and-users 13)', async () => {
    const { client, pool, ports } = await registering();
    const withSecret = await aClientWithSecret(client, pool);
    const kept = await ports.clients.read(pool.id, withSecret.id);
    if (!kept) throw new Error('There is no such client');
    const second = { id: `${kept.id}--2`, createdAt: kept.createdAt, value: 'a-second-secret' };
    expect(await ports.clients.save(kept, { ...kept, secrets: [...kept.secrets, second] })).toBe('saved');

    for (const [Username, SecretHash] of [
      ['ada', withSecret.hashFor('ada')],
      ['bob', secretHash(second.value, 'bob', kept.id)],
    ] as const) {
      const command = new SignUpCommand({ ClientId: kept.id, SecretHash, Username, Password: somePassword });
      expect(await refusalOfCall(client.send(command))).toBe('nothing is refused');
    }
  });

  test('leaves an unconfirmed user when the message could not be sent', async () => {
    const service = await startService({ ports: { messenger: failingMessenger() } });
    const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
    const app = await service.aClient(pool);

    expect(await refusalOfCall(signUp(service.client, app, { username: 'ada', attributes: { email } }))).toBe(
      'CodeDeliveryFailureException: The email message could not be sent.',
    );
    expect((await lookAt(service.client, pool, 'ada')).status).toBe('UNCONFIRMED');
  });

  test('refuses pools with a PreSignUp trigger where none runs, before anything is written', async () => {
    const { client, pool, register } = await registering({
      LambdaConfig: { PreSignUp: 'arn:aws:lambda:us-east-1:000000000000:function:any' },
    });

    expect(await refusalOfCall(register('ada', {}))).toMatch(/^OperationNotEnabledException: .*/);
    expect(await refusalOfCall(lookAt(client, pool, 'ada'))).toBe('UserNotFoundException: User does not exist.');
  });
});

describe('The name of somebody who registers', () => {
  test('collides in any case only where case makes no difference (pools-and-users 35)', async () => {
    const exact = await registering({ UsernameConfiguration: { CaseSensitive: true } });
    const asGiven = await registering();
    for (const { register, client, pool } of [exact, asGiven]) {
      await register('User');
      await register('USER');
      expect((await lookAt(client, pool, 'User')).username).toBe('User');
      expect(await refusalOfCall(lookAt(client, pool, 'user'))).toMatch('UserNotFoundException');
    }

    const folding = await registering({ UsernameConfiguration: { CaseSensitive: false } });
    await folding.register('User');
    expect(await refusalOfCall(folding.register('USER'))).toBe('UsernameExistsException: User already exists');
    expect((await lookAt(folding.client, folding.pool, 'uSER')).username).toBe('user');
  });

  test.each([
    ['İstanbul', 'i\u0307stanbul'],
    ['STRAẞE', 'straße'],
    ['ΟΔΟΣ', 'οδος'.replace('ς', 'σ')],
    ['\u212Aelvin', 'kelvin'],
  ])('%s is %s in lower case, and nobody else takes it', async (typed, folded) => {
    const { client, pool, register } = await registering({ UsernameConfiguration: { CaseSensitive: false } });
    const { UserSub } = await register(typed);

    expect(await refusalOfCall(register(folded))).toMatch('UsernameExistsException');
    for (const name of [typed, folded]) {
      const { username, attributes } = await lookAt(client, pool, name);
      expect({ username, sub: attributes['sub'] }).toEqual({ username: folded, sub: UserSub });
    }
  });

  test('stays apart from those that only look alike', async () => {
    const { client, pool, register } = await registering({ UsernameConfiguration: { CaseSensitive: false } });
    const names = ['admin', 'аdmin', 'ADMlN', 'admın', 'ﬀ', 'ff', 'strasse', 'straße', 'é', 'e\u0301'];
    for (const name of names) await register(name);

    const subs = await Promise.all(names.map(async (name) => (await lookAt(client, pool, name)).attributes['sub']));
    expect(new Set(subs).size).toBe(names.length);
  });

  test('cannot be the sub of another, in whatever case it counts', async () => {
    const exact = await registering();
    const { UserSub: sub = '' } = await exact.register('ada');
    expect(await refusalOfCall(exact.register(sub))).toBe('UsernameExistsException: User already exists');
    expect((await lookAt(exact.client, exact.pool, sub)).username).toBe('ada');

    const folding = await registering({ UsernameConfiguration: { CaseSensitive: false } });
    const { UserSub: other = '' } = await folding.register('ada');
    expect(await refusalOfCall(folding.register(other.toUpperCase()))).toBe(
      'UsernameExistsException: User already exists',
    );
  });

  test('cannot be what somebody prefers to be called', async () => {
    const { client, pool, aUser, register } = await registering({
      AliasAttributes: ['preferred_username'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const { username } = await aUser(pool, { username: 'ada' });
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username: username,
        UserAttributes: attributesOf({ preferred_username: 'Countess' }),
      }),
    );

    expect(await refusalOfCall(register('countess'))).toBe('UsernameExistsException: User already exists');
    expect((await lookAt(client, pool, 'countess')).username).toBe('ada');
  });

  test.each<[Parameters<Service['aPool']>[0], string, string]>([
    [
      { AliasAttributes: ['email'] },
      email,
      'Username cannot be of email format, since user pool is configured for email alias.',
    ],
    [
      { AliasAttributes: ['phone_number'] },
      phone,
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    ],
    [{ UsernameAttributes: ['email'] }, 'ada', 'Username should be an email.'],
    [{ UsernameAttributes: ['email'] }, phone, 'Username should be an email.'],
    [{ UsernameAttributes: ['phone_number'] }, email, 'Username should be a phone number.'],
    [{ UsernameAttributes: ['email', 'phone_number'] }, 'ada', 'Username should be either an email or a phone number.'],
  ])('in a pool of %j is not to be %s (pools-and-users 32)', async (settings, name, message) => {
    const { register } = await registering(settings);

    expect(await refusalOfCall(register(name))).toBe(`InvalidParameterException: ${message}`);
  });

  test('may look like an address that is no alias there', async () => {
    const { register } = await registering({ AliasAttributes: ['preferred_username', 'phone_number'] });

    expect((await register(email)).UserSub).toMatch(uuid);
  });

  test('is a UUID where addresses are names, and signs in by address and sub (pools-and-users 32)', async () => {
    const { client, pool, app, outbox, register } = await registering({
      UsernameAttributes: ['email', 'phone_number'],
      AutoVerifiedAttributes: ['email'],
    });
    const { UserSub: sub = '' } = await register(email);

    expect(await lookAt(client, pool, email)).toEqual({
      username: sub,
      status: 'UNCONFIRMED',
      enabled: true,
      attributes: { sub, email, email_verified: 'false' },
    });
    await confirm(client, app, email, await outbox.codeFor({ poolId: pool.id, username: sub }));
    for (const username of [email, sub]) {
      expect((await signIn(client, app, { username })).AuthenticationResult?.AccessToken).toBeDefined();
    }
    expect((await register(phone)).UserSub).not.toBe(sub);
    expect((await lookAt(client, pool, phone)).attributes['phone_number']).toBe(phone);
  });

  test('as an address is taken by whoever registered with it, verified or not', async () => {
    const { register } = await registering({
      UsernameAttributes: ['email', 'phone_number'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    await register('Ada@Example.com', { phone_number: phone });

    for (const name of ['ada@example.com', 'ADA@EXAMPLE.COM', phone]) {
      expect(await refusalOfCall(register(name))).toBe('UsernameExistsException: User already exists');
    }
  });

  test('as an address cannot contradict the attribute', async () => {
    const { client, pool, register } = await registering({
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });

    expect(await refusalOfCall(register(email, { email: 'other@example.com' }))).toBe(
      'InvalidParameterException: Username and email must be the same, since user pool is configured for email as username.',
    );
    await register(email, { email: 'Fixture@Example.COM' });
    expect((await lookAt(client, pool, email)).attributes['email']).toBe('Fixture@Example.COM');
  });

  test('has 1 to 128 characters without blanks and controls, and is not echoed', async () => {
    const { app, call, register } = await registering();
    const pattern = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`;
    for (const name of ['a b', 'a\r\nBcc: everybody@example.com', 'a\u0000', '\u00A0', 'a\u2028']) {
      expect(await refusalOfCall(register(name))).toBe(
        `InvalidParameterException: 1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
      );
    }
    expect(await refusalOfCall(register('x'.repeat(129)))).toBe(
      "InvalidParameterException: 1 validation error detected: Value at 'username' failed to satisfy constraint: Member must have length less than or equal to 128",
    );
    expect((await register('🦆'.repeat(64))).UserSub).toMatch(uuid);
    const halved = await call('SignUp', { ClientId: app.id, Username: 'a\uD83E', Password: somePassword });
    expect(halved.json).toMatchObject({ __type: 'SerializationException' });
  });

  test('__proto__ and its like are names as any other', async () => {
    const { client, pool, register } = await registering();
    for (const name of ['__proto__', 'constructor', 'toString', '{username}', '{####}', 'sha256:00']) {
      await register(name);
      expect((await lookAt(client, pool, name)).username).toBe(name);
    }
  });
});

describe('The attributes of somebody who registers', () => {
  const nonconforming = 'InvalidParameterException: Attributes did not conform to the schema: ';
  const schema = [
    {
      Name: 'plan',
      AttributeDataType: 'String' as const,
      StringAttributeConstraints: { MinLength: '2', MaxLength: '4' },
    },
    {
      Name: 'age',
      AttributeDataType: 'Number' as const,
      NumberAttributeConstraints: { MinValue: '18', MaxValue: '99' },
    },
    { Name: 'member', AttributeDataType: 'Boolean' as const },
    { Name: 'since', AttributeDataType: 'DateTime' as const },
    { Name: 'secret', AttributeDataType: 'String' as const, DeveloperOnlyAttribute: true },
    { Name: 'origin', AttributeDataType: 'String' as const, Mutable: false },
  ];

  test.each<[Readonly<Record<string, string>>, string]>([
    [{ email: 'ada' }, 'InvalidParameterException: Invalid email address format.'],
    [{ email: 'ada@' }, 'InvalidParameterException: Invalid email address format.'],
    [{ email: '@example.com' }, 'InvalidParameterException: Invalid email address format.'],
    [{ email: 'ada@example@com' }, 'InvalidParameterException: Invalid email address format.'],
    [{ email: 'ada love@example.com' }, 'InvalidParameterException: Invalid email address format.'],
    [{ email: 'a@b.c\r\nBcc: x' }, 'InvalidParameterException: Invalid email address format.'],
    [{ email: 'a\u0000@b.c' }, 'InvalidParameterException: Invalid email address format.'],
    [{ phone_number: '12065559934' }, 'InvalidParameterException: Invalid phone number format.'],
    [{ phone_number: '+1 206 555' }, 'InvalidParameterException: Invalid phone number format.'],
    [{ phone_number: '+' }, 'InvalidParameterException: Invalid phone number format.'],
    [{ phone_number: '+1234567890123456' }, 'InvalidParameterException: Invalid phone number format.'],
    [{ birthdate: '1815-12-1' }, `${nonconforming}birthdate: String must be no shorter than 10 characters\n`],
    [{ birthdate: '1815-12-100' }, `${nonconforming}birthdate: String must be no longer than 10 characters\n`],
    [{ 'custom:plan': 'a' }, `${nonconforming}custom:plan: String must be no shorter than 2 characters\n`],
    [{ 'custom:plan': 'abcde' }, `${nonconforming}custom:plan: String must be no longer than 4 characters\n`],
    [{ 'custom:age': '17' }, `${nonconforming}custom:age: Number must be no less than 18\n`],
    [{ 'custom:age': '100' }, `${nonconforming}custom:age: Number must be no greater than 99\n`],
    [{ 'custom:age': 'old' }, `${nonconforming}custom:age: Invalid number\n`],
    [{ 'custom:age': '1e2' }, `${nonconforming}custom:age: Invalid number\n`],
    [{ 'custom:member': 'yes' }, `${nonconforming}custom:member: Invalid boolean\n`],
    [{ 'custom:since': 'yesterday' }, `${nonconforming}custom:since: Invalid date and time\n`],
    [{ updated_at: '-1' }, `${nonconforming}updated_at: Number must be no less than 0\n`],
    [
      { birthdate: '1', 'custom:age': '1' },
      `${nonconforming}birthdate: String must be no shorter than 10 characters\ncustom:age: Number must be no less than 18\n`,
    ],
  ])('%j are refused (pools-and-users 29)', async (attributes, message) => {
    const { register } = await registering({ Schema: schema });

    expect(await refusalOfCall(register('ada', attributes))).toBe(message);
  });

  test('that fit are kept, booleans in lower case (pools-and-users 29)', async () => {
    const { client, pool, register } = await registering({ Schema: schema });
    const given = {
      email: 'Ada+Lovelace@Example.com',
      phone_number: '+1',
      birthdate: '1815-12-10',
      'custom:plan': 'ab',
      'custom:age': '18',
      'custom:since': '2026-09-01T00:00:00Z',
      'custom:origin': 'here',
      updated_at: '0',
    };
    const { UserSub } = await register('ada', { ...given, 'custom:member': 'True' });

    expect((await lookAt(client, pool, 'ada')).attributes).toEqual({
      ...given,
      sub: UserSub,
      'custom:member': 'true',
      email_verified: 'false',
      phone_number_verified: 'false',
    });
  });

  test('that are required are named one by one when they are missing (pools-and-users 30)', async () => {
    const { register } = await registering({
      Schema: [
        { Name: 'name', Required: true },
        { Name: 'family_name', Required: true },
      ],
    });
    const both = `${nonconforming}name: The attribute is required\nfamily_name: The attribute is required\n`;

    expect(await refusalOfCall(register('ada'))).toBe(both);
    expect(await refusalOfCall(register('ada', { name: '', family_name: '' }))).toBe(both);
    expect(await refusalOfCall(register('ada', { name: 'Ada' }))).toBe(
      `${nonconforming}family_name: The attribute is required\n`,
    );
    expect(await refusalOfCall(register('ada', { name: 'Ada', family_name: 'King' }))).toBe('nothing is refused');
  });

  test.each(['custom:unknown', '__proto__', 'constructor', 'CUSTOM:plan', 'plan', 'Email'])(
    'are not called %s (pools-and-users 30)',
    async (name) => {
      const { call, app } = await registering({ Schema: schema });
      const { json } = await call('SignUp', {
        ClientId: app.id,
        Username: 'ada',
        Password: somePassword,
        UserAttributes: [{ Name: name, Value: 'x' }],
      });

      expect(json).toEqual({
        __type: 'InvalidParameterException',
        message: `Attributes did not conform to the schema: Type for attribute {${name}} could not be determined\n`,
      });
    },
  );

  test.each([
    { sub: '3f1c9a52-7b1e-4d0e-9a51-5b1d6c0e8a77' },
    { 'dev:custom:secret': 'x' },
    { 'dev:anything': 'x' },
    { 'dev:custom:secret': '' },
    { email, email_verified: 'true' },
    { email, email_verified: 'false' },
    { phone_number: phone, phone_number_verified: 'true' },
  ])('are never %j (pools-and-users 31)', async (attributes) => {
    const { register } = await registering({ Schema: schema });

    expect(await refusalOfCall(register('ada', attributes))).toBe(unauthorized);
  });

  test('are those that the client may write', async () => {
    const { client, pool, register } = await registering(
      { Schema: schema },
      { WriteAttributes: ['email', 'custom:plan'] },
    );

    for (const name of ['name', 'custom:unknown']) {
      expect(await refusalOfCall(register('ada', { [name]: 'x' }))).toBe(unauthorized);
    }
    await register('ada', { email, 'custom:plan': 'free' });
    expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject({ email, 'custom:plan': 'free' });
  });

  test('include no preferred username where it is an alias', async () => {
    const { register } = await registering({ AliasAttributes: ['preferred_username'] });

    expect(await refusalOfCall(register('ada', { preferred_username: 'countess' }))).toBe(
      'InvalidParameterException: preferred_username cannot be set before the user is confirmed, since user pool is configured for preferred_username alias.',
    );
  });

  test('count once: the last of two entries of a name', async () => {
    const { client, pool, app } = await registering();
    await client.send(
      new SignUpCommand({
        ClientId: app.id,
        Username: 'ada',
        Password: somePassword,
        UserAttributes: [...attributesOf({ name: 'Ada' }), ...attributesOf({ name: 'Augusta' })],
      }),
    );

    expect((await lookAt(client, pool, 'ada')).attributes['name']).toBe('Augusta');
  });

  test('have at most 2048 characters each, and all of them may have that many', async () => {
    const customs = Array.from({ length: 50 }, (_, at) => ({ Name: `c${at}`, AttributeDataType: 'String' as const }));
    const { client, pool, register } = await registering({ Schema: customs });
    expect(await refusalOfCall(register('ada', { name: 'x'.repeat(2049) }))).toBe(
      "InvalidParameterException: 1 validation error detected: Value at 'userAttributes.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 2048",
    );
    const full = Object.fromEntries(
      [...customs.map(({ Name }) => `custom:${Name}`), 'name'].map((name) => [name, 'x'.repeat(2048)]),
    );
    await register('ada', full);
    expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject(full);
  });

  test('have at most 2048 bytes each, whatever their characters', async () => {
    const { register } = await registering();

    expect(await refusalOfCall(register('ada', { name: 'ß'.repeat(1025) }))).toBe(
      `${nonconforming}name: String must be no longer than 2048 bytes\n`,
    );
    expect(await refusalOfCall(register('ada', { name: 'ß'.repeat(1024) }))).toBe('nothing is refused');
  });

  test('may not be half a character', async () => {
    const { app, call } = await registering();
    for (const entry of [
      { Name: 'name', Value: '\uDC00' },
      { Name: '\uD800', Value: '' },
    ]) {
      const answer = await call('SignUp', {
        ClientId: app.id,
        Username: 'ada',
        Password: somePassword,
        UserAttributes: [entry],
      });
      expect(answer.json).toMatchObject({ __type: 'SerializationException' });
    }
  });

  test('lead to nobody before they are verified, so that an address may wait for two', async () => {
    const { client, pool, register } = await registering({ AliasAttributes: ['email'] });
    await register('ada', { email });
    await register('bob', { email });

    expect(await refusalOfCall(lookAt(client, pool, email))).toBe('UserNotFoundException: User does not exist.');
  });
});

describe('The password of somebody who registers', () => {
  const broken = 'InvalidPasswordException: Password did not conform with policy: ';
  const policy = (PasswordPolicy: object) => ({ Policies: { PasswordPolicy } });

  test.each([
    ['', 'Aa1!', 'Password not long enough'],
    ['lower', 'ABCDEFG1!', 'Password must have lowercase characters'],
    ['upper', 'abcdefg1!', 'Password must have uppercase characters'],
    ['number', 'Abcdefgh!', 'Password must have numeric characters'],
    ['symbol', 'Abcdefgh1', 'Password must have symbol characters'],
    ['order', 'a', 'Password not long enough'],
    ['order', 'AAAAAAAA', 'Password must have lowercase characters'],
    ['order', 'aaaaaaaa', 'Password must have uppercase characters'],
    ['order', 'aaaaaaaA', 'Password must have numeric characters'],
    ['Latin', 'ÄÖÜäöü٣٤٥€', 'Password must have lowercase characters'],
  ])('breaks a rule (%s): %s (pools-and-users 51)', async (_rule, password, message) => {
    const { register } = await registering();

    expect(await refusalOfCall(register('ada', {}, password))).toBe(`${broken}${message}`);
  });

  test.each([
    [{ MinimumLength: 6, RequireLowercase: true }, 'AAAAAA', 'aAAAAA', 'Password must have lowercase characters'],
    [{ MinimumLength: 6, RequireUppercase: true }, 'aaaaaa', 'Aaaaaa', 'Password must have uppercase characters'],
    [{ MinimumLength: 6, RequireNumbers: true }, 'aaaaaa', '1aaaaa', 'Password must have numeric characters'],
    [{ MinimumLength: 6, RequireSymbols: true }, 'aaaaaa', '.aaaaa', 'Password must have symbol characters'],
    [{ MinimumLength: 12 }, 'aaaaaaaaaaa', 'aaaaaaaaaaaa', 'Password not long enough'],
  ])('keeps %j alone (pools-and-users 51)', async (rule, wrong, right, message) => {
    const { register } = await registering(policy(rule));

    expect(await refusalOfCall(register('ada', {}, wrong))).toBe(`${broken}${message}`);
    expect(await refusalOfCall(register('ada', {}, right))).toBe('nothing is refused');
  });

  test('has each of these symbols, or a blank inside (pools-and-users 51)', async () => {
    const { register } = await registering(policy({ MinimumLength: 6, RequireSymbols: true }));
    const symbols = [...'^$*.[]{}()?-"!@#%&/\\,><\':;|_~`+= '];
    const outcomes = await Promise.all(
      symbols.map((symbol, at) => refusalOfCall(register(`user${at}`, {}, `aaa${symbol}aaa`))),
    );
    expect(outcomes).toEqual(symbols.map(() => 'nothing is refused'));
    for (const none of ['aaa€aaa', 'aaa§aaa', 'aaaäaaa']) {
      expect(await refusalOfCall(register('ada', {}, none))).toBe(`${broken}Password must have symbol characters`);
    }
  });

  test('has no blank at its ends, and no other white space (pools-and-users 51)', async () => {
    const { register } = await registering();
    for (const password of [' Correct-Horse-9', 'Correct-Horse-9 ', 'Correct\tHorse-9', 'Correct\nHorse-9']) {
      expect(await refusalOfCall(register('ada', {}, password))).toBe(
        String.raw`InvalidParameterException: 1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+`,
      );
    }
  });

  test('has 256 characters and not 257 (pools-and-users 51)', async () => {
    const { app, client, register } = await registering();
    const longest = somePassword.padEnd(256, 'x');

    expect(await refusalOfCall(register('ada', {}, `${longest}x`))).toBe(
      "InvalidParameterException: 1 validation error detected: Value at 'password' failed to satisfy constraint: Member must have length less than or equal to 256",
    );
    await register('ada', {}, longest);
    expect(await refusalOfCall(signIn(client, app, { username: 'ada', password: longest }))).toBe(
      'UserNotConfirmedException: User is not confirmed.',
    );
  });

  test('is asked for unless people may sign in by code', async () => {
    const { client, app } = await registering();
    const ask = (ClientId: string, Password?: string) =>
      refusalOfCall(client.send(new SignUpCommand({ ClientId, Username: 'ada', Password })));
    for (const none of [undefined, '']) {
      expect(await ask(app.id, none)).toBe('InvalidParameterException: Missing required parameter Password');
    }

    const open = await registering({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    const { UserConfirmed } = await open.client.send(new SignUpCommand({ ClientId: open.app.id, Username: 'ada' }));
    expect(UserConfirmed).toBe(false);
    expect(await refusalOfCall(open.register('bob', {}, 'weak'))).toBe(`${broken}Password not long enough`);
  });
});

describe('Registrations side by side', () => {
  test('have one winner for each name (pools-and-users 35)', async () => {
    const { client, pool, outbox, register } = await registering({ AutoVerifiedAttributes: ['email'] });
    const many = Array.from({ length: 50 }, (_, at) => register('ada', { email: `user${at}@example.com` }));

    expect(await tallyOf(many)).toEqual({
      'nothing is refused': 1,
      'UsernameExistsException: User already exists': 49,
    });
    const { attributes } = await lookAt(client, pool, 'ada');
    const sent = await outbox.list({ poolId: pool.id });
    expect(sent.map(({ to }) => to)).toEqual([attributes['email']]);
  });

  test('have one winner for each address that is a name', async () => {
    const { register } = await registering({
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const many = Array.from({ length: 50 }, (_, at) => register(at % 2 ? email : email.toUpperCase()));

    expect(await tallyOf(many)).toEqual({
      'nothing is refused': 1,
      'UsernameExistsException: User already exists': 49,
    });
  });

  test('leave nothing behind when the pool is deleted meanwhile', async () => {
    const { client, pool, clock, register } = await registering({ UsernameAttributes: ['email'] });
    const register10 = (from: number) =>
      Array.from({ length: 10 }, (_, at) => refusalOfCall(register(`user${from + at}@example.com`, { name: 'Ada' })));
    await Promise.all(register10(0));
    const outcomes = await Promise.all([
      ...register10(10),
      client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id })).then(() => 'deleted'),
      ...register10(20),
    ]);
    expect(outcomes).toContain('deleted');

    const worker = testWorker({ clock });
    await purgePool(worker, pool.id);
    clock.advance(24 * 60 * 60 * 1000);
    await purgePool(worker, pool.id);
    expect(await rowsNaming(pool.id)).toEqual([]);
    expect(await isUnpurged(worker, pool.id)).toBe(false);
  });
});

/** Every row of the table that says this id anywhere. */
async function rowsNaming(poolId: string): Promise<Item[]> {
  const found: Item[] = [];
  let after: Readonly<Record<string, unknown>> | undefined;
  do {
    const { items, next } = await testTable().scan({ limit: 500, after });
    found.push(...items.filter((item) => JSON.stringify(item).includes(poolId)));
    after = next;
  } while (after);
  return found;
}
