import {
  AdminDeleteUserCommand,
  AdminUpdateUserAttributesCommand,
  GetUserAttributeVerificationCodeCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import {
  aPerson,
  bodyOf,
  codeMismatch,
  day,
  expiredCode,
  hour,
  limitExceeded,
  lookAt,
  nobody,
  otherThan,
  refusalOfCall,
  tallyOf,
  tokenOf,
  unauthorized,
} from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const phone = '+12065559934';

async function waiting(settings: Parameters<Service['aPool']>[0] = {}, app: Parameters<Service['aClient']>[1] = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const through = await service.aClient(pool, app);
  const attributes = { email, phone_number: phone };
  const person = await aPerson(service, pool, { username: 'ada', attributes, app: through });
  const send = (AttributeName = 'email', AccessToken = person.token) =>
    service.client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName }));
  const verify = (Code: string, AttributeName = 'email', AccessToken = person.token) =>
    service.client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName, Code }));
  const ask = (...given: Parameters<typeof verify>) => refusalOfCall(verify(...given));
  const code = () => service.outbox.codeFor(person.user);
  return { ...service, ...person, pool, send, verify, ask, code };
}

describe('VerifyUserAttribute', () => {
  test('verifies the address that the code went to, and makes it an alias', async () => {
    const { client, pool, send, verify, code } = await waiting({ AliasAttributes: ['email'] });
    await send();
    expect(await refusalOfCall(lookAt(client, pool, email))).toBe(nobody);

    expect(bodyOf(await verify(await code()))).toEqual({});
    expect((await lookAt(client, pool, email)).attributes).toMatchObject({ email_verified: 'true' });
    expect((await lookAt(client, pool, email)).attributes).not.toHaveProperty('phone_number_verified', 'true');
  });

  test('takes no code of the other attribute (pools-and-users 45)', async () => {
    const { client, pool, send, ask, code } = await waiting();
    await send('email');
    const codeOfEmail = await code();
    expect(await ask(codeOfEmail, 'phone_number')).toBe(expiredCode);
    await send('phone_number');
    const codeOfPhone = await code();
    if (codeOfPhone !== codeOfEmail) {
      expect(await ask(codeOfEmail, 'phone_number')).toBe(codeMismatch);
      expect(await ask(codeOfPhone, 'email')).toBe(codeMismatch);
    }
    const { attributes } = await lookAt(client, pool, 'ada');
    expect([attributes['email_verified'], attributes['phone_number_verified']]).not.toContain('true');
    expect(await ask(codeOfPhone, 'phone_number')).toBe('nothing is refused');
    expect(await ask(codeOfEmail, 'email')).toBe('nothing is refused');
  });

  test('takes a code for 24 hours and not a second longer', async () => {
    const early = await waiting({}, { AccessTokenValidity: 24 });
    await early.send();
    early.clock.advance(day - 1);
    expect(await early.ask(await early.code())).toBe('nothing is refused');

    const late = await waiting();
    await late.send();
    const old = await late.code();
    late.clock.advance(day + 1000);
    const token = await tokenOf(late.client, late.app, { username: 'ada' });
    expect(await late.ask(old, 'email', token)).toBe(expiredCode);
    expect((await lookAt(late.client, late.pool, 'ada')).attributes['email_verified']).not.toBe('true');
  });

  test('answers fifteen guesses an hour, side by side or not', async () => {
    const { clock, send, verify, ask, code } = await waiting();
    await send();
    const right = await code();
    const wrong = Array.from({ length: 50 }, () => verify(otherThan(right)));

    expect(await tallyOf(wrong)).toEqual({ [codeMismatch]: 15, [limitExceeded]: 35 });
    expect(await ask(right)).toBe(limitExceeded);
    clock.advance(hour - 1);
    expect(await ask(right)).toBe(limitExceeded);
  });

  test('takes a code once, however many bring it side by side', async () => {
    const { send, verify, ask, code } = await waiting();
    await send();
    const right = await code();
    const many = Array.from({ length: 12 }, () => verify(right));

    expect(await tallyOf(many)).toEqual({ 'nothing is refused': 1, [expiredCode]: 11 });
    expect(await ask(right)).toBe(expiredCode);
  });

  test('knows no code before one is asked for, nor one of somebody else', async () => {
    const service = await waiting();
    const { aUser: _aUser, pool, app, send, ask, code } = service;
    expect(await ask('123456')).toBe(expiredCode);
    await send();
    const { token } = await aPerson(service, pool, { username: 'eve', attributes: { email }, app });
    expect(await ask(await code(), 'email', token)).toBe(expiredCode);
  });

  test('takes no code of a former user of the name', async () => {
    const service = await waiting();
    const { client, pool, app, send, ask, code } = service;
    await send();
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    const { token } = await aPerson(service, pool, { username: 'ada', attributes: { email }, app });

    expect(await ask(await code(), 'email', token)).toBe(expiredCode);
    expect((await lookAt(client, pool, 'ada')).attributes['email_verified']).not.toBe('true');
  });

  test('takes no code that went to an address the user no longer has', async () => {
    const { client, pool, send, ask, code } = await waiting();
    await send();
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        UserAttributes: attributesOf({ email: 'other@example.com' }),
      }),
    );
    expect(await ask(await code())).toBe(expiredCode);
    expect((await lookAt(client, pool, 'ada')).attributes).toMatchObject({
      email: 'other@example.com',
      email_verified: 'false',
    });
  });

  test('leaves an alias to whoever holds it', async () => {
    const { client, pool, aUser, send, ask, code } = await waiting({ AliasAttributes: ['email'] });
    await aUser(pool, { username: 'bob', attributes: { email, email_verified: 'true' } });
    await send();

    expect(await ask(await code())).toBe('AliasExistsException: An account with the email already exists.');
    expect((await lookAt(client, pool, email)).username).toBe('bob');
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'bob' }));
    expect(await ask(await code())).toBe('nothing is refused');
  });

  test.each(['name', 'sub', 'custom:plan', 'email_verified', '__proto__'])('is not for %s', async (name) => {
    const { ask } = await waiting();
    expect(await ask('123456', name)).toBe('InvalidParameterException: AttributeName must be email or phone_number.');
  });

  test('needs an address that is there, or about to be', async () => {
    const { client, pool, send, ask, code } = await waiting();
    await send();
    const UserAttributes = attributesOf({ email: '' });
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId: pool.id, Username: 'ada', UserAttributes }));

    const missing = 'InvalidParameterException: User does not have an attribute email to verify.';
    // Not counted: there is nothing to guess.
    for (let call = 0; call < 20; call++) expect(await ask(await code())).toBe(missing);
  });

  test.each([{ WriteAttributes: ['name'] }, { ReadAttributes: ['name'] }])(
    'is refused to a client with %j',
    async (lists) => {
      const { ask } = await waiting({}, lists);
      expect(await ask('123456')).toBe(unauthorized);
    },
  );
});
