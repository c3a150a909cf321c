/** How strong a sign-in is, and asking for a stronger one: levels, what tokens say of them, and what leads to each. */
import {
  AdminCreateUserCommand,
  AssociateSoftwareTokenCommand,
  ConfirmSignUpCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { anAuthenticator } from '../../support/authenticator.ts';
import { attributesOf, somePassword } from '../../support/builders.ts';
import { choosing, firstFactors, hiding, reachable } from '../../support/choosing.ts';
import { byDevice, confirm, newDeviceOf } from '../../support/devices.ts';
import { acr, aLevelRoom, levelIn } from '../../support/levels.ts';
import { passkeyCalls } from '../../support/passkeys.ts';
import { appCode, otherCode, step } from '../../support/second-factors.ts';
import { handsOf } from '../../support/sign-in-hands.ts';
import { parametersOf, refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { startService } from '../../support/start-service.ts';

const refused = (message: string) => `InvalidParameterException: ${message}`;
const none = refused('None of the TARGET_ACR_VALUES is known.');
const outOfReach = 'NotAuthorizedException: None of the TARGET_ACR_VALUES can be reached.';
const locked = 'NotAuthorizedException: Password attempts exceeded';

async function aRoom(settings = {}) {
  const service = await startService();
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool, choosing);
  await service.aUser(pool, { username: 'ada' });
  return { service, app, hands: handsOf(service, app) };
}

type Parameters = Readonly<Record<string, string>>;

describe('USER_AUTH that names a level', () => {
  test.each<[Parameters, string]>([
    [{ ACCESS_TOKEN: 'x' }, refused('ACCESS_TOKEN needs TARGET_ACR_VALUES.')],
    [{ TARGET_ACR_VALUES: 'urn:a urn:b' }, none],
    [{ TARGET_ACR_VALUES: `${acr(4)}0,${acr(1)}` }, none],
    [{ TARGET_ACR_VALUES: 'Level4 4 __proto__' }, none],
    [{ TARGET_ACR_VALUES: 'urn:a', ACCESS_TOKEN: 'x' }, none],
    [{ TARGET_ACR_VALUES: '', ACCESS_TOKEN: 'x' }, none],
    [{ TARGET_ACR_VALUES: ' ' }, none],
    [{ MAX_AGE: '-1' }, refused('MAX_AGE must be a whole number of seconds.')],
    [{ MAX_AGE: '1e3' }, refused('MAX_AGE must be a whole number of seconds.')],
    [{ MAX_AGE: 'soon', TARGET_ACR_VALUES: acr(1) }, refused('MAX_AGE must be a whole number of seconds.')],
    [{ TARGET_ACR_VALUES: acr(1), ACCESS_TOKEN: 'x' }, 'NotAuthorizedException: Invalid Access Token'],
  ])('is refused of %o by either operation, whoever it is', async (more, refusalOf) => {
    const { hands } = await aRoom();
    for (const { initiate, who } of hands) {
      for (const USERNAME of ['ada', 'nobody']) {
        const told = await refusal(initiate('USER_AUTH', { USERNAME, ...more }));
        expect([who, USERNAME, told]).toEqual([who, USERNAME, refusalOf]);
      }
    }
  });

  test('takes an age for no level, and a known level among others, by either operation', async () => {
    const { hands } = await aRoom();
    for (const { initiate } of hands) {
      for (const more of [{ MAX_AGE: '300' }, { TARGET_ACR_VALUES: `urn:a  ${acr(1)} urn:b` }] as Parameters[]) {
        const answer = await initiate('USER_AUTH', { USERNAME: 'ada', ...more });
        expect(answer.ChallengeName).toBe('SELECT_CHALLENGE');
      }
    }
  });

  test('is not listened to below the tier that has levels, and tokens say nothing of one', async () => {
    const { service, app } = await aRoom();
    const signIn = signingIn(service, app);
    const all = { USERNAME: 'ada', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: somePassword };
    const earlier = await signIn.initiate('USER_AUTH', all);
    await service.client.send(new UpdateUserPoolCommand({ UserPoolId: app.poolId, UserPoolTier: 'LITE' }));
    const nothing = { acr: undefined, amr: undefined };
    for (const more of [{ ACCESS_TOKEN: 'x' }, { TARGET_ACR_VALUES: acr(4), MAX_AGE: 'soon' }] as Parameters[]) {
      expect(levelIn(await signIn.initiate('USER_AUTH', { ...all, ...more }))).toEqual(nothing);
    }
    expect(levelIn(await signIn.refresh(tokensOf(earlier).refresh))).toEqual(nothing);
  });
});

describe('The level of a sign-in', () => {
  test('is what was proven, whatever the flow', async () => {
    const room = await aLevelRoom();
    expect(levelIn(await room.signIn.byPassword('ada'))).toEqual({ acr: acr(1), amr: ['pwd'] });
    expect(levelIn(await room.signIn.bySrp('ada'))).toEqual({ acr: acr(1), amr: ['pwd'] });
    expect(levelIn(await room.withPassword())).toEqual({ acr: acr(1), amr: ['pwd'] });
    expect(levelIn(await room.byEmail())).toEqual({ acr: acr(2), amr: ['email_otp'] });
    const text = await room.choose({ PREFERRED_CHALLENGE: 'SMS_OTP' });
    expect(levelIn(await room.answers.code(text))).toEqual({ acr: acr(2), amr: ['sms'] });
  });

  test('is higher with an app, and with a code after the password', async () => {
    const room = await aLevelRoom();
    const secret = await room.anApp();
    const asked = await room.signIn.byPassword('ada');
    expect(levelIn(await room.answers.app(asked, secret))).toEqual({ acr: acr(4), amr: ['pwd', 'otp', 'mfa'] });
  });

  test.each([
    ['platform', ['internal', 'hybrid'], 'swk'],
    ['cross-platform', ['internal'], 'hwk'],
    [undefined, ['internal', 'usb'], 'swk'],
    [undefined, ['usb', 'nfc'], 'hwk'],
    [undefined, ['hybrid'], 'swk'],
    [undefined, [], 'swk'],
  ])('names a passkey that is %s with %o', async (authenticatorAttachment, transports, method) => {
    const room = await aLevelRoom();
    const made = anAuthenticator();
    const { start, complete } = passkeyCalls(room.service);
    const { access } = await room.signIn.tokens('ada');
    const { authenticatorAttachment: _, response, ...registration } = made.register(await start(access));
    await complete(access, {
      ...registration,
      ...(authenticatorAttachment && { authenticatorAttachment }),
      response: { ...response, transports },
    });
    const signed = await room.answers.passkey(await room.choose({ PREFERRED_CHALLENGE: 'WEB_AUTHN' }), made);
    expect(levelIn(signed)).toEqual({ acr: acr(3), amr: [method] });
  });

  test('is kept over refreshes, under the name that it has by then', async () => {
    const room = await aLevelRoom();
    const first = await room.byEmail();
    const { refresh } = tokensOf(first);
    expect(levelIn(await room.signIn.refresh(refresh))).toEqual({ acr: acr(2), amr: ['email_otp'] });
    await room.client.send(
      new UpdateUserPoolCommand({
        UserPoolId: room.pool.id,
        AcrConfiguration: { Level2: { AcrValue: 'https://example.com/weak' } },
        ...firstFactors('PASSWORD', 'EMAIL_OTP'),
        AutoVerifiedAttributes: ['email'],
      } as ConstructorParameters<typeof UpdateUserPoolCommand>[0]),
    );
    const again = await room.signIn.refresh(refresh);
    expect(levelIn(again)).toEqual({ acr: 'https://example.com/weak', amr: ['email_otp'] });
    expect(levelIn(await room.byEmail({ TARGET_ACR_VALUES: 'https://example.com/weak' }))).toEqual({
      acr: 'https://example.com/weak',
      amr: ['email_otp'],
    });
    expect(await refusal(room.byEmail({ TARGET_ACR_VALUES: acr(2) }))).toBe(none);
  });

  test('is kept by a refresh token that is rotated', async () => {
    const room = await aLevelRoom({
      app: {
        ExplicitAuthFlows: ['ALLOW_USER_AUTH'],
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
      },
    });
    let { refresh } = tokensOf(await room.byEmail());
    for (let round = 0; round < 2; round++) {
      const answer = await room.client.send(
        new GetTokensFromRefreshTokenCommand({ ClientId: room.app.id, RefreshToken: refresh }),
      );
      expect(levelIn(answer)).toEqual({ acr: acr(2), amr: ['email_otp'] });
      refresh = tokensOf(answer).refresh;
    }
  });
});

describe('A level that is asked for', () => {
  test.each([
    [[1], ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']],
    [[2], ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN']],
    [[3], ['PASSWORD_SRP', 'PASSWORD', 'WEB_AUTHN']],
    [[4], ['PASSWORD_SRP', 'PASSWORD']],
    [
      [4, 1],
      ['PASSWORD_SRP', 'PASSWORD'],
    ],
    [
      [1, 4],
      ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'],
    ],
  ])('%o offers what can lead there', async (levels, offered) => {
    const room = await aLevelRoom();
    await room.aPasskey(anAuthenticator());
    const TARGET_ACR_VALUES = acr(...levels);
    const answer = await room.choose({ TARGET_ACR_VALUES, PREFERRED_CHALLENGE: 'NONE_OF_THEM' });
    expect([answer.ChallengeName, answer.AvailableChallenges]).toEqual(['SELECT_CHALLENGE', offered]);
    const others = ['EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'].filter((name) => !offered.includes(name));
    for (const name of others) {
      const preferred = await room.choose({ TARGET_ACR_VALUES, PREFERRED_CHALLENGE: name });
      expect(preferred.ChallengeName).toBe('SELECT_CHALLENGE');
      expect(await refusal(room.answers.select(preferred, name))).toMatch(/^InvalidParameterException: ANSWER/);
    }
  });

  test('brings up the second factor, though the pool would ask for none', async () => {
    const room = await aLevelRoom();
    const secret = await room.anApp();
    await room.setMfa({ MfaConfiguration: 'OFF' });
    expect(levelIn(await room.withPassword())).toEqual({ acr: acr(1), amr: ['pwd'] });
    for (const begin of [
      () => room.withPassword({ TARGET_ACR_VALUES: acr(4) }),
      async () =>
        room.answers.password(await room.choose({ TARGET_ACR_VALUES: acr(4), PREFERRED_CHALLENGE: 'PASSWORD' })),
      async () =>
        room.answers.select(await room.choose({ TARGET_ACR_VALUES: acr(4) }), 'PASSWORD', { PASSWORD: somePassword }),
    ]) {
      const asked = await begin();
      expect([asked.ChallengeName, asked.AuthenticationResult]).toEqual(['SOFTWARE_TOKEN_MFA', undefined]);
      expect(asked.AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD']);
      expect(levelIn(await room.answers.app(asked, secret))).toEqual({ acr: acr(4), amr: ['pwd', 'otp', 'mfa'] });
    }
  });

  test('is kept through an SRP exchange, however it is begun', async () => {
    const room = await aLevelRoom();
    const secret = await room.anApp();
    await room.setMfa({ MfaConfiguration: 'OFF' });
    const srp = srpClient();
    const target = { TARGET_ACR_VALUES: acr(4), PREFERRED_CHALLENGE: 'PASSWORD_SRP' };
    const sent = { USERNAME: 'ada', SRP_A: srp.publicValue };
    for (const begin of [
      () => room.choose({ ...target, ...sent }),
      async () => room.signIn.respond('PASSWORD_SRP', sent, sessionOf(await room.choose(target))),
    ]) {
      const posed = await begin();
      const knowledge = { poolId: room.pool.id, password: somePassword, at: room.clock.now() };
      const claim = srp.answer(parametersOf(posed), knowledge);
      const asked = await room.signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(posed));
      expect([asked.ChallengeName, asked.AuthenticationResult]).toEqual(['SOFTWARE_TOKEN_MFA', undefined]);
      expect(levelIn(await room.answers.app(asked, secret))).toEqual({ acr: acr(4), amr: ['pwd', 'otp', 'mfa'] });
    }
  });

  test('is not reached by a device that is remembered, where this spares the second factor', async () => {
    const DeviceConfiguration = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };
    const room = await aLevelRoom({ pool: { DeviceConfiguration } });
    const secret = await room.anApp();
    const device = newDeviceOf(await room.answers.app(await room.withPassword(), secret));
    await confirm(room.service, device);
    const DEVICE_KEY = device.key;
    expect((await room.withPassword({ DEVICE_KEY })).ChallengeName).toBe('DEVICE_SRP_AUTH');
    for (const level of [2, 3, 4]) {
      const asked = await room.withPassword({ DEVICE_KEY, TARGET_ACR_VALUES: acr(level) });
      expect([level, asked.ChallengeName]).toEqual([level, 'SOFTWARE_TOKEN_MFA']);
    }
    const asked = await room.withPassword({ DEVICE_KEY, TARGET_ACR_VALUES: acr(1) });
    const answer = await byDevice(room.service, room.signIn, asked, 'ada', device);
    expect(levelIn(answer)).toEqual({ acr: acr(1), amr: ['pwd'] });
  });

  test('lets somebody choose between several addresses, and takes either', async () => {
    for (const [answer, name, method] of [
      ['EMAIL_OTP', 'EMAIL_OTP', 'email_otp'],
      ['SMS_MFA', 'SMS_MFA', 'sms'],
    ] as const) {
      const room = await aLevelRoom();
      const asked = await room.withPassword({ TARGET_ACR_VALUES: acr(3) });
      expect(asked.ChallengeName).toBe('SELECT_MFA_TYPE');
      const posed = await room.signIn.respond('SELECT_MFA_TYPE', { USERNAME: 'ada', ANSWER: answer }, sessionOf(asked));
      expect(posed.ChallengeName).toBe(name);
      expect(levelIn(await room.answers.code(posed))).toEqual({ acr: acr(3), amr: ['pwd', method, 'mfa'] });
    }
  });

  test('falls to the next one where the user has no app', async () => {
    const room = await aLevelRoom({ user: { attributes: { email: reachable.email, email_verified: 'true' } } });
    const asked = await room.withPassword({ TARGET_ACR_VALUES: acr(4, 3) });
    expect(asked.ChallengeName).toBe('EMAIL_OTP');
    expect(levelIn(await room.answers.code(asked))).toEqual({ acr: acr(3), amr: ['pwd', 'email_otp', 'mfa'] });
    expect(levelIn(await room.withPassword({ TARGET_ACR_VALUES: acr(4, 1) }))).toEqual({ acr: acr(1), amr: ['pwd'] });
  });

  test('goes by a passkey where nothing else leads there', async () => {
    const room = await aLevelRoom({ user: { attributes: {} } });
    const authenticator = await room.aPasskey(anAuthenticator());
    const asked = await room.withPassword({ TARGET_ACR_VALUES: acr(4, 3) });
    expect([asked.ChallengeName, asked.AvailableChallenges]).toEqual(['SELECT_CHALLENGE', ['WEB_AUTHN']]);
    expect(await refusal(room.answers.select(asked, 'PASSWORD'))).toMatch(/^InvalidParameterException/);
    const posed = await room.answers.select(asked, 'WEB_AUTHN');
    const answer = await room.answers.passkey(posed, authenticator);
    expect(levelIn(answer)).toEqual({ acr: acr(3), amr: ['pwd', 'swk', 'mfa'] });
  });

  test('is refused where nothing leads there: an address that was never verified, an app that was turned off', async () => {
    const room = await aLevelRoom({ user: { attributes: { email: reachable.email } } });
    const { access } = await room.signIn.tokens('ada');
    await room.people.anApp(access);
    expect(await refusal(room.withPassword({ TARGET_ACR_VALUES: acr(3) }))).toBe(outOfReach);
    expect(await refusal(room.withPassword({ TARGET_ACR_VALUES: acr(4) }))).toBe(outOfReach);
  });

  test('is refused where the pool sends codes to nobody who signs in', async () => {
    const room = await aLevelRoom({ pool: firstFactors('PASSWORD') });
    expect(await refusal(room.withPassword({ TARGET_ACR_VALUES: acr(3) }))).toBe(outOfReach);
  });

  test('comes after a temporary password was replaced', async () => {
    const room = await aLevelRoom({ user: { invited: true } });
    const asked = await room.withPassword({ TARGET_ACR_VALUES: acr(3) });
    expect(asked.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    const posed = await room.signIn.respond(
      'NEW_PASSWORD_REQUIRED',
      { USERNAME: 'ada', NEW_PASSWORD: 'Another-Horse-10' },
      sessionOf(asked),
    );
    expect([posed.ChallengeName, posed.AuthenticationResult]).toEqual(['SELECT_MFA_TYPE', undefined]);
  });

  test('comes after a registration was confirmed, whose code counts', async () => {
    const room = await aLevelRoom({
      pool: { ...firstFactors('PASSWORD', 'EMAIL_OTP'), AutoVerifiedAttributes: ['email'] },
    });
    const { client } = room;
    const ClientId = room.app.id;
    const UserAttributes = attributesOf({ email: 'eve@example.com' });
    await client.send(new SignUpCommand({ ClientId, Username: 'eve', Password: somePassword, UserAttributes }));
    const ConfirmationCode = await room.outbox.codeFor({ poolId: room.pool.id, username: 'eve' });
    const { Session } = await client.send(new ConfirmSignUpCommand({ ClientId, Username: 'eve', ConfirmationCode }));
    const [person] = handsOf(room.service, room.app);
    const AuthParameters = { USERNAME: 'eve', TARGET_ACR_VALUES: acr(3) };
    const asked = await client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_AUTH', AuthParameters, Session }),
    );
    expect([asked.ChallengeName, asked.AvailableChallenges]).toEqual([
      'SELECT_CHALLENGE',
      ['PASSWORD_SRP', 'PASSWORD'],
    ]);
    const right = { USERNAME: 'eve', ANSWER: 'PASSWORD', PASSWORD: somePassword };
    const answer = await person?.respond('SELECT_CHALLENGE', right, asked.Session);
    expect(levelIn(answer ?? {})).toEqual({ acr: acr(3), amr: ['email_otp', 'pwd', 'mfa'] });
  });

  test('may be reached by setting up what the pool asks for', async () => {
    const room = await aLevelRoom({ pool: firstFactors('PASSWORD'), user: { attributes: {} } });
    await room.setMfa({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
    const asked = await room.withPassword({ TARGET_ACR_VALUES: acr(4) });
    expect(asked.ChallengeName).toBe('MFA_SETUP');
    const { SecretCode = '', Session: begun } = await room.client.send(
      new AssociateSoftwareTokenCommand({ Session: sessionOf(asked) }),
    );
    const UserCode = appCode(SecretCode, room.clock.now());
    const verified = await room.client.send(new VerifySoftwareTokenCommand({ Session: begun, UserCode }));
    const answer = await room.signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, sessionOf(verified));
    expect(levelIn(answer)).toEqual({ acr: acr(4), amr: ['pwd', 'otp', 'mfa'] });
  });

  test('is asked of names that nobody has as of those of users, and no such level is told from theirs', async () => {
    const room = await aLevelRoom({ app: hiding });
    await room.client.send(
      new AdminCreateUserCommand({
        UserPoolId: room.pool.id,
        Username: 'codes-alone',
        UserAttributes: attributesOf(reachable),
        MessageAction: 'SUPPRESS',
      }),
    );
    const told = new Map<string, Set<string>>();
    const note = async (USERNAME: string, level: number) => {
      const asked = room.signIn.initiate('USER_AUTH', { USERNAME, TARGET_ACR_VALUES: acr(level) });
      const what = await asked.then(
        ({ AvailableChallenges = [], Session = '' }) => `${AvailableChallenges.join(' ')}, ${Session.length}`,
        (error: Error) => `${error.name}: ${error.message}`,
      );
      const key = USERNAME.startsWith('nobody') ? `nobody ${level}` : `${USERNAME} ${level}`;
      told.set(key, (told.get(key) ?? new Set()).add(what));
    };
    for (const level of [3, 4]) {
      await note('ada', level);
      await note('codes-alone', level);
      for (let index = 0; index < 60; index++) await note(`nobody-${index}`, level);
      for (const name of ['ada', 'codes-alone']) {
        for (const what of told.get(`${name} ${level}`) ?? []) {
          expect([name, what, told.get(`nobody ${level}`)?.has(what)]).toEqual([name, what, true]);
        }
      }
    }
    expect(told.get('codes-alone 4')).toEqual(new Set([outOfReach]));
  });

  test('ends no count of guesses with the password alone', async () => {
    const room = await aLevelRoom();
    const secret = await room.anApp();
    await room.setMfa({ MfaConfiguration: 'OFF' });
    const refusals: string[] = [];
    for (let guess = 0; guess < 8; guess++) {
      await refusal(room.withPassword());
      const asked = await room.withPassword({ TARGET_ACR_VALUES: acr(4) }).catch((error: Error) => error.message);
      if (typeof asked === 'string') {
        refusals.push(asked);
        continue;
      }
      const SOFTWARE_TOKEN_MFA_CODE = otherCode(
        ...[-1, 0, 1].map((by) => appCode(secret, room.clock.now() + by * step)),
      );
      const wrong = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE };
      refusals.push(await refusal(room.signIn.respond('SOFTWARE_TOKEN_MFA', wrong, sessionOf(asked))));
    }
    expect(refusals.some((told) => locked.endsWith(told))).toBe(true);
  });

  test('is asked of a sign-in by an administrator as well', async () => {
    const room = await aLevelRoom();
    const secret = await room.anApp();
    const [, administrator] = handsOf(room.service, room.app);
    const all = { USERNAME: 'ada', PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: somePassword, TARGET_ACR_VALUES: acr(4) };
    const asked = await administrator?.initiate('USER_AUTH', all);
    expect(asked?.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    room.clock.advance(step);
    const right = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, room.clock.now()) };
    const answer = await administrator?.respond('SOFTWARE_TOKEN_MFA', right, asked?.Session);
    expect(decodeJwt(answer?.AuthenticationResult?.AccessToken ?? '')['acr']).toBe(acr(4));
  });
});
