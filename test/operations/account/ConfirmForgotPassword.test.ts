import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf, somePassword } from '../../support/builders.ts';
import {
  aClientWithSecret,
  bodyOf,
  codeMismatch,
  combinationNotFound,
  expiredCode,
  hour,
  limitExceeded,
  lookAt,
  otherThan,
  refusalOfCall,
  signIn,
  signUp,
  tallyOf,
} from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const email = 'fixture@example.com';
const verified = { email, email_verified: 'true' };
const next = 'Another-Horse-9';

async function forgotten(settings: Parameters<Service['aPool']>[0] = {}, app: Parameters<Service['aClient']>[1] = {}) {
  const service = await startService();
  const pool = await service.aPool({ AutoVerifiedAttributes: ['email'], ...settings });
  const client = await service.aClient(pool, app);
  const user = await service.aUser(pool, { username: 'ada', attributes: verified });
  const forget = (Username: string) =>
    service.client.send(new ForgotPasswordCommand({ ClientId: client.id, Username }));
  await forget('ada');
  const code = await service.outbox.codeFor(user);
  const reset = (Username: string, ConfirmationCode: string, Password = next, ClientId = client.id) =>
    service.client.send(new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password }));
  const ask = (...given: Parameters<typeof reset>) => refusalOfCall(reset(...given));
  return { ...service, pool, app: client, user, code, forget, reset, ask };
}

describe('ConfirmForgotPassword', () => {
  test('sets the password with the code', async () => {
    const { client, app, code, reset } = await forgotten();

    expect(bodyOf(await reset('ada', code))).toEqual({});
    expect((await signIn(client, app, { username: 'ada', password: next })).AuthenticationResult).toBeDefined();
    expect(await refusalOfCall(signIn(client, app, { username: 'ada', password: somePassword }))).toBe(
      'NotAuthorizedException: Incorrect username or password.',
    );
  });

  test('refuses a wrong code and keeps the password (pools-and-users 48)', async () => {
    const { client, app, code, ask } = await forgotten();
    for (const wrong of [otherThan(code), `${code}1`, code.slice(1)])
      expect(await ask('ada', wrong)).toBe(codeMismatch);

    expect((await signIn(client, app, { username: 'ada' })).AuthenticationResult).toBeDefined();
    expect(await ask('ada', code)).toBe('nothing is refused');
  });

  test('takes a code for an hour and not a second longer (pools-and-users 48)', async () => {
    const early = await forgotten();
    early.clock.advance(hour);
    expect(await early.ask('ada', early.code)).toBe('nothing is refused');
    const late = await forgotten();
    late.clock.advance(hour + 1000);
    expect(await late.ask('ada', late.code)).toBe(expiredCode);
  });

  test('does not spend the code on a password that is too weak (pools-and-users 48)', async () => {
    const { code, ask } = await forgotten();
    for (let call = 0; call < 25; call++) {
      expect(await ask('ada', code, 'weak')).toBe(
        'InvalidPasswordException: Password does not conform to policy: Password not long enough',
      );
    }
    expect(await ask('ada', code)).toBe('nothing is refused');
  });

  test('does not spend the code on a password that was used before', async () => {
    const { code, ask } = await forgotten({ Policies: { PasswordPolicy: { PasswordHistorySize: 2 } } });
    const usedBefore = 'PasswordHistoryPolicyViolationException: Password has previously been used.';

    expect(await ask('ada', code, somePassword)).toBe(usedBefore);
    expect(await ask('ada', otherThan(code), somePassword)).toBe(codeMismatch);
    expect(await ask('ada', code)).toBe('nothing is refused');
  });

  test('confirms who had to reset the password (pools-and-users 48)', async () => {
    const { client, pool, outbox, user, reset } = await forgotten();
    await client.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect((await lookAt(client, pool, 'ada')).status).toBe('RESET_REQUIRED');

    await reset('ada', await outbox.codeFor(user));
    expect(await lookAt(client, pool, 'ada')).toMatchObject({ status: 'CONFIRMED', enabled: true });
  });

  test('leaves a disabled user disabled, and flags as they are', async () => {
    const { client, pool, code, reset } = await forgotten();
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await reset('ada', code);

    expect(await lookAt(client, pool, 'ada')).toMatchObject({ enabled: false, attributes: { email_verified: 'true' } });
  });

  test('ends the sessions that were there before', async () => {
    const { client, app, code, clock, reset } = await forgotten();
    const { AuthenticationResult: tokens } = await signIn(client, app, { username: 'ada' });
    clock.advance(1);
    await reset('ada', code);

    expect(await refusalOfCall(client.send(new GetUserCommand({ AccessToken: tokens?.AccessToken })))).toBe(
      'NotAuthorizedException: Access Token has been revoked',
    );
    const refresh = client.send(
      new InitiateAuthCommand({
        ClientId: app.id,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: tokens?.RefreshToken ?? '' },
      }),
    );
    expect(await refusalOfCall(refresh)).toBe('NotAuthorizedException: Refresh Token has been revoked');
    clock.advance(1);
    expect((await signIn(client, app, { username: 'ada', password: next })).AuthenticationResult).toBeDefined();
  });

  test('takes a code once', async () => {
    const { code, ask } = await forgotten();
    expect(await ask('ada', code)).toBe('nothing is refused');
    expect(await ask('ada', code, 'Third-Horse-9')).toBe(expiredCode);
  });

  test('answers twenty guesses an hour, side by side or not', async () => {
    const { clock, code, reset, ask } = await forgotten();
    const wrong = Array.from({ length: 50 }, () => reset('ada', otherThan(code)));

    expect(await tallyOf(wrong)).toEqual({ [codeMismatch]: 20, [limitExceeded]: 30 });
    expect(await ask('ada', code)).toBe(limitExceeded);
    clock.advance(hour - 1);
    expect(await ask('ada', code)).toBe(limitExceeded);
    clock.advance(1);
    expect(await ask('ada', code)).toBe('nothing is refused');
  });

  test('sets one password when many come with the right code side by side', async () => {
    const { client, app, code, reset } = await forgotten();
    const passwords = Array.from({ length: 12 }, (_, at) => `Another-Horse-${at}`);
    const outcomes = await Promise.all(passwords.map((password) => refusalOfCall(reset('ada', code, password))));
    const winners = passwords.filter((_, at) => outcomes[at] === 'nothing is refused');

    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) expect(['nothing is refused', expiredCode]).toContain(outcome);
    const [password = ''] = winners;
    expect((await signIn(client, app, { username: 'ada', password })).AuthenticationResult).toBeDefined();
  });

  test('takes no code of another user, or of a former user of the name', async () => {
    const { client, aUser, pool, code, outbox, forget, ask } = await forgotten();
    const bob = await aUser(pool, {
      username: 'bob',
      attributes: { email: 'bob@example.com', email_verified: 'true' },
    });
    await forget('bob');
    const codeOfBob = await outbox.codeFor(bob);
    expect(await ask('ada', codeOfBob)).toBe(codeMismatch);
    expect(await ask('bob', code)).toBe(codeMismatch);

    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await aUser(pool, { username: 'ada', attributes: verified });
    expect(await ask('ada', code)).toBe(expiredCode);
  });

  test.each([{ email: 'new@example.com', email_verified: 'true' }, { email_verified: 'false' }, { email: '' }])(
    'takes no code from an address that %j has taken from the user',
    async (attributes) => {
      const { client, pool, code, ask } = await forgotten();
      await client.send(
        new AdminUpdateUserAttributesCommand({
          UserPoolId: pool.id,
          Username: 'ada',
          UserAttributes: attributesOf(attributes),
        }),
      );
      expect(await ask('ada', code)).toBe(expiredCode);
    },
  );

  test('knows neither names that nobody has nor users who are not confirmed', async () => {
    const { client, app, code, ask } = await forgotten();
    await signUp(client, app, { username: 'waiting', attributes: { email } });

    expect(await ask('nobody', code)).toBe(combinationNotFound);
    expect(await ask('waiting', code)).toBe('UserNotConfirmedException: User is not confirmed.');
  });

  test('asks for the hash of a secret', async () => {
    const { client, pool, code } = await forgotten();
    const { id: ClientId, hashFor } = await aClientWithSecret(client, pool);
    const ask = (SecretHash?: string) =>
      refusalOfCall(
        client.send(
          new ConfirmForgotPasswordCommand({
            ClientId,
            SecretHash,
            Username: 'ada',
            ConfirmationCode: code,
            Password: next,
          }),
        ),
      );

    expect(await ask()).toBe(
      `NotAuthorizedException: Client ${ClientId} is configured for secret but secret was not received`,
    );
    expect(await ask(hashFor('eve'))).toBe(
      `NotAuthorizedException: Unable to verify secret hash for client ${ClientId}`,
    );
    expect(await ask(hashFor('ada'))).toBe('nothing is refused');
  });
});

describe('To a client that hides who exists, ConfirmForgotPassword', () => {
  async function hiding() {
    const service = await forgotten({}, { PreventUserExistenceErrors: 'ENABLED' });
    const { client, app, pool, aUser } = service;
    await aUser(pool, { username: 'bob', attributes: verified });
    await aUser(pool, { username: 'without' });
    await aUser(pool, { username: 'invited', attributes: verified, invited: true });
    await signUp(client, app, { username: 'waiting', attributes: { email } });
    return { ...service, names: ['bob', 'nobody', 'without', 'invited', 'waiting'] };
  }

  test('says the same of every name before a code was asked for (pools-and-users 49)', async () => {
    const { call, app, names } = await hiding();
    const answers = await Promise.all(
      names.map(async (Username) => {
        const request = { ClientId: app.id, Username, ConfirmationCode: '1234567', Password: next };
        const { status, headers, json } = await call('ConfirmForgotPassword', request);
        const { 'x-amzn-requestid': _id, ...others } = headers;
        return { status, headers: others, json };
      }),
    );

    expect(answers[0]).toMatchObject({ status: 400, json: { __type: 'ExpiredCodeException' } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('says the same of every name once one seems to be sent, until the limit (pools-and-users 49)', async () => {
    const { forget, ask, names } = await hiding();
    for (const name of names) {
      await forget(name);
      for (let guess = 1; guess <= 20; guess++) expect(await ask(name, '1234567')).toBe(codeMismatch);
      expect(await ask(name, '1234567')).toBe(limitExceeded);
    }
  });

  test('says the same of every name when the code that seemed to be sent is old', async () => {
    const { clock, forget, ask, names } = await hiding();
    for (const name of names) await forget(name);
    clock.advance(hour + 1);
    for (const name of names) expect(await ask(name, '1234567')).toBe(expiredCode);
  });
});
