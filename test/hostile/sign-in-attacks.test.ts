/** Attacks on sign-in, each kept as what must hold. */
import {
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  AssociateSoftwareTokenCommand,
  ConfirmDeviceCommand,
  type CreateUserPoolCommandInput,
  GetUserCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf, somePassword } from '../support/builders.ts';
import { choosingOf, firstFactors, hiding, reachable } from '../support/choosing.ts';
import { customRoom } from '../support/custom-functions.ts';
import { aDevice, byDevice, newDeviceOf } from '../support/devices.ts';
import { passkeyCalls, somebodyWithPasskeys } from '../support/passkeys.ts';
import { tallyOf } from '../support/people.ts';
import { aFactorRoom, appCode, phone, step, wrongAppCode } from '../support/second-factors.ts';
import { parametersOf, refusal, sessionOf, signingIn, tokensOf } from '../support/signing-in.ts';
import { deviceVerifier, srpClient } from '../support/srp-client.ts';
import { startService } from '../support/start-service.ts';

const refused = /^(NotAuthorizedException|CodeMismatchException|ExpiredCodeException)/;
const locked = 'NotAuthorizedException: Password attempts exceeded';
const invalid = 'NotAuthorizedException: Invalid session for the user.';
const texts = { offers: ['SMS_MFA'], user: { attributes: { phone_number: phone } } } as const;
const Enabled = true;
const longestSession = 2048;

describe('Setting up a second factor with no more than the password', () => {
  const mails = { mode: 'ON', offers: ['EMAIL_OTP', 'SOFTWARE_TOKEN_MFA'] } as const;
  const toMallory = { USERNAME: 'ada', EMAIL: 'mallory@example.com' };

  /** Mallory, who has the password, has had a code sent to herself and holds it back. */
  async function malloryWaits() {
    const room = await aFactorRoom(mails);
    const { signIn, codeFor } = room;
    const session = sessionOf(await signIn.respond('MFA_SETUP', toMallory, sessionOf(await signIn.byPassword('ada'))));
    const EMAIL_OTP_CODE = await codeFor();
    return {
      ...room,
      strike: () => refusal(signIn.respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session)),
    };
  }

  /** An app that has proven itself, and the session that goes on from there. */
  async function anAppOf({ client, clock, signIn }: Awaited<ReturnType<typeof aFactorRoom>>) {
    const begun = sessionOf(await signIn.byPassword('ada'));
    const { SecretCode = '', Session } = await client.send(new AssociateSoftwareTokenCommand({ Session: begun }));
    const UserCode = appCode(SecretCode, clock.now());
    return sessionOf(await client.send(new VerifySoftwareTokenCommand({ Session, UserCode })));
  }

  test('does not put a mailbox beside an app that was set up since', async () => {
    const { strike, ...room } = await malloryWaits();
    tokensOf(await room.signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, await anAppOf(room)));
    expect(await strike()).toMatch(refused);
  });

  test('does not outlive the password, nor a sign-out', async () => {
    const { strike, client, isUser } = await malloryWaits();
    await client.send(new AdminSetUserPasswordCommand({ ...isUser, Password: 'Another-Horse-9', Permanent: true }));
    await client.send(new AdminUserGlobalSignOutCommand(isUser));
    expect(await strike()).toMatch(refused);
  });

  test('does not outlive the user’s being disabled or deleted', async () => {
    const disabled = await malloryWaits();
    await disabled.client.send(new AdminDisableUserCommand(disabled.isUser));
    expect(await disabled.strike()).toMatch(refused);
    const deleted = await malloryWaits();
    await deleted.client.send(new AdminDeleteUserCommand(deleted.isUser));
    await deleted.aUser(deleted.pool, { username: 'ada' });
    expect(await deleted.strike()).toBe(invalid);
  });

  test('ends with the app that it rests on, whichever app is there since', async () => {
    const room = await aFactorRoom({ mode: 'ON', offers: ['SOFTWARE_TOKEN_MFA'] });
    const ofMallory = await anAppOf(room);
    await room.client.send(new AdminDeleteSoftwareTokenCommand(room.isUser));
    room.clock.advance(step);
    tokensOf(await room.signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, await anAppOf(room)));
    expect(await refusal(room.signIn.respond('MFA_SETUP', { USERNAME: 'ada' }, ofMallory))).toMatch(refused);
  });

  test('does not send as many messages to anybody as somebody likes', async () => {
    const { signIn, outbox } = await aFactorRoom(mails);
    for (let at = 0; at < 30; at++) {
      const session = sessionOf(await signIn.byPassword('ada'));
      await refusal(signIn.respond('MFA_SETUP', { USERNAME: 'ada', EMAIL: `stranger-${at}@example.com` }, session));
    }
    expect((await outbox.list({ username: 'ada' })).length).toBeLessThanOrEqual(20);
  });

  test('takes no key of a device into a session that is longer than one', async () => {
    const { signIn } = await aFactorRoom(mails);
    const session = sessionOf(await signIn.byPassword('ada'));
    const answer = await signIn.respond('MFA_SETUP', { ...toMallory, DEVICE_KEY: 'x'.repeat(50_000) }, session);
    expect(sessionOf(answer).length).toBeLessThanOrEqual(longestSession);
  });
});

describe('A second factor', () => {
  test('is not sent as often as somebody with a password likes', async () => {
    const { signIn, outbox, prefer } = await aFactorRoom(texts);
    await prefer({ SMSMfaSettings: { Enabled } });
    for (let at = 0; at < 30; at++) await refusal(signIn.byPassword('ada'));
    expect((await outbox.list({ username: 'ada' })).length).toBeLessThanOrEqual(20);
  });

  test('is worth nothing after a password that is no longer the user’s', async () => {
    const { client, isUser, signIn, prefer, codeFor } = await aFactorRoom(texts);
    await prefer({ SMSMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    await client.send(new AdminSetUserPasswordCommand({ ...isUser, Password: 'Another-Horse-9', Permanent: true }));
    await client.send(new AdminUserGlobalSignOutCommand(isUser));
    const answer = { USERNAME: 'ada', SMS_MFA_CODE: await codeFor() };
    expect(await refusal(signIn.respond('SMS_MFA', answer, session))).toMatch(refused);
  });

  async function withBoth() {
    const room = await aFactorRoom({ ...texts, offers: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'] });
    const secret = await room.anApp();
    await room.prefer({ SMSMfaSettings: { Enabled }, SoftwareTokenMfaSettings: { Enabled } });
    return { ...room, secret };
  }

  test('is chosen without a session that gets too long', async () => {
    const { signIn } = await withBoth();
    const session = sessionOf(await signIn.byPassword('ada'));
    const chosen = { USERNAME: 'ada', ANSWER: 'SOFTWARE_TOKEN_MFA', DEVICE_KEY: 'x'.repeat(5_000) };
    const answer = await signIn.respond('SELECT_MFA_TYPE', chosen, session);
    expect(sessionOf(answer).length).toBeLessThanOrEqual(longestSession);
  });

  test('is asked for in the one session that was posed for it', async () => {
    const { signIn, secret, clock, client } = await withBoth();
    const choosing = sessionOf(await signIn.byPassword('ada'));
    const good = appCode(secret, clock.now());
    for (const [challenge, answer] of [
      ['SOFTWARE_TOKEN_MFA', { SOFTWARE_TOKEN_MFA_CODE: good }],
      ['SMS_MFA', { SMS_MFA_CODE: '123456' }],
      ['EMAIL_OTP', { EMAIL_OTP_CODE: '12345678' }],
      ['MFA_SETUP', {}],
      ['NEW_PASSWORD_REQUIRED', { NEW_PASSWORD: 'Another-Horse-9' }],
      ['PASSWORD', { PASSWORD: somePassword }],
      ['CUSTOM_CHALLENGE', { ANSWER: 'x' }],
      ['WEB_AUTHN', { CREDENTIAL: '{}' }],
    ] as const) {
      expect(await refusal(signIn.respond(challenge, { USERNAME: 'ada', ...answer }, choosing))).toBe(invalid);
    }
    expect(await refusal(client.send(new AssociateSoftwareTokenCommand({ Session: choosing })))).toBe(invalid);
  });

  test('is guessed at no more often by turns, side by side, with right passwords in between', async () => {
    const { client, pool, app, signIn, secret, clock } = await withBoth();
    const wrong = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: wrongAppCode(secret, clock.now()) };
    const select = async () => {
      const session = sessionOf(await signIn.byPassword('ada'));
      return signIn.respond('SELECT_MFA_TYPE', { USERNAME: 'ada', ANSWER: 'SOFTWARE_TOKEN_MFA' }, session);
    };
    const sessions = [sessionOf(await select()), sessionOf(await select()), sessionOf(await select())];
    const guess = (Session: string) => [
      signIn.respond('SOFTWARE_TOKEN_MFA', wrong, Session),
      client.send(
        new AdminRespondToAuthChallengeCommand({
          UserPoolId: pool.id,
          ClientId: app.id,
          ChallengeName: 'SOFTWARE_TOKEN_MFA',
          ChallengeResponses: wrong,
          Session,
        }),
      ),
      signIn.byPassword('ada'),
    ];
    const tally = await tallyOf(sessions.flatMap((session) => [...guess(session), ...guess(session)]));
    const mismatches = Object.entries(tally).filter(([text]) => text.startsWith('CodeMismatch'));
    expect(mismatches.reduce((sum, [, count]) => sum + count, 0)).toBe(5);
    const right = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    expect(await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', right, sessions[0] ?? ''))).toBe(locked);
  });

  test('is taken once, however many sessions wait for the same code', async () => {
    const { signIn, secret, clock } = await withBoth();
    const sessions: string[] = [];
    for (let at = 0; at < 4; at++) {
      const session = sessionOf(await signIn.byPassword('ada'));
      const select = { USERNAME: 'ada', ANSWER: 'SOFTWARE_TOKEN_MFA' };
      sessions.push(sessionOf(await signIn.respond('SELECT_MFA_TYPE', select, session)));
    }
    const right = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: appCode(secret, clock.now()) };
    const answers = await Promise.allSettled(sessions.map((each) => signIn.respond('SOFTWARE_TOKEN_MFA', right, each)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('Who hides behind a client that hides who exists', () => {
  async function aHidingRoom(settings: Partial<CreateUserPoolCommandInput>) {
    const service = await startService();
    const pool = await service.aPool(settings);
    const app = await service.aClient(pool, {
      ...hiding,
      ExplicitAuthFlows: ['ALLOW_USER_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
    });
    const add = (Username: string, attributes: Readonly<Record<string, string>> = {}) =>
      service.client.send(
        new AdminCreateUserCommand({
          UserPoolId: pool.id,
          Username,
          MessageAction: 'SUPPRESS',
          UserAttributes: attributesOf(attributes),
        }),
      );
    return { ...service, pool, add, ...choosingOf(service, app) };
  }

  test('is not told by their address what they are called, having nothing to sign in with', async () => {
    const { add, choose } = await aHidingRoom({
      ...firstFactors('PASSWORD', 'SMS_OTP'),
      AliasAttributes: ['email'],
    });
    const told: unknown[] = [];
    for (let at = 0; at < 8; at++) {
      const email = `eve-${at}@example.com`;
      await add(`name-of-eve-${at}`, { email, email_verified: 'true' });
      told.push(parametersOf(await choose(email, 'PASSWORD')));
    }
    expect(JSON.stringify(told)).not.toContain('name-of-eve');
  });

  test('is not told by their address what they are called, being of another provider', async () => {
    const { aUser, ports, pool, challengeOf } = await aHidingRoom({ AliasAttributes: ['email'] });
    await aUser(pool, { username: 'google_1', attributes: reachable });
    const kept = await ports.pools.find(pool.id);
    const user = kept && (await ports.users.find(kept, 'google_1'));
    if (!kept || !user) throw new Error('There is no such user');
    await ports.users.save(kept, user, { ...user, status: 'EXTERNAL_PROVIDER' });
    expect((await challengeOf(reachable.email))['USERNAME']).not.toBe('google_1');
  });

  const byAddress = { ...firstFactors('PASSWORD', 'EMAIL_OTP'), UsernameAttributes: ['email'] } as const;

  test.each([
    ['EMAIL_OTP', { EMAIL_OTP_CODE: '12345678' }],
    ['PASSWORD', { PASSWORD: 'x' }],
  ] as const)('answers to %s as nobody does', async (challenge, answer) => {
    const { add, choose, respond } = await aHidingRoom({ ...byAddress, UsernameAttributes: ['email'] });
    const ask = async (USERNAME: string) => {
      for (let at = 0; ; at++) {
        const name = USERNAME.replace('@', `-${at}@`);
        if (USERNAME.startsWith('eve')) await add(name);
        const asked = await choose(name, challenge);
        if (asked.ChallengeName !== challenge) continue;
        return refusal(respond(challenge, { USERNAME: name, ...answer }, sessionOf(asked)));
      }
    };
    expect(await ask('eve@example.com')).toBe(await ask('nobody@example.com'));
  });

  test('is locked out by wrong proofs of a password as nobody is', async () => {
    const { add, choose, respond, pool, clock } = await aHidingRoom(firstFactors('PASSWORD', 'EMAIL_OTP'));
    const last = async (name: string) => {
      let text = '';
      for (let at = 0; at < 7; at++) {
        const srp = srpClient();
        const asked = await choose(name, 'PASSWORD_SRP', { SRP_A: srp.publicValue });
        if (asked.ChallengeName !== 'PASSWORD_VERIFIER') return 'no password';
        const given = srp.answer(parametersOf(asked), { poolId: pool.id, password: 'x', at: clock.now() });
        text = await refusal(respond('PASSWORD_VERIFIER', given, sessionOf(asked)));
      }
      return text;
    };
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) await add(`eve-${name}`);
    const outcomes = await Promise.all(names.map((name) => last(`eve-${name}`)));
    expect(new Set(outcomes).difference(new Set(['no password', locked]))).toEqual(new Set());
  });

  // By the specification: a new challenge voids earlier codes, whoever asked for it.
  test('loses their code when a stranger asks for another one', async () => {
    const { aUser, pool, choose, respond, outbox } = await aHidingRoom(firstFactors('PASSWORD', 'EMAIL_OTP'));
    const ada = await aUser(pool, { username: 'ada', attributes: reachable });
    const own = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const EMAIL_OTP_CODE = await outbox.codeFor(ada);
    await choose('ada', 'EMAIL_OTP');
    expect(await refusal(respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, own))).toMatch(/^CodeMismatch/);
  });
});

describe('A device', () => {
  const tracking = { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false };

  // By the specification, the last one named counts; it says nothing of one that has been proven.
  test('stays the one that was proven, whatever the answers after it name', async () => {
    const { service, signIn, pool, clock, answer } = await customRoom({
      pool: { DeviceConfiguration: tracking },
      client: { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] },
    });
    const stolen = await aDevice(service, signIn, 'Ada');
    const other = await aDevice(service, signIn, 'Ada');
    const srp = srpClient();
    const begun = await signIn.initiate('CUSTOM_AUTH', {
      USERNAME: 'Ada',
      CHALLENGE_NAME: 'SRP_A',
      SRP_A: srp.publicValue,
      DEVICE_KEY: stolen.key,
    });
    const given = srp.answer(parametersOf(begun), { poolId: pool.id, password: somePassword, at: clock.now() });
    const asked = await signIn.respond('PASSWORD_VERIFIER', given, sessionOf(begun));
    let next = await byDevice(service, signIn, asked, 'Ada', stolen);
    while (next.ChallengeName === 'CUSTOM_CHALLENGE') {
      next = await answer(next, `answer ${next.ChallengeParameters?.['question']}`, 'Ada', { DEVICE_KEY: other.key });
    }
    const [, claims = ''] = tokensOf(next).access.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString()).device_key).not.toBe(other.key);
  });

  test('is confirmed once, by tokens that were issued to it alone', async () => {
    const service = await startService();
    const pool = await service.aPool({ DeviceConfiguration: tracking });
    const app = await service.aClient(pool);
    const [ada, eve] = [await service.aUser(pool), await service.aUser(pool)];
    const signIn = signingIn(service, app);
    const [hers, others] = [
      newDeviceOf(await signIn.byPassword(ada.username)),
      newDeviceOf(await signIn.byPassword(eve.username)),
    ];
    const confirmWith = (AccessToken: string, DeviceKey: string) =>
      service.client.send(
        new ConfirmDeviceCommand({
          AccessToken,
          DeviceKey,
          DeviceSecretVerifierConfig: deviceVerifier(hers.groupKey, DeviceKey, 'secret'),
        }),
      );
    expect(await refusal(confirmWith(others.access, hers.key))).toMatch(/^InvalidParameterException|^NotAuthorized/);
    const many = Array.from({ length: 5 }, () => confirmWith(hers.access, hers.key));
    const outcomes = await Promise.allSettled(many);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    // Nobody else gets further with a key that is somebody's.
    const foreign = await refusal(signIn.byPassword(eve.username, somePassword, { DEVICE_KEY: hers.key }));
    expect(foreign).toMatch(/^ResourceNotFoundException|^NotAuthorized/);
  });

  test('of a user who is gone skips nothing for the next one of the name', async () => {
    const service = await startService();
    const pool = await service.aPool({ DeviceConfiguration: tracking });
    const signIn = signingIn(service, await service.aClient(pool));
    await service.aUser(pool, { username: 'ada' });
    const { key, refresh, access } = await aDevice(service, signIn, 'ada');
    await service.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await service.aUser(pool, { username: 'ada' });
    const again = await refusal(signIn.byPassword('ada', somePassword, { DEVICE_KEY: key }));
    expect(again).toMatch(/^ResourceNotFoundException|^NotAuthorized/);
    expect(await refusal(signIn.refresh(refresh, { DEVICE_KEY: key }))).toMatch(refused);
    expect(await refusal(service.client.send(new GetUserCommand({ AccessToken: access })))).toMatch(/Exception/);
  });
});

describe('Guesses through many processes at once, as Lambda has one for each request', () => {
  /** Each has made its connections and read the configuration. */
  async function processes(app: { readonly id: string; readonly poolId: string }) {
    const all = await Promise.all(Array.from({ length: 30 }, () => startService()));
    const open = all.map((each) => signingIn(each, app));
    await Promise.all(open.map((each, at) => refusal(each.byPassword(`nobody-${at}`))));
    const later = (ms: number) => {
      for (const { clock } of all) clock.advance(ms);
    };
    return { open, later };
  }

  const compared = (tally: Readonly<Record<string, number>>) =>
    Object.entries(tally).reduce((sum, [text, count]) => (text === locked ? sum : sum + count), 0);

  // ADR 0004: the first guess of each process at an account that nobody troubled for a day is not counted beforehand.
  test('at a password are five, once one has failed within a day', async () => {
    const { app } = await aFactorRoom({ mode: 'OFF' });
    const { open, later } = await processes(app);
    const burst = () => tallyOf(open.map((each, at) => each.byPassword('ada', `Wrong-Horse-${at}`)));
    await refusal(open[0]?.byPassword('ada', 'Wrong-Horse') ?? Promise.resolve());
    expect(compared(await burst())).toBeLessThanOrEqual(4);
    later(16 * 60_000);
    expect(compared(await burst())).toBeLessThanOrEqual(5);
  });

  test('at the code of one session are five', async () => {
    const { app, anApp, prefer, signIn, clock } = await aFactorRoom({ offers: ['SOFTWARE_TOKEN_MFA'] });
    const secret = await anApp();
    await prefer({ SoftwareTokenMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const { open } = await processes(app);
    const wrong = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: wrongAppCode(secret, clock.now()) };
    const tally = await tallyOf(open.map((each) => each.respond('SOFTWARE_TOKEN_MFA', wrong, session)));
    expect(compared(tally)).toBeLessThanOrEqual(5);
  });
});

describe('A token or a session in another’s place', () => {
  test('proves nothing', async () => {
    const { client, signIn, app, pool, prefer, anApp, aClient, aPool, service } = await aFactorRoom({
      offers: ['SOFTWARE_TOKEN_MFA'],
    });
    const { access, id, refresh } = await signIn.tokens('ada');
    await anApp();
    await prefer({ SoftwareTokenMfaSettings: { Enabled } });
    const session = sessionOf(await signIn.byPassword('ada'));
    const { SECRET_BLOCK: block = '' } = await signIn.challengeOf('ada');
    for (const Session of [access, id, refresh, session, block]) {
      expect(await refusal(client.send(new AssociateSoftwareTokenCommand({ Session })))).toMatch(/Exception/);
      const answer = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: '123456' };
      if (Session !== session)
        expect(await refusal(signIn.respond('SOFTWARE_TOKEN_MFA', answer, Session))).toMatch(/Exception/);
    }
    for (const token of [id, refresh, session, block]) {
      expect(await refusal(client.send(new AssociateSoftwareTokenCommand({ AccessToken: token })))).toMatch(
        /Exception/,
      );
      expect(await refusal(client.send(new GetUserCommand({ AccessToken: token })))).toMatch(/Exception/);
    }
    for (const token of [access, id, session, block]) expect(await refusal(signIn.refresh(token))).toMatch(/Exception/);
    const sibling = signingIn(service, await aClient(pool));
    const stranger = signingIn(service, await aClient(await aPool()));
    for (const other of [sibling, stranger]) {
      expect(await refusal(other.refresh(refresh))).toMatch(refused);
      const answer = { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: '123456' };
      expect(await refusal(other.respond('SOFTWARE_TOKEN_MFA', answer, session))).toBe(invalid);
    }
    const ofAnother = { UserPoolId: (await aPool()).id, ClientId: app.id };
    const initiate = new AdminInitiateAuthCommand({
      ...ofAnother,
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ada', PASSWORD: somePassword },
    });
    expect(await refusal(client.send(initiate))).toMatch(/^ResourceNotFoundException/);
    const respond = new AdminRespondToAuthChallengeCommand({
      ...ofAnother,
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeResponses: { USERNAME: 'ada', SOFTWARE_TOKEN_MFA_CODE: '123456' },
      Session: session,
    });
    expect(await refusal(client.send(respond))).toMatch(/^ResourceNotFoundException/);
  });
});

describe('A passkey', () => {
  test('of a former relying party does not tell that there is somebody', async () => {
    const { client, pool, app, token, register, ask, answer, aClient } = await somebodyWithPasskeys();
    const key = await register(token);
    const begun = await ask(app);
    const WebAuthnConfiguration = { RelyingPartyId: 'other.example' };
    await client.send(new SetUserPoolMfaConfigCommand({ UserPoolId: pool.id, WebAuthnConfiguration }));
    for (const each of [app, await aClient(pool, hiding)]) {
      const { ChallengeName, AvailableChallenges, options } = await ask(each);
      // As whoever has never had one.
      expect([ChallengeName, AvailableChallenges, options]).toEqual([
        'SELECT_CHALLENGE',
        ['PASSWORD_SRP', 'PASSWORD'],
        null,
      ]);
    }
    expect(await refusal(answer(app, begun.Session, key.assert(begun.options)))).toMatch(refused);
  });

  test('signs in once with each signature, and one session with one passkey', async () => {
    const room = await somebodyWithPasskeys();
    const { app, token, register, ask, answer } = room;
    const key = await register(token);
    const [first, second] = [await ask(app), await ask(app)];
    const signed = key.assert(first.options);
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => answer(app, first.Session, signed)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusal(answer(app, second.Session, signed))).toMatch(refused);
    const copy = key.assert(second.options, { counter: 1 } as never);
    expect(await refusal(answer(app, second.Session, { ...copy, id: 'AAAA', rawId: 'AAAA' }))).toMatch(refused);
  });

  test('with the longest of ids, and longer ones, is a wrong one and no fault', async () => {
    const { app, token, register, ask, answer } = await somebodyWithPasskeys();
    const key = await register(token);
    for (const length of [1023, 1024, 30_000]) {
      const { Session, options } = await ask(app);
      const id = Buffer.alloc(length, 7).toString('base64url');
      expect(await refusal(answer(app, Session, { ...key.assert(options), id, rawId: id }))).toMatch(refused);
    }
  });

  test('of a user who is gone is nothing to the next one of the name', async () => {
    const { app, token, register, ask, answer, client, pool, aUser, ...room } = await somebodyWithPasskeys();
    const former = await register(token);
    const begun = await ask(app);
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    await aUser(pool, { username: 'ada' });
    expect(await refusal(answer(app, begun.Session, former.assert(begun.options)))).toBe(invalid);
    const { access } = await signingIn({ client, clock: room.clock }, { ...app, poolId: pool.id }).tokens('ada');
    await passkeyCalls({ client }).register(access);
    const again = await ask(app);
    expect(JSON.stringify(again.options.allowCredentials)).not.toContain(former.id);
    expect(await refusal(answer(app, again.Session, former.assert(again.options)))).toMatch(refused);
  });
});
