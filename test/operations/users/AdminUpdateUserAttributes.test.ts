import {
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import { aPerson, bodyOf, lookAt, nobody, refusalOfCall, signUp, tallyOf } from '../../support/people.ts';
import { failingMessenger } from '../../support/recording-messenger.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const other = 'other@where.com';
const verified = { email, email_verified: 'true' };
const invalid = 'InvalidParameterException: Invalid user attributes: ';

type Attributes = Readonly<Record<string, string>>;

async function administering(
  settings: Parameters<Service['aPool']>[0] = {},
  options: Parameters<typeof startService>[0] = {},
) {
  const service = await startService(options);
  const pool = await service.aPool(settings);
  const update = (Username: string, attributes: Attributes) =>
    service.client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username,
        UserAttributes: attributesOf(attributes),
      }),
    );
  const ask = (...given: Parameters<typeof update>) => refusalOfCall(update(...given));
  const look = (name: string) => lookAt(service.client, pool, name);
  return { ...service, pool, update, ask, look };
}

describe('AdminUpdateUserAttributes', () => {
  test('sets, replaces and, by a blank value, removes (pools-and-users 45)', async () => {
    const { aUser, pool, update, look } = await administering({
      Schema: [{ Name: 'risk', AttributeDataType: 'String', DeveloperOnlyAttribute: true }],
    });
    const { sub } = await aUser(pool, { username: 'ada', attributes: { ...verified, name: 'Ada', locale: 'en' } });

    expect(bodyOf(await update('ada', { name: 'Augusta', locale: '', 'dev:custom:risk': 'low' }))).toEqual({});
    expect((await look('ada')).attributes).toEqual({ sub, ...verified, name: 'Augusta', 'dev:custom:risk': 'low' });
    await update('ada', { email: '' });
    expect((await look('ada')).attributes).toEqual({ sub, name: 'Augusta', 'dev:custom:risk': 'low' });
  });

  test('moves an alias with the verified flag, silently (pools-and-users 34)', async () => {
    const { aUser, pool, update, look } = await administering({ AliasAttributes: ['email'] });
    await aUser(pool, { username: 'ada', attributes: verified });
    await aUser(pool, { username: 'bob' });

    await update('bob', { email });
    expect((await look(email)).username).toBe('ada');
    await update('bob', { email_verified: 'true' });
    expect(await look(email)).toMatchObject({ username: 'bob', attributes: verified });
    expect((await look('ada')).attributes).toMatchObject({ email, email_verified: 'false' });
    await update('ada', { email, email_verified: 'True' });
    expect((await look(email)).username).toBe('ada');
    expect((await look('bob')).attributes).toMatchObject({ email, email_verified: 'false' });
  });

  test('moves an alias to one of many, whoever comes last (pools-and-users 34)', async () => {
    const { aUser, pool, update, look } = await administering({ AliasAttributes: ['email'] });
    const names = Array.from({ length: 6 }, (_, at) => `user${at}`);
    for (const username of names) await aUser(pool, { username });
    const tally = await tallyOf(names.map((name) => update(name, verified)));
    expect(tally['nothing is refused']).toBeGreaterThan(0);

    const { username: holder } = await look(email);
    const users = await Promise.all(names.map(look));
    expect(
      users.filter(({ attributes }) => attributes['email_verified'] === 'true').map((user) => user.username),
    ).toEqual([holder]);
  });

  test('frees the alias by the flag as well', async () => {
    const { aUser, pool, update, look } = await administering({ AliasAttributes: ['email'] });
    await aUser(pool, { username: 'ada', attributes: verified });
    for (const unverified of [{ email_verified: 'false' }, { email_verified: '' }]) {
      await update('ada', { email_verified: 'true' });
      expect((await look(email)).username).toBe('ada');
      await update('ada', unverified);
      expect(await refusalOfCall(look(email))).toBe(nobody);
    }
  });

  test('gives an address that is a name to nobody else (pools-and-users 34)', async () => {
    const { aUser, pool, update, ask, look } = await administering({
      UsernameAttributes: ['email', 'phone_number'],
      UsernameConfiguration: { CaseSensitive: false },
    });
    const ada = await aUser(pool, { username: email });
    const bob = await aUser(pool, { username: other });

    for (const taken of [{ email }, { email: email.toUpperCase(), email_verified: 'true' }]) {
      expect(await ask(other, taken)).toBe('AliasExistsException: An account with the given email already exists.');
    }
    await update(email, { phone_number: '+1' });
    expect(await ask(bob.sub, { phone_number: '+1' })).toBe(
      'AliasExistsException: An account with the given phone_number already exists.',
    );
    expect((await look(email)).username).toBe(ada.username);
    await update(bob.sub, { email: 'new@where.com' });
    expect((await look('new@where.com')).username).toBe(bob.username);
    expect(await refusalOfCall(look(other))).toBe(nobody);
  });

  test('sends a code to a new address that the pool verifies and that is not called verified', async () => {
    const service = await administering({ AutoVerifiedAttributes: ['email'] });
    const { client, pool, outbox, update, look } = service;
    const { token } = await aPerson(service, pool, { username: 'ada', attributes: verified });
    await update('ada', { email: 'quiet@where.com', email_verified: 'true' });
    await update('ada', { email: 'quiet@where.com' });
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);

    await update('ada', { email: other });
    expect((await look('ada')).attributes).toMatchObject({ email: other, email_verified: 'false' });
    const message = await outbox.last({ poolId: pool.id });
    expect(message).toMatchObject({ to: other, kind: 'UpdateUserAttribute', clientId: null });
    const verify = { AccessToken: token, AttributeName: 'email', Code: message.code ?? '' };
    await client.send(new VerifyUserAttributeCommand(verify));
    expect((await look('ada')).attributes).toMatchObject({ email: other, email_verified: 'true' });
  });

  test('says that the message could not be sent', async () => {
    const { aUser, pool, ask, look } = await administering(
      { AutoVerifiedAttributes: ['email'] },
      { ports: { messenger: failingMessenger() } },
    );
    await aUser(pool, { username: 'ada' });
    expect(await ask('ada', { email })).toBe('CodeDeliveryFailureException: The email message could not be sent.');
    expect((await look('ada')).attributes).toMatchObject({ email, email_verified: 'false' });
  });

  test.each<[Attributes, string]>([
    [
      { 'custom:a': 'x', b: 'y' },
      `${invalid}user.custom:a: Attribute does not exist in the schema.\nuser.b: Attribute does not exist in the schema.\n`,
    ],
    [{ ['__proto__']: 'x' }, `${invalid}user.__proto__: Attribute does not exist in the schema.\n`],
    [{ sub: 'x' }, `${invalid}user.sub: Attribute cannot be updated. (changing an immutable attribute)\n`],
    [
      { 'custom:origin': 'there' },
      `${invalid}user.custom:origin: Attribute cannot be updated. (changing an immutable attribute)\n`,
    ],
    [{ birthdate: '1' }, `${invalid}user.birthdate: String must be no shorter than 10 characters\n`],
    [{ email: 'x' }, 'InvalidParameterException: Invalid email address format.'],
    [{ phone_number: 'x' }, 'InvalidParameterException: Invalid phone number format.'],
    [{ email_verified: 'true' }, 'InvalidParameterException: Email is required to verify/un-verify an email'],
    [
      { phone_number_verified: 'true' },
      'InvalidParameterException: Phone Number is required to verify/un-verify a phone number',
    ],
  ])('refuses %j and changes nothing (pools-and-users 30)', async (attributes, message) => {
    const { aUser, pool, ask, look } = await administering({
      Schema: [{ Name: 'origin', AttributeDataType: 'String', Mutable: false }],
    });
    await aUser(pool, { username: 'ada', attributes: { 'custom:origin': 'here' } });
    const before = await look('ada');

    expect(await ask('ada', { name: 'Ada', ...attributes })).toBe(message);
    expect(await look('ada')).toEqual(before);
  });

  test('gives no preferred username before the user is confirmed', async () => {
    const { client, aClient, pool, ask, look } = await administering({ AliasAttributes: ['preferred_username'] });
    const app = await aClient(pool);
    await signUp(client, app, { username: 'ada' });

    expect(await ask('ada', { preferred_username: 'countess' })).toBe(
      'InvalidParameterException: preferred_username cannot be set before the user is confirmed, since user pool is configured for preferred_username alias.',
    );
    expect(await refusalOfCall(look('countess'))).toBe(nobody);
  });

  test('leaves a preferred username to whoever has it', async () => {
    const { aUser, pool, ask, look } = await administering({ AliasAttributes: ['preferred_username'] });
    for (const username of ['ada', 'bob']) await aUser(pool, { username });

    expect(await ask('ada', { preferred_username: 'countess' })).toBe('nothing is refused');
    expect(await ask('bob', { preferred_username: 'countess' })).toBe(
      'AliasExistsException: An account with the given preferred_username already exists.',
    );
    expect((await look('countess')).username).toBe('ada');
  });

  test('leaves a disabled user their alias', async () => {
    const { client, aUser, pool, look } = await administering({ AliasAttributes: ['email'] });
    await aUser(pool, { username: 'ada', attributes: verified });
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));

    expect(await look(email)).toMatchObject({ username: 'ada', enabled: false });
  });

  test('does not know users and pools that are not there', async () => {
    const { client, ask } = await administering();
    expect(await ask('nobody', { name: 'x' })).toBe(nobody);
    const elsewhere = { UserPoolId: 'us-east-1_nobody', Username: 'nobody', UserAttributes: [] };
    expect(await refusalOfCall(client.send(new AdminUpdateUserAttributesCommand(elsewhere)))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
