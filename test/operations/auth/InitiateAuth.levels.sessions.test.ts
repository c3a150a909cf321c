/** Going on from a session to a higher level: what an access token counts for, and what it never counts for. */
import {
  AdminDisableUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  type InitiateAuthCommandOutput,
  RevokeTokenCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { anAuthenticator } from '../../support/authenticator.ts';
import { somePassword } from '../../support/builders.ts';
import { firstFactors, hiding, reachable } from '../../support/choosing.ts';
import { accessOf, acr, aLevelRoom, levelIn, withApps } from '../../support/levels.ts';
import { appCode, step } from '../../support/second-factors.ts';
import { refusal, sessionOf, signingIn, tokensOf } from '../../support/signing-in.ts';

const minute = 60_000;
const invalidToken = 'NotAuthorizedException: Invalid Access Token';
const revoked = 'NotAuthorizedException: Access Token has been revoked';
const ofAnother = 'NotAuthorizedException: The ACCESS_TOKEN is not one of the user and the client that sign in.';
const outOfReach = 'NotAuthorizedException: None of the TARGET_ACR_VALUES can be reached.';
const invalid = 'NotAuthorizedException: Invalid session for the user.';

type Room = Awaited<ReturnType<typeof aLevelRoom>>;

const goOn = (room: Room, ACCESS_TOKEN: string, level = 4, more = {}) =>
  room.choose({ ACCESS_TOKEN, TARGET_ACR_VALUES: acr(level), ...more });

/** Everything is asked for: the token stands for nothing. */
const isFull = ({ ChallengeName, AvailableChallenges = [] }: InitiateAuthCommandOutput): boolean =>
  ChallengeName === 'SELECT_CHALLENGE' && AvailableChallenges.includes('PASSWORD');

async function withApp(more: Parameters<typeof aLevelRoom>[0] = {}) {
  const room = await aLevelRoom(more);
  // Signed in by the password alone, as the pool asks for no app yet.
  const before = await room.withPassword();
  const secret = await room.anApp();
  return { ...room, room, secret, access: accessOf(before), tokens: tokensOf(before) };
}

describe('From a session by password', () => {
  test('the app alone is asked for, and the tokens are those of a new session', async () => {
    const { room, secret, access, clock, answers } = await withApp();
    clock.advance(10 * minute);
    const asked = await goOn(room, access);
    expect([asked.ChallengeName, asked.AuthenticationResult]).toEqual(['SOFTWARE_TOKEN_MFA', undefined]);
    const answer = await answers.app(asked, secret);
    expect(levelIn(answer)).toEqual({ acr: acr(4), amr: ['pwd', 'otp', 'mfa'] });
    const [old, fresh] = [decodeJwt(access), decodeJwt(accessOf(answer))];
    expect(fresh['auth_time']).toBe(Math.floor(clock.now() / 1000));
    expect(fresh['origin_jti']).not.toBe(old['origin_jti']);
    expect(levelIn(await room.signIn.refresh(tokensOf(answer).refresh))).toEqual({
      acr: acr(4),
      amr: ['pwd', 'otp', 'mfa'],
    });
  });

  test('a refreshed token counts as well, and so does one of a client without revocation', async () => {
    const { room, tokens } = await withApp({ app: { EnableTokenRevocation: false } });
    const { access } = { access: (await room.signIn.refresh(tokens.refresh)).AuthenticationResult?.AccessToken ?? '' };
    expect((await goOn(room, access)).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
  });

  test('a code is asked for at a verified address', async () => {
    const room = await aLevelRoom({ user: { attributes: { email: reachable.email, email_verified: 'true' } } });
    const asked = await goOn(room, accessOf(await room.withPassword()), 3);
    expect(asked.ChallengeName).toBe('EMAIL_OTP');
    expect(levelIn(await room.answers.code(asked))).toEqual({ acr: acr(3), amr: ['pwd', 'email_otp', 'mfa'] });
  });

  test('a passkey alone is offered where there is nothing else', async () => {
    const room = await aLevelRoom({ user: { attributes: {} } });
    const authenticator = await room.aPasskey(anAuthenticator());
    const asked = await goOn(room, accessOf(await room.withPassword()), 3, { PREFERRED_CHALLENGE: 'WEB_AUTHN' });
    expect([asked.ChallengeName, asked.AvailableChallenges]).toEqual(['WEB_AUTHN', ['WEB_AUTHN']]);
    const answer = await room.answers.passkey(asked, authenticator);
    expect(levelIn(answer)).toEqual({ acr: acr(3), amr: ['pwd', 'swk', 'mfa'] });
  });

  test('everything is asked for once the token is too old, and not a second before', async () => {
    const { room, access, clock } = await withApp();
    clock.advance(5 * minute - step);
    const authTime = Number(decodeJwt(access)['auth_time']);
    const age = Math.floor(clock.now() / 1000) - authTime;
    expect((await goOn(room, access, 4, { MAX_AGE: String(age) })).ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    expect(isFull(await goOn(room, access, 4, { MAX_AGE: String(age - 1) }))).toBe(true);
    expect(isFull(await goOn(room, access, 4, { MAX_AGE: '0' }))).toBe(true);
  });
});

describe('From a session by code', () => {
  test('the password is asked for, and lifts it by two levels', async () => {
    const room = await aLevelRoom();
    const access = accessOf(await room.byEmail());
    const asked = await goOn(room, access, 3, { PREFERRED_CHALLENGE: 'PASSWORD' });
    expect([asked.ChallengeName, asked.AvailableChallenges]).toEqual(['PASSWORD', ['PASSWORD_SRP', 'PASSWORD']]);
    const answer = await room.answers.password(asked);
    expect(levelIn(answer)).toEqual({ acr: acr(3), amr: ['email_otp', 'pwd', 'mfa'] });
    const atOnce = await goOn(room, access, 3, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: somePassword });
    expect(levelIn(atOnce)).toEqual({ acr: acr(3), amr: ['email_otp', 'pwd', 'mfa'] });
  });

  test('the password and the app are, one after the other', async () => {
    const { room, secret } = await withApp();
    const access = accessOf(await room.byEmail());
    const asked = await goOn(room, access, 4, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: somePassword });
    expect([asked.ChallengeName, asked.AuthenticationResult]).toEqual(['SOFTWARE_TOKEN_MFA', undefined]);
    const answer = await room.answers.app(asked, secret);
    expect(levelIn(answer)).toEqual({ acr: acr(4), amr: ['email_otp', 'pwd', 'otp', 'mfa'] });
  });

  test('the code is no way past the app that its user has turned on beside a password', async () => {
    const { room, secret } = await withApp();
    const access = accessOf(await room.byEmail());
    const asked = await goOn(room, access, 3, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: somePassword });
    expect([asked.ChallengeName, asked.AuthenticationResult]).toEqual(['SOFTWARE_TOKEN_MFA', undefined]);
    expect(levelIn(await room.answers.app(asked, secret))).toMatchObject({ acr: acr(4) });
  });

  test('the code counts no longer once the user has changed', async () => {
    const room = await aLevelRoom();
    const access = accessOf(await room.byEmail());
    room.clock.advance(minute);
    await room.client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: room.pool.id,
        Username: 'ada',
        UserAttributes: [
          { Name: 'email', Value: 'other@example.com' },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    const asked = await goOn(room, access, 3, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: somePassword });
    expect([asked.ChallengeName, asked.AuthenticationResult]).toEqual(['SELECT_MFA_TYPE', undefined]);
  });
});

describe('A token that is of no use', () => {
  test('of somebody else, another client or another pool is refused, whether anybody has the name or not', async () => {
    const room = await aLevelRoom({ app: hidingToo });
    const access = accessOf(await room.withPassword());
    const eve = await room.aUser(room.pool, { username: 'eve' });
    const other = await room.aClient(room.pool, { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    const elsewhere = await room.aPool();
    await room.aUser(elsewhere, { username: 'ada' });
    const theirs = await room.aClient(elsewhere);
    const tokens = [
      (await room.signIn.tokens(eve.username)).access,
      (await signingIn(room.service, other).byPassword('ada')).AuthenticationResult?.AccessToken ?? '',
      (await signingIn(room.service, theirs).tokens('ada')).access,
    ];
    for (const token of tokens.slice(1)) expect(await refusal(goOn(room, token))).toBe(ofAnother);
    for (const USERNAME of ['ada', 'nobody']) {
      const all = { USERNAME, TARGET_ACR_VALUES: acr(4) };
      expect(await refusal(room.signIn.initiate('USER_AUTH', { ...all, ACCESS_TOKEN: tokens[0] ?? '' }))).toBe(
        ofAnother,
      );
    }
    const notAda = { USERNAME: 'nobody', TARGET_ACR_VALUES: acr(4), ACCESS_TOKEN: access };
    expect(await refusal(room.signIn.initiate('USER_AUTH', notAda))).toBe(ofAnother);
  });

  test('is refused when it is an ID token, a refresh token, or was tampered with', async () => {
    const { room, tokens, access } = await withApp();
    const [head = '', body = '', signature = ''] = access.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const crafted = Buffer.from(JSON.stringify({ ...claims, amr: ['pwd', 'otp', 'mfa'] })).toString('base64url');
    const unsigned = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    for (const token of [
      tokens.id,
      tokens.refresh,
      `${head}.${crafted}.${signature}`,
      `${unsigned}.${crafted}.`,
      `${head}.${body}`,
      '',
      '.',
    ]) {
      expect(await refusal(goOn(room, token))).toBe(invalidToken);
    }
  });

  test('is refused once it is revoked, signed out, expired, or its user disabled', async () => {
    const { room, tokens, access, clock, client, pool, app } = await withApp();
    await client.send(new RevokeTokenCommand({ ClientId: app.id, Token: tokens.refresh }));
    expect(await refusal(goOn(room, access))).toBe(revoked);
    const second = accessOf(await room.byEmail());
    clock.advance(1000);
    await room.signOut();
    expect(await refusal(goOn(room, second))).toBe(revoked);
    const third = accessOf(await room.byEmail());
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await refusal(goOn(room, third))).toBe(revoked);
    clock.advance(60 * minute);
    expect(await refusal(goOn(room, third))).toBe('NotAuthorizedException: Access Token has expired');
  });

  test('counts for nothing once the password is another one', async () => {
    const { room, access, clock, client } = await withApp();
    clock.advance(1);
    await client.send(
      new ChangePasswordCommand({
        AccessToken: access,
        PreviousPassword: somePassword,
        ProposedPassword: 'Another-Horse-10',
      }),
    );
    expect(isFull(await goOn(room, access))).toBe(true);
  });

  test('opens no way to a new password where an administrator has set a temporary one', async () => {
    const { room, access, client, pool } = await withApp();
    await client.send(
      new AdminSetUserPasswordCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        Password: 'Temporary-Horse-11',
        Permanent: false,
      }),
    );
    const told = await refusal(goOn(room, access));
    expect(told).not.toContain('NEW_PASSWORD_REQUIRED');
    expect(told).not.toContain('SOFTWARE_TOKEN_MFA');
  });

  test('trades for nothing when it has the level already', async () => {
    const { room, secret, access } = await withApp();
    const top = accessOf(await room.answers.app(await goOn(room, access), secret));
    for (const level of [1, 2, 3, 4]) {
      const asked = await goOn(room, top, level);
      expect([isFull(asked), asked.AuthenticationResult]).toEqual([true, undefined]);
    }
    expect(isFull(await goOn(room, access, 1))).toBe(true);
  });

  test('counts for nothing in a session of a time when tokens told of no method', async () => {
    const room = await aLevelRoom({ mfa: { MfaConfiguration: 'OFF' }, pool: firstFactors('PASSWORD'), user: {} });
    const { id: UserPoolId } = room.pool;
    await room.client.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTier: 'LITE' }));
    const silent = accessOf(await room.withPassword());
    await room.client.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTier: 'ESSENTIALS' }));
    await room.setMfa(withApps);
    await room.anApp();
    expect(isFull(await goOn(room, silent))).toBe(true);
  });

  test('does not lead to a level that nothing leads to', async () => {
    const room = await aLevelRoom({ user: { attributes: {} } });
    const asked = goOn(room, accessOf(await room.withPassword()), 4, {
      PREFERRED_CHALLENGE: 'PASSWORD',
      PASSWORD: somePassword,
    });
    expect(await refusal(asked)).toBe(outOfReach);
  });
});

const hidingToo = { ...hiding, ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] as never };

describe('On the way up', () => {
  test('a session is good for its own client, user and step, and once', async () => {
    const { room, secret, access, clock, service } = await withApp();
    const asked = await goOn(room, access);
    clock.advance(step);
    const right = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    const other = await room.aClient(room.pool, { ExplicitAuthFlows: ['ALLOW_USER_AUTH'] });
    await room.aUser(room.pool, { username: 'eve' });
    const session = sessionOf(asked);
    const elsewhere = signingIn(service, other).respond('SOFTWARE_TOKEN_MFA', right, session);
    expect(await refusal(elsewhere)).toBe(invalid);
    const eve = { ...right, USERNAME: 'eve' };
    expect(await refusal(room.signIn.respond('SOFTWARE_TOKEN_MFA', eve, session))).toBe(invalid);
    expect(await refusal(room.signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, session))).toBe(invalid);
    expect((await room.signIn.respond('SOFTWARE_TOKEN_MFA', right, session)).AuthenticationResult).toBeDefined();
    expect(await refusal(room.signIn.respond('SOFTWARE_TOKEN_MFA', right, session))).toMatch(/already been used once/);
  });

  test('a password that is changed meanwhile ends it', async () => {
    const { room, secret, access, clock, client } = await withApp();
    const asked = await goOn(room, access);
    await client.send(
      new ChangePasswordCommand({
        AccessToken: access,
        PreviousPassword: somePassword,
        ProposedPassword: 'Another-Horse-10',
      }),
    );
    clock.advance(step);
    expect(await refusal(room.answers.app(asked, secret))).toBe(invalid);
  });

  test('of answers side by side one is taken', async () => {
    const { room, secret, access, clock } = await withApp();
    const asked = await goOn(room, access);
    clock.advance(step);
    const right = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        room.signIn.respond('SOFTWARE_TOKEN_MFA', right, sessionOf(asked)).then(
          () => 'tokens',
          () => 'refused',
        ),
      ),
    );
    expect(answers.filter((told) => told === 'tokens')).toHaveLength(1);
  });

  test('no order of answers ever ends below the level that was asked for', async () => {
    const room = await aLevelRoom();
    const authenticator = await room.aPasskey(anAuthenticator());
    const secret = await room.anApp();
    let finished = 0;
    const walk = fc.record({
      levels: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
      preferred: fc.constantFrom('PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN', ''),
      choice: fc.constantFrom('PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN', 'SMS_MFA'),
      from: fc.constantFrom('nothing', 'code', 'passkey'),
      withPassword: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(walk, async ({ levels, preferred, choice, from, withPassword }) => {
        room.clock.advance(60 * minute);
        const token = await tokenFrom(room, from, authenticator);
        let answer: InitiateAuthCommandOutput | undefined = await room
          .choose({
            TARGET_ACR_VALUES: acr(...levels),
            ...(preferred && { PREFERRED_CHALLENGE: preferred }),
            ...(withPassword && { PASSWORD: somePassword }),
            ...(token && { ACCESS_TOKEN: token }),
          })
          .catch(() => undefined);
        for (let turn = 0; turn < 5 && answer && !answer.AuthenticationResult; turn++) {
          answer = await next(room, answer, { choice, secret, authenticator }).catch(() => undefined);
        }
        if (!answer?.AuthenticationResult) return;
        finished++;
        const reached = String(decodeJwt(accessOf(answer))['acr']).at(-1);
        expect(Number(reached)).toBeGreaterThanOrEqual(Math.min(...levels));
      }),
      { numRuns: 40 },
    );
    expect(finished).toBeGreaterThan(5);
  });
});

async function tokenFrom(room: Room, from: string, authenticator: ReturnType<typeof anAuthenticator>) {
  if (from === 'nothing') return undefined;
  if (from === 'code') return room.byEmail().then(accessOf, () => undefined);
  const posed = await room.choose({ PREFERRED_CHALLENGE: 'WEB_AUTHN' });
  return accessOf(await room.answers.passkey(posed, authenticator));
}

interface Means {
  readonly choice: string;
  readonly secret: string;
  readonly authenticator: ReturnType<typeof anAuthenticator>;
}

async function next(room: Room, posed: InitiateAuthCommandOutput, { choice, secret, authenticator }: Means) {
  switch (posed.ChallengeName) {
    case 'SELECT_CHALLENGE':
      return room.answers.select(posed, posed.AvailableChallenges?.find((name) => name === choice) ?? 'PASSWORD');
    case 'PASSWORD':
      return room.answers.password(posed);
    case 'SOFTWARE_TOKEN_MFA':
      return room.answers.app(posed, secret);
    case 'WEB_AUTHN':
      return room.answers.passkey(posed, authenticator);
    case 'EMAIL_OTP':
    case 'SMS_OTP':
    case 'SMS_MFA':
      return room.answers.code(posed);
    default:
      return undefined;
  }
}
