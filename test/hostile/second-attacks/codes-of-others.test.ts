/** Codes in the place of other codes, at the edges of their time, and asked for to annoy or to keep somebody out. */
import {
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetUserAttributeVerificationCodeCommand,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { choosingOf, firstFactors, reachable } from '../../support/choosing.ts';
import { everyPoolSetting } from '../../support/every-setting.ts';
import { minute, signUp } from '../../support/people.ts';
import { aFactorRoom, appCode, phone, step } from '../../support/second-factors.ts';
import { refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';
import { startService } from '../../support/start-service.ts';

const mismatch = /^(CodeMismatchException|ExpiredCodeException)/;
const Enabled = true;

/** A pool where codes are a first factor and a second one, and Ada has her mailbox for a second one. */
async function aRoom() {
  const service = await startService();
  const { EmailConfiguration } = everyPoolSetting;
  const pool = await service.aPool({
    EmailConfiguration,
    AutoVerifiedAttributes: ['email', 'phone_number'],
    ...firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'),
  });
  const app = await service.aClient(pool, {
    ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  });
  const ada = await service.aUser(pool, { username: 'ada', attributes: reachable });
  return { ...service, pool, app, ada, ...choosingOf(service, app), code: () => service.outbox.codeFor(ada) };
}

const inDigitsOf = (code: string, zero: number): string =>
  [...code].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

describe('A code', () => {
  test('is for one purpose', async () => {
    const { client, app, code, choose, respond, tokens } = await aRoom();
    const ClientId = app.id;
    const { access: AccessToken } = await tokens('ada');
    await client.send(new ForgotPasswordCommand({ ClientId, Username: 'ada' }));
    const ofReset = await code();
    await client.send(new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName: 'email' }));
    const ofAttribute = await code();
    const session = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const ofSignIn = await code();
    for (const EMAIL_OTP_CODE of [ofReset, ofAttribute, ofSignIn.slice(0, 6), `${ofReset}00`]) {
      expect(await refusal(respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session))).toMatch(mismatch);
    }
    for (const Code of [ofReset, ofSignIn]) {
      const verify = new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code });
      expect(await refusal(client.send(verify))).toMatch(mismatch);
    }
    for (const ConfirmationCode of [ofAttribute, ofSignIn]) {
      const given = { ClientId, Username: 'ada', ConfirmationCode };
      const reset = new ConfirmForgotPasswordCommand({ ...given, Password: 'Another-Horse-9' });
      expect(await refusal(client.send(reset))).toMatch(mismatch);
      expect(await refusal(client.send(new ConfirmSignUpCommand(given)))).toMatch(/Exception/);
    }
    tokensOf(await respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE: ofSignIn }, session));
  });

  test('is of one user, of those who have the same address too', async () => {
    const { aUser, pool, choose, respond, code } = await aRoom();
    await aUser(pool, { username: 'eve', attributes: reachable });
    const [hers, others] = [sessionOf(await choose('ada', 'EMAIL_OTP')), sessionOf(await choose('eve', 'EMAIL_OTP'))];
    const answer = { USERNAME: 'eve', EMAIL_OTP_CODE: await code() };
    expect(await refusal(respond('EMAIL_OTP', answer, others))).toMatch(mismatch);
    expect(await refusal(respond('EMAIL_OTP', answer, hers))).toMatch(/^NotAuthorizedException: Invalid session/);
  });

  test('of who is not confirmed signs nobody in', async () => {
    const { client, app, pool, outbox, choose, respond } = await aRoom();
    await signUp(client, app, { username: 'eve', attributes: { email: 'eve@example.com' } });
    const EMAIL_OTP_CODE = await outbox.codeFor({ poolId: pool.id, username: 'eve' });
    const asked = await choose('eve', 'EMAIL_OTP');
    if (asked.ChallengeName === 'EMAIL_OTP') {
      expect(await refusal(respond('EMAIL_OTP', { USERNAME: 'eve', EMAIL_OTP_CODE }, sessionOf(asked)))).toMatch(
        mismatch,
      );
    }
  });

  test.each([' 123456', '१२३४५६', '１２３４５６', '+123456', '0x1e240', '123456.0', '1e5', '000000000123456', ''])(
    'of an app is six digits, and not %j',
    async (text) => {
      const { signIn, prefer, anApp, clock } = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA'] });
      const code = appCode(await anApp(), clock.now());
      await prefer({ SoftwareTokenMfaSettings: { Enabled } });
      const session = sessionOf(await signIn.byPassword('ada'));
      const digits = { '१२३४५६': 0x966, '１２３４５６': 0xff10 }[text];
      const written = digits === undefined ? text.replace('123456', code) : inDigitsOf(code, digits);
      const answer = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: written };
      expect(await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', answer, session))).toMatch(/Exception/);
    },
  );

  test('of an app is taken once, in whatever order its steps come, and none of a step before it', async () => {
    const { signIn, prefer, anApp, clock } = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA'] });
    const secret = await anApp();
    await prefer({ SoftwareTokenMfaSettings: { Enabled } });
    clock.advance(10 * step);
    const show = async (at: number) => {
      const session = sessionOf(await signIn.byPassword('ada'));
      const answer = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, at) };
      return (await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', answer, session))).startsWith('answered');
    };
    const now = clock.now();
    expect(await show(now + step)).toBe(true);
    expect([await show(now + step), await show(now), await show(now - step)]).toEqual([false, false, false]);
    clock.advance(20 * minute);
    const later = clock.now();
    expect([await show(now + step), await show(later)]).toEqual([false, true]);
    clock.advance(step);
    // In the window once more, from the other side.
    expect(await show(later)).toBe(false);
    expect(await show(later + step)).toBe(true);
  });
});

describe('Messages', () => {
  test('are no more than a budget an hour, by whichever ways a stranger asks for them', async () => {
    const { choose, outbox, client, app } = await aRoom();
    for (let at = 0; at < 12; at++) {
      for (const way of ['EMAIL_OTP', 'SMS_OTP']) {
        const asked = await choose('ada').catch(() => undefined);
        await choose('ada', way).catch(() => undefined);
        await refusal(choose('ADA', way));
        if (asked) await refusal(select(asked, way));
      }
      await refusal(client.send(new ForgotPasswordCommand({ ClientId: app.id, Username: 'ada' })));
    }
    const sent = await outbox.list({ username: 'ada' });
    expect(sent.length).toBeGreaterThan(20);
    expect(sent.length).toBeLessThanOrEqual(40);

    async function select(asked: Parameters<typeof sessionOf>[0], ANSWER: string) {
      const given = { ClientId: app.id, ChallengeName: 'SELECT_CHALLENGE', Session: sessionOf(asked) } as const;
      return client.send(
        new RespondToAuthChallengeCommand({ ...given, ChallengeResponses: { USERNAME: 'ada', ANSWER } }),
      );
    }
  });

  test('are no more than that for many processes that are asked at once', async () => {
    const { app, outbox, choose } = await aRoom();
    const others = await Promise.all(Array.from({ length: 4 }, () => startService()));
    const open = others.map((each) => ({ outbox: each.outbox, ...choosingOf(each, app) }));
    const asked = Array.from({ length: 40 }, (_, at) => (open[at % 4] ?? { choose }).choose('ada', 'EMAIL_OTP'));
    const outcomes = await Promise.allSettled(asked);
    const sent = await Promise.all(
      [outbox, ...open.map((each) => each.outbox)].map((each) => each.list({ username: 'ada' })),
    );
    expect(sent.flat().length).toBeLessThanOrEqual(20);
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeLessThanOrEqual(20);
  });

  test('that a stranger asks for leave enough for whoever has the password', async () => {
    const room = await aFactorRoom({
      offers: ['SMS_MFA', 'EMAIL_OTP'],
      pool: firstFactors('PASSWORD', 'EMAIL_OTP'),
      app: { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] },
      user: { attributes: { ...reachable, phone_number: phone } },
    });
    const { client, access, service, app, codeFor } = room;
    await client.send(new SetUserMFAPreferenceCommand({ AccessToken: access, SMSMfaSettings: { Enabled } }));
    const { choose, byPassword, respond } = choosingOf(service, app);
    const asked: string[] = [];
    for (let at = 0; at < 25; at++) asked.push(await refusal(choose('ada', 'EMAIL_OTP')));
    expect(asked.filter((text) => text.startsWith('answered'))).toHaveLength(20);
    const session = sessionOf(await byPassword('ada'));
    const SMS_MFA_CODE = await codeFor();
    tokensOf(await respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE }, session));
  });

  test('that a stranger asks for leave the code of a second factor alone', async () => {
    const room = await aFactorRoom({
      offers: ['SMS_MFA', 'EMAIL_OTP'],
      pool: firstFactors('PASSWORD', 'EMAIL_OTP'),
      app: { ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] },
      user: { attributes: { ...reachable, phone_number: phone } },
    });
    const { client, access, service, app, codeFor } = room;
    await client.send(new SetUserMFAPreferenceCommand({ AccessToken: access, SMSMfaSettings: { Enabled } }));
    const { choose, byPassword, respond } = choosingOf(service, app);
    const session = sessionOf(await byPassword('ada'));
    const SMS_MFA_CODE = await codeFor();
    await choose('ada', 'EMAIL_OTP');
    tokensOf(await respond('SMS_MFA', { USERNAME: 'ada', SMS_MFA_CODE }, session));
  });
});

// By the specification, wrong answers lock an account whoever gives them: what they cost its owner is bounded.
test('A stranger keeps somebody out for a quarter of an hour at most, and stops no session that there is', async () => {
  const { byPassword, tokens, clock, refresh } = await aRoomWithRefresh();
  const { refresh: token } = await tokens('ada');
  for (let at = 0; at < 40; at++) {
    await refusal(byPassword('ada', `Wrong-Horse-${at}`));
    clock.advance(15 * minute - 1000);
  }
  tokensOf({ AuthenticationResult: { ...(await refresh(token)).AuthenticationResult, RefreshToken: token } });
  clock.advance(1000);
  tokensOf(await byPassword('ada'));
});

async function aRoomWithRefresh() {
  const service = await startService();
  const pool = await service.aPool();
  await service.aUser(pool, { username: 'ada' });
  return { ...service, ...choosingOf(service, await service.aClient(pool)) };
}
