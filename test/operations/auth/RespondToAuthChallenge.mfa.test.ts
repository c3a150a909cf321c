/** Second factors at sign-in: which is asked for, what its code proves, and how many guesses there are at one. */
import {
  AdminDeleteUserAttributesCommand,
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AssociateSoftwareTokenCommand,
  GetUserCommand,
  SetUserSettingsCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { secretHash } from '../../../lambdas/core/rules/secret-hash.ts';
import { somePassword } from '../../support/builders.ts';
import { lookAt, tallyOf } from '../../support/people.ts';
import { aFactorRoom, appCode, otherCode, phone, step, wrongAppCode } from '../../support/second-factors.ts';
import { parametersOf, refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';

const mismatch = 'CodeMismatchException: Invalid code or auth state for the user.';
const appMismatch = 'CodeMismatchException: Invalid code received for user';
const used = 'ExpiredCodeException: Your software token has already been used once.';
const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const invalid = 'NotAuthorizedException: Invalid session for the user.';
const locked = 'NotAuthorizedException: Password attempts exceeded';
const seconds = 1000;
const minutes = 60 * seconds;

const both = { attributes: { phone_number: phone, email: 'ada@example.com' } };
const Enabled = true;

describe('SMS_MFA', () => {
  const room = () => aFactorRoom({ offers: ['SMS_MFA'], user: both });

  test('masks the number, sends six digits and marks the number as verified (auth-flows 31) (auth-flows 25)', async () => {
    const { client, pool, prefer, signIn, codeFor, outbox } = await room();
    await prefer({ SMSMfaSettings: { Enabled } });
    expect((await lookAt(client, pool, 'ada')).attributes['phone_number_verified']).toBeUndefined();
    const { $metadata, ...challenge } = await signIn.byPassword('ada');
    expect(challenge).toEqual({
      ChallengeName: 'SMS_MFA',
      Session: expect.stringMatching(/^[\w-]{20,2000}$/),
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS',
        CODE_DELIVERY_DESTINATION: '+*******4114',
        USER_ID_FOR_SRP: 'ada',
      },
    });
    const code = await codeFor();
    expect(code).toMatch(/^[0-9]{6}$/);
    expect(await outbox.last({ username: 'ada' })).toMatchObject({ channel: 'SMS', to: phone });
    const answer = await signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE: code }, sessionOf(challenge));
    expect(answer.ChallengeName).toBeUndefined();
    expect(answer.Session).toBeUndefined();
    expect(answer.ChallengeParameters).toEqual({});
    tokensOf(answer);
    expect((await lookAt(client, pool, 'ada')).attributes['phone_number_verified']).toBe('true');
  });

  test('stands a wrong code, and takes the right one with the same session (auth-flows 24)', async () => {
    const { prefer, signIn, codeFor } = await room();
    await prefer({ SMSMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const code = await codeFor();
    const answer = (SMS_MFA_CODE: string) => signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE }, session);
    expect(await refusal(answer(otherCode(code)))).toBe(mismatch);
    expect(await refusal(answer(`${code} `))).toBe(mismatch);
    tokensOf(await answer(code));
    expect(await refusal(answer(code))).toBe(spent);
  });

  test('is asked for after the older setting as well', async () => {
    const { client, access, signIn, codeFor } = await room();
    const MFAOptions = [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' } as const];
    await client.send(new SetUserSettingsCommand({ AccessToken: access, MFAOptions }));
    const challenge = await signIn.bySrp('ada');
    expect(challenge.ChallengeName).toBe('SMS_MFA');
    const responses = { USERNAME: 'ada', SMS_MFA_CODE: await codeFor() };
    tokensOf(await signIn.respond('SMS_MFA', responses, sessionOf(challenge)));
    await client.send(new SetUserSettingsCommand({ AccessToken: access, MFAOptions: [] }));
    tokensOf(await signIn.byPassword('ada'));
  });

  test('is asked for in a pool that requires it of who has a number, and said nothing (auth-flows 26)', async () => {
    const { signIn, setMode, codeFor } = await room();
    await setMode('ON', 'SMS_MFA');
    const challenge = await signIn.byPassword('ada');
    expect(challenge.ChallengeName).toBe('SMS_MFA');
    const responses = { USERNAME: 'ada', SMS_MFA_CODE: await codeFor() };
    tokensOf(await signIn.respond('SMS_MFA', responses, sessionOf(challenge)));
  });

  test('refuses the code of another sign-in, older or newer', async () => {
    const { prefer, signIn, codeFor } = await room();
    await prefer({ SMSMfaSettings: { Enabled } });
    const first = sessionOf(await signIn.byPassword('ada'));
    const old = await codeFor();
    const second = sessionOf(await signIn.byPassword('ada'));
    const fresh = await codeFor();
    const answer = (code: string, session: string) =>
      refusal(signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE: code }, session));
    expect(await answer(old, first)).toBe(mismatch);
    expect(await answer(fresh, first)).toBe(mismatch);
    if (old !== fresh) expect(await answer(old, second)).toBe(mismatch);
    expect(await answer(fresh, second)).toMatch(/^answered/);
  });

  test('refuses a code that went to a number which the user has given up', async () => {
    const { client, isUser, prefer, signIn, codeFor } = await room();
    await prefer({ SMSMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const UserAttributes = [{ Name: 'phone_number', Value: '+12065550000' }];
    await client.send(new AdminUpdateUserAttributesCommand({ ...isUser, UserAttributes }));
    const responses = { USERNAME: 'ada', SMS_MFA_CODE: await codeFor() };
    expect(await refusal(signIn.respond('SMS_MFA', responses, session))).toBe(mismatch);
  });

  test('signs in where the number is already the name of somebody else', async () => {
    const { client, pool, aUser, prefer, signIn, codeFor } = await aFactorRoom({
      offers: ['SMS_MFA'],
      user: both,
      pool: { AliasAttributes: ['phone_number'] },
    });
    await aUser(pool, { username: 'bob', attributes: { phone_number: phone, phone_number_verified: 'true' } });
    await prefer({ SMSMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    tokensOf(await signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE: await codeFor() }, session));
    expect((await lookAt(client, pool, 'ada')).attributes['phone_number_verified']).toBeUndefined();
  });

  test('gives tokens once to answers side by side', async () => {
    const { prefer, signIn, codeFor } = await room();
    await prefer({ SMSMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const responses = { USERNAME: 'ada', SMS_MFA_CODE: await codeFor() };
    const answers = Array.from({ length: 8 }, () => signIn.respond('SMS_MFA', responses, session));
    expect(await tallyOf(answers)).toEqual({ 'nothing is refused': 1, [spent]: 7 });
  });

  test('ends with its session, of which a new step begins another', async () => {
    const { prefer, signIn, codeFor, clock } = await room();
    await prefer({ SMSMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    clock.advance(3 * minutes);
    const responses = { USERNAME: 'ada', SMS_MFA_CODE: await codeFor() };
    expect(await refusal(signIn.respond('SMS_MFA', responses, session))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });
});

describe('SOFTWARE_TOKEN_MFA', () => {
  const room = () => aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA'], user: both });

  async function withApp(name?: string) {
    const place = await room();
    const secret = await place.anApp(name);
    await place.prefer({ SoftwareTokenMfaSettings: { Enabled } });
    const code = (off = 0) => appCode(secret, place.clock.now() + off * step);
    const begin = async () => sessionOf(await place.signIn.byPassword('ada'));
    const answer = (text: string, session: string, more: Readonly<Record<string, string>> = {}) =>
      place.signIn.respond('SOFTWARE_TOKEN_MFA', { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: text, ...more }, session);
    return {
      ...place,
      secret,
      code,
      begin,
      answer,
      refused: async (text: string, session: string) => refusal(answer(text, session)),
    };
  }

  test('is not asked for until it is turned on, then with the name of the device (auth-flows 29)', async () => {
    const { anApp, prefer, signIn, clock } = await room();
    const secret = await anApp('my phone');
    tokensOf(await signIn.byPassword('ada'));
    await prefer({ SoftwareTokenMfaSettings: { Enabled, PreferredMfa: true } });
    const { $metadata, ...challenge } = await signIn.bySrp('ada');
    expect(challenge).toEqual({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      Session: expect.stringMatching(/^[\w-]{20,2000}$/),
      ChallengeParameters: { USER_ID_FOR_SRP: 'ada', FRIENDLY_DEVICE_NAME: 'my phone' },
    });
    const responses = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    tokensOf(await signIn.respond('SOFTWARE_TOKEN_MFA', responses, sessionOf(challenge)));
  });

  test('says nothing of a device that has no name', async () => {
    const { signIn } = await withApp();
    expect(parametersOf(await signIn.byPassword('ada'))).toEqual({ USER_ID_FOR_SRP: 'ada' });
  });

  test('takes the code of the step before and of the one after, and none two steps away (auth-flows 27)', async () => {
    const { code, begin, answer, refused, clock } = await withApp();
    clock.advance(10 * step);
    const session = await begin();
    expect(await refused(code(-2), session)).toBe(appMismatch);
    expect(await refused(code(2), session)).toBe(appMismatch);
    tokensOf(await answer(code(-1), session));
    tokensOf(await answer(code(1), await begin()));
  });

  test('takes no code twice, nor one before it: after Verify and after a sign-in (auth-flows 27)', async () => {
    const { code, begin, answer, refused, clock } = await withApp();
    // The one that has proven the app.
    expect(await refused(code(-1), await begin())).toBe(used);
    tokensOf(await answer(code(), await begin()));
    expect(await refused(code(), await begin())).toBe(used);
    expect(await refused(code(-1), await begin())).toBe(used);
    clock.advance(step);
    tokensOf(await answer(code(), await begin()));
  });

  test('takes a code once of sign-ins side by side', async () => {
    const { code, begin, answer } = await withApp();
    const sessions = await Promise.all(Array.from({ length: 4 }, begin));
    const answers = sessions.map((session) => answer(code(), session));
    expect(await tallyOf(answers)).toEqual({ 'nothing is refused': 1, [used]: 3 });
  });

  test('stands wrong codes, and takes the right one with the same session (auth-flows 24)', async () => {
    const { secret, code, begin, answer, refused, clock } = await withApp();
    const session = await begin();
    const wrong = wrongAppCode(secret, clock.now());
    for (const text of [wrong, code().slice(1), `${code()}0`, 'x'.repeat(100_000)]) {
      expect(await refused(text, session)).toBe(appMismatch);
    }
    tokensOf(await answer(code(), session));
    expect(await refused(code(), session)).toMatch(/ExpiredCode/);
  });

  test('ends with the fifth wrong code, after which the account is locked', async () => {
    const { secret, code, begin, answer, refused, clock } = await withApp();
    const session = await begin();
    const wrong = wrongAppCode(secret, clock.now());
    for (let count = 0; count < 5; count++) expect(await refused(wrong, session)).toBe(appMismatch);
    expect(await refused(code(), session)).toBe(locked);
    clock.advance(1 * seconds);
    expect(await refused(code(), session)).toBe(spent);
    clock.advance(step);
    tokensOf(await answer(code(), await begin()));
  });

  test('gives whoever knows the password no more guesses for signing in with it again', async () => {
    const { secret, signIn, begin, refused, clock } = await withApp();
    const wrong = wrongAppCode(secret, clock.now());
    for (let count = 0; count < 5; count++) expect(await refused(wrong, await begin())).toBe(appMismatch);
    expect(await refusal(signIn.byPassword('ada'))).toBe(locked);
    clock.advance(1 * seconds);
    // The password alone neither ends the count nor lengthens the lock.
    for (let count = 0; count < 3; count++) await begin();
    expect(await refused(wrong, await begin())).toBe(appMismatch);
    clock.advance(2 * seconds - 1);
    expect(await refusal(signIn.byPassword('ada'))).toBe(locked);
    clock.advance(1);
    expect(await refused(wrong, await begin())).toBe(appMismatch);
    clock.advance(4 * seconds - 1);
    expect(await refusal(signIn.byPassword('ada'))).toBe(locked);
  });

  test('ends the count of wrong answers when it is right', async () => {
    const { secret, code, begin, answer, refused, clock } = await withApp();
    clock.advance(step);
    const wrong = wrongAppCode(secret, clock.now());
    for (let count = 0; count < 4; count++) expect(await refused(wrong, await begin())).toBe(appMismatch);
    tokensOf(await answer(code(), await begin()));
    for (let count = 0; count < 4; count++) expect(await refused(wrong, await begin())).toBe(appMismatch);
    clock.advance(step);
    tokensOf(await answer(code(), await begin()));
  });

  test('counts guesses side by side', async () => {
    const { secret, signIn, begin, answer, clock } = await withApp();
    const sessions = await Promise.all(Array.from({ length: 20 }, begin));
    const wrong = wrongAppCode(secret, clock.now());
    const tally = await tallyOf(sessions.map((session) => answer(wrong, session)));
    expect(tally).toEqual({ [appMismatch]: 5, [locked]: 15 });
    expect(await refusal(signIn.byPassword('ada'))).toBe(locked);
  });

  test('goes on to be good in a pool that no longer offers apps (auth-flows 26)', async () => {
    const { code, setMode, signIn, answer } = await withApp();
    await setMode('OPTIONAL', 'SMS_MFA');
    const challenge = await signIn.byPassword('ada');
    expect(challenge.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    tokensOf(await answer(code(), sessionOf(challenge)));
  });

  test('is not asked for where the pool has turned second factors off (auth-flows 26)', async () => {
    const { setMode, signIn } = await withApp();
    await setMode('OFF');
    tokensOf(await signIn.byPassword('ada'));
  });

  test('serves an administrator’s sign-in, and one that is begun by one and answered by the other', async () => {
    const { client, pool, app, code, answer } = await withApp();
    const named = { UserPoolId: pool.id, ClientId: app.id };
    const AuthParameters = { USERNAME: 'ada', PASSWORD: somePassword };
    const begin = new AdminInitiateAuthCommand({ ...named, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters });
    const challenge = await client.send(begin);
    const responses = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: code() };
    tokensOf(
      await client.send(
        new AdminRespondToAuthChallengeCommand({
          ...named,
          ChallengeName: 'SOFTWARE_TOKEN_MFA',
          ChallengeResponses: responses,
          Session: sessionOf(challenge),
        }),
      ),
    );
    tokensOf(await answer(code(1), sessionOf(await client.send(begin))));
  });

  test('refuses sessions of other challenges, users, clients, and none', async () => {
    const { service, pool, aClient, aUser, setMode, signIn, code, begin, refused } = await withApp();
    const sibling = signingIn(service, await aClient(pool));
    const responses = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: code() };
    expect(await refusal(sibling.respond('SOFTWARE_TOKEN_MFA', responses, await begin()))).toBe(invalid);
    expect(await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', responses))).toBe(
      'InvalidParameterException: Missing required parameter Session',
    );
    await aUser(pool, { username: 'bob' });
    expect(await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', { ...responses, USERNAME: 'bob' }, await begin()))).toBe(
      invalid,
    );
    await setMode('ON', 'SMS_MFA', 'SOFTWARE_TOKEN_MFA');
    const ofSetUp = sessionOf(await signIn.byPassword('bob'));
    expect(await refused(code(), ofSetUp)).toBe(invalid);
    expect(await refusal(signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE: '123456' }, await begin()))).toBe(
      invalid,
    );
    expect(await refusal(signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, await begin()))).toBe(invalid);
    for (const forged of ['A'.repeat(20), 'A'.repeat(2000), `${await begin()}A`.slice(1)]) {
      expect(await refused(code(), forged)).toBe(invalid);
    }
  });

  test('asks a client with a secret for the hash, over the name that comes with it or the username', async () => {
    const place = await aFactorRoom({
      offers: ['SOFTWARE_TOKEN_MFA'],
      user: { attributes: { email: 'ada@example.com', email_verified: 'true' } },
      pool: { AliasAttributes: ['email'] },
    });
    const secret = await place.anApp();
    await place.prefer({ SoftwareTokenMfaSettings: { Enabled } });
    const app = await place.aClient(place.pool, { GenerateSecret: true });
    const hash = (name: string) => secretHash(app.ClientSecret ?? '', name, app.id);
    const signIn = signingIn(place.service, app);
    const session = sessionOf(await signIn.byPassword('ada', somePassword, { SECRET_HASH: hash('ada') }));
    const code = appCode(secret, place.clock.now());
    const answer = (more: Readonly<Record<string, string>>) =>
      signIn.respond('SOFTWARE_TOKEN_MFA', { SOFTWARE_TOKEN_MFA_CODE: code, ...more }, session);
    expect(await refusal(answer({ USERNAME: 'ada' }))).toMatch(
      /^NotAuthorizedException: .*SECRET_HASH was not received/,
    );
    expect(await refusal(answer({ USERNAME: 'ada', SECRET_HASH: hash('bob') }))).toMatch(/^NotAuthorizedException/);
    tokensOf(await answer({ USERNAME: 'ada@example.com', SECRET_HASH: hash('ada@example.com') }));
  });

  test('refuses who was disabled in between', async () => {
    const { client, isUser, code, begin, refused } = await withApp();
    const session = await begin();
    await client.send(new AdminDisableUserCommand(isUser));
    expect(await refused(code(), session)).toBe('NotAuthorizedException: User is disabled.');
  });

  test.each(['USERNAME', 'SOFTWARE_TOKEN_MFA_CODE'])('misses %s', async (name) => {
    const { code, begin, signIn } = await withApp();
    const { [name]: _, ...rest } = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: code() } as Record<string, string>;
    expect(await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', rest, await begin()))).toBe(
      `InvalidParameterException: Missing required parameter ${name}`,
    );
  });
});

describe('EMAIL_OTP after a password', () => {
  test('sends eight digits, and marks the address as verified (auth-flows 26)', async () => {
    const { client, pool, prefer, signIn, codeFor } = await aFactorRoom({ offers: ['EMAIL_OTP'], user: both });
    await prefer({ EmailMfaSettings: { Enabled } });
    const challenge = await signIn.byPassword('ada');
    expect(challenge).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL',
        CODE_DELIVERY_DESTINATION: 'a***@e***',
        USER_ID_FOR_SRP: 'ada',
      },
    });
    const code = await codeFor();
    expect(code).toMatch(/^[0-9]{8}$/);
    const answer = (EMAIL_OTP_CODE: string) =>
      signIn.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, sessionOf(challenge));
    expect(await refusal(answer(otherCode(code)))).toBe(mismatch);
    tokensOf(await answer(code));
    expect((await lookAt(client, pool, 'ada')).attributes['email_verified']).toBe('true');
  });
});

describe('SELECT_MFA_TYPE', () => {
  const all = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const;

  async function withAll() {
    const place = await aFactorRoom({ offers: all, user: both });
    const secret = await place.anApp();
    const on = { SMSMfaSettings: { Enabled }, SoftwareTokenMfaSettings: { Enabled }, EmailMfaSettings: { Enabled } };
    await place.prefer(on);
    const begin = async () => sessionOf(await place.signIn.byPassword('ada'));
    const choose = (ANSWER: string, session: string) =>
      place.signIn.respond('SELECT_MFA_TYPE', { USERNAME: 'ada', ANSWER }, session);
    return { ...place, secret, begin, choose };
  }

  test('offers what the user has turned on, and poses what they choose (auth-flows 26)', async () => {
    const { signIn, choose, secret, codeFor, clock } = await withAll();
    const challenge = await signIn.byPassword('ada');
    expect(challenge).toMatchObject({
      ChallengeName: 'SELECT_MFA_TYPE',
      ChallengeParameters: { MFAS_CAN_CHOOSE: JSON.stringify(all), USER_ID_FOR_SRP: 'ada' },
    });
    const chosen = await choose('SMS_MFA', sessionOf(challenge));
    expect(chosen.ChallengeName).toBe('SMS_MFA');
    tokensOf(await signIn.respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE: await codeFor() }, sessionOf(chosen)));
    const app = await choose('SOFTWARE_TOKEN_MFA', sessionOf(await signIn.byPassword('ada')));
    const responses = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    tokensOf(await signIn.respond('SOFTWARE_TOKEN_MFA', responses, sessionOf(app)));
  });

  test.each(['EMAIL_OTP', 'EMAIL_MFA'])('takes %s for codes by e-mail (auth-flows 26)', async (name) => {
    const { signIn, begin, choose, codeFor } = await withAll();
    const chosen = await choose(name, await begin());
    expect(chosen.ChallengeName).toBe('EMAIL_OTP');
    const responses = { USERNAME: 'ada', EMAIL_OTP_CODE: await codeFor() };
    tokensOf(await signIn.respond('EMAIL_OTP', responses, sessionOf(chosen)));
  });

  test('refuses what is not offered, with the session still good, and a second choice', async () => {
    const { client, isUser, begin, choose } = await withAll();
    const session = await begin();
    await client.send(new AdminDeleteUserAttributesCommand({ ...isUser, UserAttributeNames: ['email'] }));
    for (const name of ['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN', 'sms_mfa']) {
      expect(await refusal(choose(name, session))).toBe(
        'MFAMethodNotFoundException: The user does not have this MFA method.',
      );
    }
    expect(await refusal(choose('SOFTWARE_TOKEN_MFA', session))).toMatch(/^answered/);
    expect(await refusal(choose('SOFTWARE_TOKEN_MFA', session))).toBe(spent);
  });

  test('is not asked where one is preferred (auth-flows 26)', async () => {
    const { prefer, signIn } = await withAll();
    await prefer({ EmailMfaSettings: { Enabled, PreferredMfa: true } });
    expect((await signIn.byPassword('ada')).ChallengeName).toBe('EMAIL_OTP');
    await prefer({ SoftwareTokenMfaSettings: { Enabled, PreferredMfa: true } });
    expect((await signIn.byPassword('ada')).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });
});

describe('MFA_SETUP', () => {
  const apps = { mode: 'ON', offers: ['SOFTWARE_TOKEN_MFA'] } as const;
  const mails = { mode: 'ON', offers: ['EMAIL_OTP'] } as const;

  test('comes after a new password, and sets an app up before there are tokens (auth-flows 22)', async () => {
    const { client, signIn, clock } = await aFactorRoom({ ...apps, user: { invited: true } });
    const invited = await signIn.bySrp('ada');
    expect(invited.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const chosen = { USERNAME: 'ada', NEW_PASSWORD: 'Another-Horse-9' };
    const { $metadata, ...challenge } = await signIn.respond('NEW_PASSWORD_REQUIRED', chosen, sessionOf(invited));
    expect(challenge).toEqual({
      ChallengeName: 'MFA_SETUP',
      Session: expect.stringMatching(/^[\w-]{20,2000}$/),
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: 'ada' },
    });
    const begun = await client.send(new AssociateSoftwareTokenCommand({ Session: sessionOf(challenge) }));
    const UserCode = appCode(begun.SecretCode ?? '', clock.now());
    const verified = await client.send(new VerifySoftwareTokenCommand({ Session: sessionOf(begun), UserCode }));
    expect(verified.Status).toBe('SUCCESS');
    // The code that a client sends along is of no matter.
    const responses = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: '000000' };
    const answer = await signIn.respond('MFA_SETUP', responses, sessionOf(verified));
    expect(answer.ChallengeParameters).toEqual({});
    expect(answer.ChallengeName).toBeUndefined();
    tokensOf(answer);
    expect(await refusal(signIn.respond('MFA_SETUP', responses, sessionOf(verified)))).toBe(spent);
  });

  test('asks for a code once the app has proven itself, also of who never came back (auth-flows 28)', async () => {
    const { client, signIn, clock } = await aFactorRoom(apps);
    const challenge = await signIn.byPassword('ada');
    expect(challenge.ChallengeName).toBe('MFA_SETUP');
    const begun = await client.send(new AssociateSoftwareTokenCommand({ Session: sessionOf(challenge) }));
    const secret = begun.SecretCode ?? '';
    const UserCode = appCode(secret, clock.now());
    await client.send(new VerifySoftwareTokenCommand({ Session: sessionOf(begun), UserCode }));
    const later = await signIn.byPassword('ada');
    expect(later.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    const answer = (code: string) =>
      signIn.respond('SOFTWARE_TOKEN_MFA', { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: code }, sessionOf(later));
    expect(await refusal(answer(UserCode))).toBe(used);
    tokensOf(await answer(appCode(secret, clock.now() + step)));
  });

  test('refuses an answer before the app has proven itself, with the session still good', async () => {
    const { client, signIn } = await aFactorRoom(apps);
    const unproven = 'InvalidParameterException: User has not verified software token mfa';
    const challenge = await signIn.byPassword('ada');
    const answer = (session: string) => refusal(signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, session));
    expect(await answer(sessionOf(challenge))).toBe(unproven);
    const begun = await client.send(new AssociateSoftwareTokenCommand({ Session: sessionOf(challenge) }));
    expect(await answer(sessionOf(begun))).toBe(unproven);
    expect(await answer(sessionOf(challenge))).toBe(unproven);
  });

  test('lists what the pool offers', async () => {
    const { signIn, setMode } = await aFactorRoom({ mode: 'ON', offers: ['SMS_MFA'] });
    expect(parametersOf(await signIn.byPassword('ada'))['MFAS_CAN_SETUP']).toBe('["SMS_MFA"]');
    await setMode('ON', 'EMAIL_OTP', 'SOFTWARE_TOKEN_MFA', 'SMS_MFA');
    expect(parametersOf(await signIn.byPassword('ada'))['MFAS_CAN_SETUP']).toBe(
      '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP"]',
    );
  });

  test('takes an address, proves it by a code, and asks there from then on', async () => {
    const { client, signIn, codeFor } = await aFactorRoom(mails);
    const set = { USERNAME: 'ada', EMAIL: 'ada@example.com' };
    const challenge = await signIn.respond('MFA_SETUP', set, sessionOf(await signIn.byPassword('ada')));
    expect(challenge).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
      ChallengeParameters: { CODE_DELIVERY_DESTINATION: 'a***@e***', USER_ID_FOR_SRP: 'ada' },
    });
    const code = await codeFor();
    const answer = (EMAIL_OTP_CODE: string) =>
      signIn.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, sessionOf(challenge));
    expect(await refusal(answer(otherCode(code)))).toBe(mismatch);
    const { access } = tokensOf(await answer(code));
    expect(await client.send(new GetUserCommand({ AccessToken: access }))).toMatchObject({
      UserMFASettingList: ['EMAIL_OTP'],
      UserAttributes: expect.arrayContaining([
        { Name: 'email', Value: 'ada@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ]),
    });
    expect((await signIn.byPassword('ada')).ChallengeName).toBe('EMAIL_OTP');
  });

  test('lets nobody with the password send the codes of somebody else to themselves', async () => {
    const { client, isUser, pool, signIn, codeFor } = await aFactorRoom(mails);
    const elsewhere = { USERNAME: 'ada', EMAIL: 'mallory@example.com' };
    const early = sessionOf(await signIn.byPassword('ada'));
    const begun = sessionOf(await signIn.respond('MFA_SETUP', elsewhere, sessionOf(await signIn.byPassword('ada'))));
    const EMAIL_OTP_CODE = await codeFor();
    const UserAttributes = [{ Name: 'email', Value: 'ada@example.com' }];
    await client.send(new AdminUpdateUserAttributesCommand({ ...isUser, UserAttributes }));
    expect(await refusal(signIn.respond('MFA_SETUP', elsewhere, early))).toMatch(/^MFAMethodNotFoundException/);
    expect(await refusal(signIn.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, begun))).toBe(
      'NotAuthorizedException: Cannot modify an already provided email',
    );
    expect((await lookAt(client, pool, 'ada')).attributes['email']).toBe('ada@example.com');
  });

  test.each(['', 'ada', 'ada@', `${'a'.repeat(2100)}@example.com`, 'ada@example.com, mallory@example.com'])(
    'refuses %.40j for an address',
    async (EMAIL) => {
      const { signIn } = await aFactorRoom(mails);
      const session = sessionOf(await signIn.byPassword('ada'));
      expect(await refusal(signIn.respond('MFA_SETUP', { USERNAME: 'ada', EMAIL }, session))).toMatch(
        /^InvalidParameterException: (Invalid email address format\.|User has not verified software token mfa)$/,
      );
    },
  );

  test('refuses an address in a pool that sends no codes by e-mail, and of a client that may not write it', async () => {
    const room = await aFactorRoom(apps);
    const set = { USERNAME: 'ada', EMAIL: 'ada@example.com' };
    const session = sessionOf(await room.signIn.byPassword('ada'));
    expect(await refusal(room.signIn.respond('MFA_SETUP', set, session))).toMatch(/^MFAMethodNotFoundException/);
    const bound = await aFactorRoom({ ...mails, app: { WriteAttributes: ['nickname'] } });
    const other = sessionOf(await bound.signIn.byPassword('ada'));
    expect(await refusal(bound.signIn.respond('MFA_SETUP', set, other))).toMatch(/unauthorized attribute/);
  });

  test('ends with the password that it rests on', async () => {
    const { client, isUser, signIn } = await aFactorRoom(apps);
    const challenge = sessionOf(await signIn.byPassword('ada'));
    const Password = 'Another-Horse-9';
    await client.send(new AdminSetUserPasswordCommand({ ...isUser, Password, Permanent: true }));
    expect(await refusal(client.send(new AssociateSoftwareTokenCommand({ Session: challenge })))).toBe(invalid);
    expect(await refusal(signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, challenge))).toBe(invalid);
  });
});
