import {
  AdminUpdateUserAttributesCommand,
  GetUserAttributeVerificationCodeCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import {
  aPerson,
  bodyOf,
  codeMismatch,
  expiredCode,
  hour,
  limitExceeded,
  lookAt,
  nobody,
  refusalOfCall,
  signIn,
  tallyOf,
  unauthorized,
} from '../../support/people.ts';
import { failingMessenger } from '../../support/recording-messenger.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const other = 'other@where.com';
const phone = '+12065559934';
const verified = { email, email_verified: 'true' };
const toOther = { Destination: 'o***@w***', DeliveryMedium: 'EMAIL', AttributeName: 'email' };
const toPhone = { Destination: '+*******9934', DeliveryMedium: 'SMS', AttributeName: 'phone_number' };
const emailTaken = 'AliasExistsException: An account with the given email already exists.';
const invalid = 'InvalidParameterException: Invalid user attributes: ';

type Attributes = Readonly<Record<string, string>>;

async function somebody(
  settings: Parameters<Service['aPool']>[0] = {},
  app: Parameters<Service['aClient']>[1] = {},
  attributes: Attributes = verified,
  username = 'ada',
) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const through = await service.aClient(pool, app);
  const person = await aPerson(service, pool, { username, attributes, app: through });
  const update = (changed: Attributes, AccessToken = person.token) =>
    service.client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes: attributesOf(changed) }));
  const ask = (...given: Parameters<typeof update>) => refusalOfCall(update(...given));
  const verify = (Code: string, AttributeName = 'email') =>
    service.client.send(new VerifyUserAttributeCommand({ AccessToken: person.token, AttributeName, Code }));
  const now = async () => (await lookAt(service.client, pool, person.user.username)).attributes;
  const code = () => service.outbox.codeFor(person.user);
  return { ...service, ...person, pool, update, ask, verify, now, code };
}

describe('UpdateUserAttributes', () => {
  test('sets, replaces and, by a blank value, removes', async () => {
    const { user, update, now, client, pool } = await somebody({}, {}, { name: 'Ada', nickname: 'Countess' });

    expect(bodyOf(await update({ name: 'Augusta', nickname: '', locale: 'en' })).CodeDeliveryDetailsList ?? []).toEqual(
      [],
    );
    expect(await now()).toEqual({ sub: user.sub, name: 'Augusta', locale: 'en' });
    expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
  });

  test('removes an address with its flag and its alias (pools-and-users 45)', async () => {
    const { client, pool, user, update, now } = await somebody({ AliasAttributes: ['email'] });
    expect((await lookAt(client, pool, email)).username).toBe('ada');
    await update({ email: '' });

    expect(await now()).toEqual({ sub: user.sub });
    expect(await refusalOfCall(lookAt(client, pool, email))).toBe(nobody);
  });

  test('changes an address at once, unverified, and says nothing where the pool verifies none', async () => {
    const { pool, outbox, update, now } = await somebody();

    expect(bodyOf(await update({ email: other })).CodeDeliveryDetailsList ?? []).toEqual([]);
    expect(await now()).toMatchObject({ email: other, email_verified: 'false' });
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);
  });

  test('sends a code to each new address that the pool verifies', async () => {
    const { pool, app, outbox, update, now, verify } = await somebody({
      AutoVerifiedAttributes: ['email', 'phone_number'],
    });
    const { CodeDeliveryDetailsList } = await update({ email: other, phone_number: phone });

    expect(
      CodeDeliveryDetailsList?.toSorted((a, b) => (a.AttributeName ?? '').localeCompare(b.AttributeName ?? '')),
    ).toEqual([toOther, toPhone]);
    const mail = await outbox.last({ poolId: pool.id, to: other });
    const sms = await outbox.last({ poolId: pool.id, to: phone });
    for (const message of [mail, sms]) {
      expect(message).toMatchObject({ kind: 'UpdateUserAttribute', username: 'ada', clientId: app.id });
    }
    expect(await now()).toMatchObject({ email_verified: 'false', phone_number_verified: 'false' });
    await verify(mail.code ?? '');
    await verify(sms.code ?? '', 'phone_number');
    expect(await now()).toMatchObject({ email_verified: 'true', phone_number_verified: 'true' });
  });

  test('changes nothing where the address is the one there is', async () => {
    const { pool, outbox, update, now } = await somebody({ AutoVerifiedAttributes: ['email'] });

    expect(bodyOf(await update({ email, name: 'Ada' })).CodeDeliveryDetailsList ?? []).toEqual([]);
    expect(await now()).toMatchObject({ email, email_verified: 'true', name: 'Ada' });
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);
  });

  test('takes the alias away with the address, until the next one is verified', async () => {
    const { client, pool, app, update, verify, code } = await somebody({
      AliasAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
    });
    await update({ email: other });
    for (const name of [email, other]) expect(await refusalOfCall(lookAt(client, pool, name))).toBe(nobody);
    await verify(await code());
    expect((await signIn(client, app, { username: other })).AuthenticationResult).toBeDefined();
  });

  test('gives an address that is a name to one user alone (pools-and-users 34)', async () => {
    const { client, pool, aUser, ask, now } = await somebody({ UsernameAttributes: ['email'] }, {}, {}, email);
    await aUser(pool, { username: other });

    expect(await ask({ email: other })).toBe(emailTaken);
    expect(await now()).toMatchObject({ email });
    expect(await ask({ email: 'free@where.com' })).toBe('nothing is refused');
    expect((await lookAt(client, pool, 'free@where.com')).attributes['email']).toBe('free@where.com');
    expect(await refusalOfCall(lookAt(client, pool, email))).toBe(nobody);
  });

  test('gives a preferred username to one user alone, in whatever case', async () => {
    const service = await somebody({
      AliasAttributes: ['preferred_username'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const { client, pool, app, ask } = service;
    const bob = await aPerson(service, pool, { username: 'bob', app });
    expect(await ask({ preferred_username: 'Countess' })).toBe('nothing is refused');
    expect(await ask({ preferred_username: 'COUNTESS' }, bob.token)).toBe(
      'AliasExistsException: An account with the given preferred_username already exists.',
    );
    expect((await signIn(client, app, { username: 'countess' })).AuthenticationResult).toBeDefined();
    await ask({ preferred_username: '' });
    expect(await ask({ preferred_username: 'COUNTESS' }, bob.token)).toBe('nothing is refused');
    expect((await lookAt(client, pool, 'countess')).username).toBe('bob');
  });

  test('puts nobody in another’s place by taking their sub or username as a preferred username', async () => {
    const service = await somebody({ AliasAttributes: ['preferred_username'] });
    const { client, pool, aUser, ask } = service;
    const bob = await aUser(pool, { username: 'bob' });
    for (const name of [bob.sub, 'bob']) {
      await ask({ preferred_username: name });
      expect((await lookAt(client, pool, name)).username).toBe('bob');
    }
  });

  test.each<[Attributes, string]>([
    [{ 'custom:none': 'x' }, `${invalid}user.custom:none: Attribute does not exist in the schema.\n`],
    [{ ['__proto__']: 'x' }, `${invalid}user.__proto__: Attribute does not exist in the schema.\n`],
    [{ toString: 'x' } as unknown as Attributes, `${invalid}user.toString: Attribute does not exist in the schema.\n`],
    [
      { a: 'x', b: 'y' },
      `${invalid}user.a: Attribute does not exist in the schema.\nuser.b: Attribute does not exist in the schema.\n`,
    ],
    [{ birthdate: '1' }, `${invalid}user.birthdate: String must be no shorter than 10 characters\n`],
    [
      { 'custom:origin': 'there' },
      `${invalid}user.custom:origin: Attribute cannot be updated. (changing an immutable attribute)\n`,
    ],
    [
      { 'custom:origin': '' },
      `${invalid}user.custom:origin: Attribute cannot be updated. (changing an immutable attribute)\n`,
    ],
    [{ family_name: '' }, `${invalid}user.family_name: The attribute is required\n`],
    [{ email: 'a b@c' }, 'InvalidParameterException: Invalid email address format.'],
    [{ phone_number: '0' }, 'InvalidParameterException: Invalid phone number format.'],
    [{ sub: 'x' }, unauthorized],
    [{ 'dev:custom:risk': 'none' }, unauthorized],
    [{ 'dev:custom:risk': '' }, unauthorized],
    [{ email_verified: 'true' }, unauthorized],
    [{ email_verified: '' }, unauthorized],
    [{ phone_number_verified: 'true', phone_number: phone }, unauthorized],
  ])('refuses %j and changes nothing', async (changed, message) => {
    const { ask, now } = await somebody(
      {
        Schema: [
          { Name: 'risk', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
          { Name: 'origin', AttributeDataType: 'String', Mutable: false },
          { Name: 'family_name', Required: true },
        ],
      },
      {},
      { ...verified, 'dev:custom:risk': 'low', 'custom:origin': 'here', family_name: 'King' },
    );
    const before = await now();
    expect(await ask(changed)).toBe(message);
    expect(await ask({ name: 'Ada', ...changed })).toBe(message);
    expect(await now()).toEqual(before);
  });

  test('writes what the client may write (pools-and-users 31)', async () => {
    const { ask, now } = await somebody({}, { WriteAttributes: ['name'] });

    for (const name of ['nickname', 'email', 'custom:unknown', 'email_verified']) {
      expect(await ask({ name: 'Ada', [name]: 'true' })).toBe(unauthorized);
    }
    expect(await now()).not.toHaveProperty('name');
    expect(await ask({ name: 'Ada' })).toBe('nothing is refused');
    expect(await now()).toMatchObject({ name: 'Ada' });
  });

  test('keeps the change when the code could not be sent', async () => {
    const { ask, now } = await (async () => {
      const service = await startService({ ports: { messenger: failingMessenger() } });
      const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
      const { token } = await aPerson(service, pool, { username: 'ada', attributes: verified });
      const update = (changed: Attributes) =>
        service.client.send(
          new UpdateUserAttributesCommand({ AccessToken: token, UserAttributes: attributesOf(changed) }),
        );
      return {
        ask: (changed: Attributes) => refusalOfCall(update(changed)),
        now: async () => (await lookAt(service.client, pool, 'ada')).attributes,
      };
    })();

    expect(await ask({ email: other })).toBe('CodeDeliveryFailureException: The email message could not be sent.');
    expect(await now()).toMatchObject({ email: other, email_verified: 'false' });
  });

  test('says so where no function runs that the pool has write its messages, and keeps what was written', async () => {
    const { ask, now } = await somebody({
      AutoVerifiedAttributes: ['email'],
      LambdaConfig: { CustomMessage: 'arn:aws:lambda:us-east-1:000000000000:function:any' },
    });
    expect(await ask({ email: other })).toMatch('OperationNotEnabledException');
    expect(await now()).toMatchObject({ email: other, email_verified: 'false' });
  });

  test('loses nothing silently when many change side by side', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `c${at}`);
    const { update, now } = await somebody({
      Schema: names.map((Name) => ({ Name, AttributeDataType: 'String' as const })),
    });
    const outcomes = await Promise.all(names.map((name) => refusalOfCall(update({ [`custom:${name}`]: name }))));

    for (const outcome of outcomes) {
      expect(['nothing is refused', 'TooManyRequestsException: Rate exceeded']).toContain(outcome);
    }
    const written = names.filter((_, at) => outcomes[at] === 'nothing is refused');
    expect(written.length).toBeGreaterThanOrEqual(5);
    const { sub: _sub, email: _email, email_verified: _flag, ...customs } = await now();
    expect(customs).toEqual(Object.fromEntries(written.map((name) => [`custom:${name}`, name])));
  });
});

describe('Strangers whom somebody who is signed in would have the pool write to', () => {
  const settings = { AutoVerifiedAttributes: ['email', 'phone_number'] } as const;
  const spent = 'TooManyRequestsException: Attempt limit exceeded, please try after some time.';
  const stranger = (at: number) => `stranger${at}@where.com`;

  async function attacker(more: Parameters<Service['aPool']>[0] = {}) {
    const service = await somebody(
      { AutoVerifiedAttributes: [...settings.AutoVerifiedAttributes], ...more },
      { AccessTokenValidity: 2 },
    );
    const sent = async () => (await service.outbox.list({ poolId: service.pool.id })).map(({ to }) => to);
    return { ...service, sent };
  }

  test.each<[string, Parameters<Service['aPool']>[0]]>([
    ['at once', {}],
    ['once it is verified', { UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] } }],
  ])('hear of five in an hour where an address counts %s', async (_when, more) => {
    const { clock, ask, now, sent } = await attacker(more);
    for (let at = 0; at < 5; at++) expect(await ask({ email: stranger(at) })).toBe('nothing is refused');
    const before = await now();
    for (let at = 5; at < 30; at++) expect(await ask({ email: stranger(at), name: 'Eve' })).toBe(spent);

    expect(await sent()).toEqual([4, 3, 2, 1, 0].map(stranger));
    expect(await now()).toEqual(before);
    clock.advance(hour - 1);
    expect(await ask({ email: stranger(5) })).toBe(spent);
    clock.advance(1);
    expect(await ask({ email: stranger(5) })).toBe('nothing is refused');
  });

  test('are five as well when many requests arrive side by side', async () => {
    const { update, sent } = await attacker();
    const many = Array.from({ length: 40 }, (_, at) => update({ email: stranger(at) }));
    const { 'nothing is refused': done = 0, ...refused } = await tallyOf(many);

    expect(done).toBeGreaterThan(0);
    expect(await sent()).toHaveLength(done);
    expect(done).toBeLessThanOrEqual(5);
    for (const outcome of Object.keys(refused))
      expect([spent, 'TooManyRequestsException: Rate exceeded']).toContain(outcome);
  });

  test('are counted one by one, and together with codes that are asked for', async () => {
    const { client, token, ask, sent } = await attacker();
    const again = () =>
      refusalOfCall(
        client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken: token, AttributeName: 'email' })),
      );
    expect(await ask({ email: stranger(0), phone_number: phone })).toBe('nothing is refused');
    expect(await again()).toBe('nothing is refused');
    expect(await again()).toBe('nothing is refused');
    // Of two codes the last one is left: nothing is changed, and nobody hears of it.
    expect(await ask({ email: stranger(1), phone_number: '+12065550001' })).toBe(spent);
    expect(await sent()).toEqual([stranger(0), stranger(0), phone, stranger(0)]);
    expect(await ask({ email: stranger(2) })).toBe(spent);
    expect(await again()).toBe(limitExceeded);
  });

  test('are no reason to refuse what writes to nobody, nor what an administrator does', async () => {
    const { client, pool, ask, sent } = await attacker();
    for (let at = 0; at < 6; at++) await ask({ email: stranger(at) });
    expect(await sent()).toHaveLength(5);

    for (const quiet of [{ name: 'Eve' }, { email: stranger(4) }, { email: '' }]) {
      expect(await ask(quiet)).toBe('nothing is refused');
    }
    for (let at = 6; at < 16; at++) {
      const asked = { UserPoolId: pool.id, Username: 'ada', UserAttributes: attributesOf({ email: stranger(at) }) };
      expect(await refusalOfCall(client.send(new AdminUpdateUserAttributesCommand(asked)))).toBe('nothing is refused');
    }
    expect(await sent()).toHaveLength(15);
  });
});

describe('An address that has to be verified before it counts', () => {
  const settings: Parameters<Service['aPool']>[0] = {
    AutoVerifiedAttributes: ['email'],
    AliasAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  };

  test('waits, while the old one stays as it is (pools-and-users 36)', async () => {
    const { client, pool, app, outbox, update, verify, now } = await somebody(settings);
    expect(bodyOf(await update({ email: other, name: 'Ada' }))).toEqual({ CodeDeliveryDetailsList: [toOther] });

    expect(await now()).toMatchObject({ email, email_verified: 'true', name: 'Ada' });
    expect((await lookAt(client, pool, email)).username).toBe('ada');
    expect(await refusalOfCall(lookAt(client, pool, other))).toBe(nobody);
    const message = await outbox.last({ poolId: pool.id });
    expect(message.to).toBe(other);

    expect(bodyOf(await verify(message.code ?? ''))).toEqual({});
    expect(await now()).toMatchObject({ email: other, email_verified: 'true' });
    expect((await signIn(client, app, { username: other })).AuthenticationResult).toBeDefined();
    expect(await refusalOfCall(lookAt(client, pool, email))).toBe(nobody);
  });

  test('gives way to the next one, and its code with it (pools-and-users 36)', async () => {
    const { update, verify, now, code } = await somebody(settings);
    await update({ email: other });
    const first = await code();
    await update({ email: 'third@where.com' });
    const second = await code();

    expect(await refusalOfCall(verify(first))).toBe(first === second ? 'nothing is refused' : codeMismatch);
    await verify(second);
    expect(await now()).toMatchObject({ email: 'third@where.com', email_verified: 'true' });
  });

  test('gives way to what an administrator calls verified (pools-and-users 36)', async () => {
    const { client, pool, update, verify, now, code } = await somebody(settings);
    const setByAdministrator = (attributes: Attributes) =>
      client.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId: pool.id,
          Username: 'ada',
          UserAttributes: attributesOf(attributes),
        }),
      );
    await update({ email: other });
    const first = await code();
    await setByAdministrator({ email: 'office@where.com', email_verified: 'true' });
    expect(await now()).toMatchObject({ email: 'office@where.com', email_verified: 'true' });
    expect(await refusalOfCall(verify(first))).toBe(expiredCode);
    expect(await now()).toMatchObject({ email: 'office@where.com', email_verified: 'true' });

    await update({ email: other });
    const second = await code();
    await setByAdministrator({ email: 'office@where.com', email_verified: 'true' });
    expect(await refusalOfCall(verify(second))).toBe(expiredCode);

    await setByAdministrator({ email: other });
    expect(await now()).toMatchObject({ email: 'office@where.com', email_verified: 'true' });
    await setByAdministrator({ email: other, email_verified: 'false' });
    expect(await now()).toMatchObject({ email: 'office@where.com', email_verified: 'true' });
    await verify(await code());
    expect(await now()).toMatchObject({ email: other, email_verified: 'true' });
  });

  test('may be a first one, which is not there until then', async () => {
    const { user, update, verify, now, code } = await somebody(settings, {}, {});
    await update({ email: other });
    expect(await now()).toEqual({ sub: user.sub });
    await verify(await code());
    expect(await now()).toEqual({ sub: user.sub, email: other, email_verified: 'true' });
  });

  test('gets another code when it is asked for', async () => {
    const { client, token, pool, outbox, update, verify, now } = await somebody(settings);
    await update({ email: other });
    const ask = { AccessToken: token, AttributeName: 'email' };
    expect(bodyOf(await client.send(new GetUserAttributeVerificationCodeCommand(ask)))).toEqual({
      CodeDeliveryDetails: toOther,
    });
    const message = await outbox.last({ poolId: pool.id });
    expect(message.to).toBe(other);
    await verify(message.code ?? '');
    expect(await now()).toMatchObject({ email: other });
  });

  test('is forgotten when the address is removed', async () => {
    const { update, verify, now, code, user } = await somebody(settings);
    await update({ email: other });
    await update({ email: '' });

    expect(await refusalOfCall(verify(await code()))).toBe(
      'InvalidParameterException: User does not have an attribute email to verify.',
    );
    expect(await now()).toEqual({ sub: user.sub });
  });

  test('takes the place of a name only then, where addresses are names', async () => {
    const { client, pool, app, aUser, update, verify, now, code } = await somebody(
      {
        AutoVerifiedAttributes: ['email'],
        UsernameAttributes: ['email'],
        UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      },
      {},
      {},
      email,
    );
    await aUser(pool, { username: 'taken@where.com' });
    await update({ email: 'taken@where.com' });
    expect(await refusalOfCall(verify(await code()))).toBe(
      'AliasExistsException: An account with the email already exists.',
    );
    await update({ email: other });
    expect((await signIn(client, app, { username: email })).AuthenticationResult).toBeDefined();
    expect(await refusalOfCall(signIn(client, app, { username: other }))).toBe(nobody);

    await verify(await code());
    expect((await signIn(client, app, { username: other })).AuthenticationResult).toBeDefined();
    expect(await refusalOfCall(signIn(client, app, { username: email }))).toBe(nobody);
    expect(await now()).toMatchObject({ email: other, email_verified: 'true' });
  });

  test('is refused at the end when somebody else holds it by then', async () => {
    const { client, pool, aUser, update, verify, now, code } = await somebody(settings);
    await update({ email: other });
    await aUser(pool, { username: 'bob', attributes: { email: other, email_verified: 'true' } });

    expect(await refusalOfCall(verify(await code()))).toBe(
      'AliasExistsException: An account with the email already exists.',
    );
    expect(await now()).toMatchObject({ email, email_verified: 'true' });
    expect((await lookAt(client, pool, other)).username).toBe('bob');
  });
});
