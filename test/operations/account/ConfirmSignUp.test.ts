import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ResendConfirmationCodeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf } from '../../support/builders.ts';
import {
  aClientWithSecret,
  bodyOf,
  codeMismatch,
  combinationNotFound,
  confirm,
  day,
  expiredCode,
  hour,
  limitExceeded,
  lookAt,
  nobody,
  otherThan,
  refusalOfCall,
  signIn,
  signUp,
  tallyOf,
} from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const phone = '+12065559934';
const aliasTaken = 'AliasExistsException: An account with the email already exists.';

async function registered(
  settings: Parameters<Service['aPool']>[0] = {},
  app: Parameters<Service['aClient']>[1] = {},
  username = 'ada',
) {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'], ...settings });
  const client = await service.aClient(pool, app);
  const { UserSub: sub = '' } = await signUp(service.client, client, { username, attributes: { email } });
  const codeOf = (name: string) => service.outbox.codeFor({ poolId: pool.id, username: name });
  const code = await codeOf((await lookAt(service.client, pool, username)).username ?? '');
  const ask = (name: string, given: string) => refusalOfCall(confirm(service.client, client, name, given));
  return { ...service, pool, app: client, sub, code, codeOf, ask };
}

describe('ConfirmSignUp', () => {
  test('confirms the user and the address that got the code (pools-and-users 38)', async () => {
    const { client, pool, app, sub, code } = await registered();

    expect(bodyOf(await confirm(client, app, 'ada', code))).toEqual({});
    expect(await lookAt(client, pool, 'ada')).toEqual({
      username: 'ada',
      status: 'CONFIRMED',
      enabled: true,
      attributes: { sub, email, email_verified: 'true' },
    });
    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult?.AccessToken).toBeDefined();
  });

  test('verifies the phone number alone when that got the code', async () => {
    const { client, pool, app, outbox } = await registered({ AutoVerifiedAttributes: ['email', 'phone_number'] });
    await signUp(client, app, { username: 'bob', attributes: { email, phone_number: phone } });
    await confirm(client, app, 'bob', await outbox.codeFor({ poolId: pool.id, username: 'bob' }));

    expect((await lookAt(client, pool, 'bob')).attributes).toMatchObject({
      phone_number_verified: 'true',
      email_verified: 'false',
    });
  });

  test('refuses a wrong code, and takes the right one afterwards (pools-and-users 38)', async () => {
    const { client, pool, code, ask } = await registered();

    for (const wrong of [otherThan(code), `${code}0`, code.slice(1), 'abc', `${Number(code)}.0`]) {
      expect(await ask('ada', wrong)).toBe(codeMismatch);
    }
    expect((await lookAt(client, pool, 'ada')).status).toBe('UNCONFIRMED');
    expect(await ask('ada', code)).toBe('nothing is refused');
  });

  test('takes a code for 24 hours and not a second longer (pools-and-users 38)', async () => {
    const early = await registered();
    early.clock.advance(day);
    expect(await early.ask('ada', early.code)).toBe('nothing is refused');

    const late = await registered();
    late.clock.advance(day + 1000);
    expect(await late.ask('ada', late.code)).toBe(expiredCode);
    expect((await lookAt(late.client, late.pool, 'ada')).status).toBe('UNCONFIRMED');
  });

  test('says which state a user is in who waits for nothing (pools-and-users 38)', async () => {
    const { pool, aUser, code, ask } = await registered();
    await ask('ada', code);
    await aUser(pool, { username: 'invited', invited: true });

    expect(await ask('ada', code)).toBe(
      'NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED',
    );
    expect(await ask('invited', code)).toBe(
      'NotAuthorizedException: User cannot be confirmed. Current status is FORCE_CHANGE_PASSWORD',
    );
  });

  test('does not know a name that nobody has, unless the client hides that (pools-and-users 38)', async () => {
    const open = await registered();
    expect(await open.ask('nobody', open.code)).toBe(combinationNotFound);

    const hiding = await registered({}, { PreventUserExistenceErrors: 'ENABLED' });
    expect(await hiding.ask('nobody', hiding.code)).toBe(expiredCode);
  });

  test('answers fifteen guesses an hour, a new code or not (pools-and-users 38)', async () => {
    const { client, app, clock, code, codeOf, ask } = await registered();
    for (let guess = 1; guess <= 8; guess++) expect(await ask('ada', otherThan(code))).toBe(codeMismatch);
    clock.advance(hour / 2);
    await client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username: 'ada' }));
    const next = await codeOf('ada');
    for (let guess = 9; guess <= 15; guess++) expect(await ask('ada', otherThan(next))).toBe(codeMismatch);

    expect(await ask('ada', next)).toBe(limitExceeded);
    clock.advance(hour / 2 - 1);
    expect(await ask('ada', next)).toBe(limitExceeded);
    clock.advance(1);
    expect(await ask('ada', next)).toBe('nothing is refused');
  });

  test('counts guesses at every name of a user together', async () => {
    const { code, sub, ask } = await registered({ UsernameAttributes: ['email'] }, {}, email);
    for (let guess = 0; guess < 15; guess++) await ask(guess % 2 ? email : sub, otherThan(code));

    expect(await ask(email, code)).toBe(limitExceeded);
    expect(await ask(sub, code)).toBe(limitExceeded);
  });

  test('takes the newest code alone', async () => {
    const { client, app, code, codeOf, ask } = await registered();
    await client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username: 'ada' }));
    const next = await codeOf('ada');
    expect(next).not.toBe(code);

    expect(await ask('ada', code)).toBe(codeMismatch);
    expect(await ask('ada', next)).toBe('nothing is refused');
  });

  test('takes no code of another user, of another purpose, or of a former user of the name', async () => {
    const { client, pool, app, aUser, code, codeOf, ask } = await registered();
    await signUp(client, app, { username: 'bob', attributes: { email: 'bob@example.com' } });
    expect(await ask('bob', code)).not.toBe('nothing is refused');

    await aUser(pool, { username: 'eve', attributes: { email, email_verified: 'true' } });
    await client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'eve' }));
    expect(await ask('ada', await codeOf('eve'))).not.toBe('nothing is refused');

    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await signUp(client, app, { username: 'ada', attributes: { name: 'Another' } });
    expect(await ask('ada', code)).toBe(expiredCode);
  });

  test('takes no code that went to an address the user no longer has', async () => {
    const { client, pool, code, ask } = await registered();
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        UserAttributes: attributesOf({ email: 'other@example.com' }),
      }),
    );

    expect(await ask('ada', code)).toBe(expiredCode);
    expect(await lookAt(client, pool, 'ada')).toMatchObject({
      status: 'UNCONFIRMED',
      attributes: { email: 'other@example.com', email_verified: 'false' },
    });
  });

  test('asks for the hash of a secret', async () => {
    const { client, pool, code } = await registered();
    const withSecret = await aClientWithSecret(client, pool);
    const ask = (SecretHash?: string) =>
      refusalOfCall(
        client.send(
          new ConfirmSignUpCommand({ ClientId: withSecret.id, SecretHash, Username: 'ada', ConfirmationCode: code }),
        ),
      );

    expect(await ask()).toBe(
      `NotAuthorizedException: Client ${withSecret.id} is configured for secret but secret was not received`,
    );
    expect(await ask(withSecret.hashFor('bob'))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${withSecret.id}`,
    );
    expect(await ask(withSecret.hashFor('ada'))).toBe('nothing is refused');
  });

  test('refuses a client that nobody has', async () => {
    const { client, code } = await registered();
    expect(await refusalOfCall(confirm(client, { id: '0nobody' }, 'ada', code))).toBe(
      'ResourceNotFoundException: User pool client 0nobody does not exist.',
    );
  });
});

describe('A client that hides who exists', () => {
  const hiding = { PreventUserExistenceErrors: 'ENABLED' } as const;

  test('hears the same of users who wait for nothing and of names that nobody has', async () => {
    const { aUser, pool, app, call } = await registered({}, hiding);
    await aUser(pool, { username: 'confirmed', attributes: { email } });
    await aUser(pool, { username: 'invited', invited: true });
    const ask = async (Username: string) => {
      const { status, headers, json } = await call('ConfirmSignUp', {
        ClientId: app.id,
        Username,
        ConfirmationCode: '123456',
      });
      const { 'x-amzn-requestid': _id, ...others } = headers;
      return { status, headers: others, json };
    };

    const unknown = await ask('nobody');
    expect(unknown).toMatchObject({ status: 400, json: { __type: 'ExpiredCodeException' } });
    expect(await ask('confirmed')).toEqual(unknown);
    expect(await ask('invited')).toEqual(unknown);
  });

  test('hears of a wrong code once one seems to be sent, and of the limit', async () => {
    const { client, app, aUser, pool, ask } = await registered({}, hiding);
    await aUser(pool, { username: 'confirmed', attributes: { email } });
    for (const Username of ['nobody', 'confirmed', 'ada']) {
      await client.send(new ResendConfirmationCodeCommand({ ClientId: app.id, Username }));
    }
    for (const name of ['nobody', 'confirmed', 'ada']) {
      for (let guess = 1; guess <= 15; guess++) expect(await ask(name, '1234567')).toBe(codeMismatch);
      expect(await ask(name, '1234567')).toBe(limitExceeded);
    }
  });

  test('does not confirm by the code of somebody who was confirmed without it', async () => {
    const { client, pool, code, ask } = await registered({}, hiding);
    await client.send(new AdminConfirmSignUpCommand({ UserPoolId: pool.id, Username: 'ada' }));

    expect(await ask('ada', code)).toBe(expiredCode);
    expect((await lookAt(client, pool, 'ada')).attributes['email_verified']).toBe('false');
  });
});

describe('An address that is an alias', () => {
  test('leads to the user once they are confirmed, and is free when they are deleted (pools-and-users 33)', async () => {
    const { client, pool, app, code, codeOf, sub, ask } = await registered({ AliasAttributes: ['email'] });
    expect(await refusalOfCall(lookAt(client, pool, email))).toBe(nobody);
    expect(await refusalOfCall(signIn(client, app, { username: email }))).toBe(nobody);

    expect(await ask('ada', code)).toBe('nothing is refused');
    expect((await lookAt(client, pool, email)).attributes['sub']).toBe(sub);
    expect((await signIn(client, app, { username: email })).AuthenticationResult?.AccessToken).toBeDefined();

    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: email }));
    expect(await refusalOfCall(lookAt(client, pool, email))).toBe(nobody);
    await signUp(client, app, { username: 'bob', attributes: { email } });
    expect(await ask('bob', await codeOf('bob'))).toBe('nothing is refused');
    expect((await lookAt(client, pool, email)).username).toBe('bob');
  });

  test('stays with the first who confirms it, unless the second one insists (pools-and-users 33)', async () => {
    const { client, pool, app, code, codeOf, ask } = await registered({ AliasAttributes: ['email'] });
    await signUp(client, app, { username: 'bob', attributes: { email } });
    await ask('ada', code);
    const second = await codeOf('bob');

    expect(await ask('bob', second)).toBe(aliasTaken);
    expect((await lookAt(client, pool, 'bob')).status).toBe('UNCONFIRMED');
    expect((await lookAt(client, pool, email)).username).toBe('ada');

    const insist = { ClientId: app.id, Username: 'bob', ConfirmationCode: second, ForceAliasCreation: true };
    await client.send(new ConfirmSignUpCommand(insist));
    expect((await lookAt(client, pool, email)).username).toBe('bob');
    expect(await lookAt(client, pool, 'bob')).toMatchObject({ attributes: { email, email_verified: 'true' } });
    expect(await lookAt(client, pool, 'ada')).toMatchObject({
      status: 'CONFIRMED',
      attributes: { email, email_verified: 'false' },
    });
  });

  test('is not moved by insisting with a wrong code', async () => {
    const { client, pool, app, code, codeOf, ask } = await registered({ AliasAttributes: ['email'] });
    await signUp(client, app, { username: 'bob', attributes: { email } });
    await ask('ada', code);
    const wrong = otherThan(await codeOf('bob'));
    const insist = { ClientId: app.id, Username: 'bob', ConfirmationCode: wrong, ForceAliasCreation: true };

    expect(await refusalOfCall(client.send(new ConfirmSignUpCommand(insist)))).toBe(codeMismatch);
    expect((await lookAt(client, pool, email)).username).toBe('ada');
  });

  test('is the same in every case where case makes no difference', async () => {
    const folding = { AliasAttributes: ['email' as const], UsernameConfiguration: { CaseSensitive: false } };
    const { client, pool, app, code, codeOf, ask } = await registered(folding);
    await signUp(client, app, { username: 'bob', attributes: { email: email.toUpperCase() } });
    await ask('ada', code);

    expect(await ask('bob', await codeOf('bob'))).toBe(aliasTaken);
    expect((await lookAt(client, pool, 'FIXTURE@EXAMPLE.COM')).username).toBe('ada');
  });

  test('has one holder, however many confirm it side by side (pools-and-users 33)', async () => {
    const { client, pool, app, codeOf } = await registered({ AliasAttributes: ['email'] });
    const names = Array.from({ length: 50 }, (_, at) => `user${at}`);
    for (const username of names) await signUp(client, app, { username, attributes: { email } });
    const codes = await Promise.all(names.map(codeOf));

    const tally = await tallyOf(names.map((name, at) => confirm(client, app, name, codes[at] ?? '')));
    expect(tally).toEqual({ 'nothing is refused': 1, [aliasTaken]: 49 });
    const holder = await lookAt(client, pool, email);
    expect(holder).toMatchObject({ status: 'CONFIRMED', attributes: { email_verified: 'true' } });
    const others = await Promise.all(names.map((name) => lookAt(client, pool, name)));
    expect(others.filter(({ status }) => status === 'CONFIRMED').map(({ username }) => username)).toEqual([
      holder.username,
    ]);
  });

  test('that many insist on side by side ends with one, and nobody else counts as verified', async () => {
    const { client, pool, app, codeOf } = await registered({ AliasAttributes: ['email'] });
    const names = Array.from({ length: 8 }, (_, at) => `user${at}`);
    for (const username of names) await signUp(client, app, { username, attributes: { email } });
    const codes = await Promise.all(names.map(codeOf));
    const calls = names.map((Username, at) =>
      client.send(
        new ConfirmSignUpCommand({
          ClientId: app.id,
          Username,
          ConfirmationCode: codes[at],
          ForceAliasCreation: true,
        }),
      ),
    );
    const tally = await tallyOf(calls);
    expect(tally['nothing is refused']).toBeGreaterThan(0);

    const { username } = await lookAt(client, pool, email);
    const all = await Promise.all(names.map((name) => lookAt(client, pool, name)));
    const verified = all.filter(({ attributes }) => attributes['email_verified'] === 'true');
    expect(verified.map((user) => user.username)).toEqual([username]);
  });
});

describe('Guesses side by side', () => {
  test('are answered fifteen times, whatever they arrive with', async () => {
    const { client, app, code, pool } = await registered();
    const wrong = Array.from({ length: 50 }, () => confirm(client, app, 'ada', otherThan(code)));

    expect(await tallyOf(wrong)).toEqual({ [codeMismatch]: 15, [limitExceeded]: 35 });
    expect(await refusalOfCall(confirm(client, app, 'ada', code))).toBe(limitExceeded);
    expect((await lookAt(client, pool, 'ada')).status).toBe('UNCONFIRMED');
  });

  test('that are all right confirm once', async () => {
    const { client, app, code, pool } = await registered();
    const right = Array.from({ length: 12 }, () => confirm(client, app, 'ada', code));
    const { 'nothing is refused': confirmed, ...refused } = await tallyOf(right);

    expect(confirmed).toBe(1);
    const losers = ['NotAuthorizedException: User cannot be confirmed. Current status is CONFIRMED', expiredCode];
    for (const outcome of Object.keys(refused)) expect(losers).toContain(outcome);
    expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
  });
});
