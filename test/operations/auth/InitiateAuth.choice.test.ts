/** USER_AUTH: people choose how they sign in. */
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  AdminUpdateUserAttributesCommand,
  type ExplicitAuthFlowsType,
  UpdateUserPoolClientCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributesOf, somePassword } from '../../support/builders.ts';
import { choosing, choosingOf, firstFactors, reachable } from '../../support/choosing.ts';
import { aClientWithSecret, bodyOf, otherThan, tallyOf } from '../../support/people.ts';
import { failingMessenger } from '../../support/recording-messenger.ts';
import { parametersOf, refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const wrongCode = 'CodeMismatchException: Invalid code or auth state for the user.';
const invalid = 'NotAuthorizedException: Invalid session for the user.';
const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const everything = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'];
const minute = 60_000;

/** A pool that allows codes, and `ada`, who has a password and verified addresses. */
async function aRoom(settings = firstFactors('PASSWORD', 'EMAIL_OTP', 'SMS_OTP'), options?: ServiceOptions) {
  const service = await startService(options);
  const pool = await service.aPool(settings);
  const app = await service.aClient(pool, choosing);
  const ada = await service.aUser(pool, { username: 'ada', attributes: reachable });
  const codeOf = (username = 'ada') => service.outbox.codeFor({ poolId: pool.id, username });
  const change = (attributes: Readonly<Record<string, string>>) =>
    service.client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        UserAttributes: attributesOf(attributes),
      }),
    );
  return { ...service, service, pool, app, ada, codeOf, change, ...choosingOf(service, app) };
}

describe('USER_AUTH', () => {
  test('without a preference offers all that the user has, beside the parameters (auth-flows 32)', async () => {
    const { choose } = await aRoom();
    expect(bodyOf(await choose('ada'))).toEqual({
      ChallengeName: 'SELECT_CHALLENGE',
      Session: expect.any(String),
      ChallengeParameters: {},
      AvailableChallenges: everything,
    });
  });

  test('takes the password in the first call (auth-flows 32)', async () => {
    const { choose } = await aRoom();
    const { $metadata, ...answer } = await choose('ada', 'PASSWORD', { PASSWORD: somePassword });
    expect(Object.keys(answer).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters']);
    expect(tokensOf(answer).access).toBeTypeOf('string');
    expect(await refusal(choose('ada', 'PASSWORD', { PASSWORD: 'Wrong-Horse-9' }))).toBe(wrong);
  });

  test('asks for a password that was not sent along, and takes it then (auth-flows 32)', async () => {
    const { choose, respond, ada } = await aRoom();
    const asked = await choose('ada', 'PASSWORD');
    expect(bodyOf(asked)).toEqual({
      ChallengeName: 'PASSWORD',
      Session: expect.any(String),
      ChallengeParameters: { USER_ID_FOR_SRP: 'ada' },
      AvailableChallenges: everything,
    });
    const session = sessionOf(asked);
    expect(await refusal(respond('PASSWORD', { USERNAME: 'ada', PASSWORD: 'Wrong-Horse-9' }, session))).toBe(wrong);
    const right = { USERNAME: ada.sub, PASSWORD: somePassword };
    expect(tokensOf(await respond('PASSWORD', right, session)).access).toBeTypeOf('string');
    expect(await refusal(respond('PASSWORD', right, session))).toBe(spent);
  });

  test.each(['in the first call', 'when asked'])(
    'proves the password by SRP, with SRP_A sent %s (auth-flows 32)',
    async (when) => {
      const { choose, respond, pool, clock } = await aRoom();
      const srp = srpClient();
      const SRP_A = srp.publicValue;
      const asked = when === 'when asked' ? await choose('ada', 'PASSWORD_SRP') : undefined;
      if (asked) {
        expect(bodyOf(asked)).toEqual({
          ChallengeName: 'PASSWORD_SRP',
          Session: expect.any(String),
          ChallengeParameters: { USER_ID_FOR_SRP: 'ada' },
          AvailableChallenges: everything,
        });
      }
      const challenge = asked
        ? await respond('PASSWORD_SRP', { USERNAME: 'ada', SRP_A }, sessionOf(asked))
        : await choose('ada', 'PASSWORD_SRP', { SRP_A });
      expect(challenge).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER', AvailableChallenges: everything });
      const given = srp.answer(parametersOf(challenge), { poolId: pool.id, password: somePassword, at: clock.now() });
      expect(await refusal(respond('PASSWORD_VERIFIER', given))).toBe(
        'InvalidParameterException: Missing required parameter Session',
      );
      expect(tokensOf(await respond('PASSWORD_VERIFIER', given, sessionOf(challenge))).access).toBeTypeOf('string');
    },
  );

  test.each(['0', 'zz', '-1'])('refuses SRP_A %s, and takes another with the same session', async (SRP_A) => {
    const { choose, respond } = await aRoom();
    expect(await refusal(choose('ada', 'PASSWORD_SRP', { SRP_A }))).toMatch(/^InvalidParameterException: /);
    const session = sessionOf(await choose('ada'));
    const select = (value: string) =>
      respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER: 'PASSWORD_SRP', SRP_A: value }, session);
    expect(await refusal(select(SRP_A))).toMatch(/^InvalidParameterException: /);
    expect((await select(srpClient().publicValue)).ChallengeName).toBe('PASSWORD_VERIFIER');
  });

  test('takes the block of an exchange with its own session alone', async () => {
    const { choose, respond, pool, app, clock, aClient, service } = await aRoom();
    const srp = srpClient();
    const knowledge = { poolId: pool.id, password: somePassword, at: clock.now() };
    const [first, second] = [
      await choose('ada', 'PASSWORD_SRP', { SRP_A: srp.publicValue }),
      await choose('ada', 'PASSWORD_SRP', { SRP_A: srp.publicValue }),
    ];
    const given = srp.answer(parametersOf(first), knowledge);
    expect(await refusal(respond('PASSWORD_VERIFIER', given, sessionOf(second)))).toBe(wrong);
    // Nor does the block of another flow go with it.
    const srpApp = await aClient(pool, { ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH'] });
    const other = choosingOf(service, srpApp);
    const alone = srp.answer(await other.challengeOf('ada', srp), knowledge);
    const within = await other.choose('ada', 'PASSWORD_SRP', { SRP_A: srp.publicValue });
    expect(await refusal(other.respond('PASSWORD_VERIFIER', alone, sessionOf(within)))).toBe(wrong);
    expect(app.id).not.toBe(srpApp.id);
    expect(tokensOf(await respond('PASSWORD_VERIFIER', given, sessionOf(first))).access).toBeTypeOf('string');
  });

  test.each([
    ['EMAIL_OTP', 'EMAIL_OTP_CODE', 'EMAIL', 'f***@e***'],
    ['SMS_OTP', 'SMS_OTP_CODE', 'SMS', '+*******9934'],
  ] as const)('signs in by a code of %s alone (auth-flows 32)', async (challenge, parameter, medium, destination) => {
    const { choose, respond, codeOf, outbox, pool, app } = await aRoom();
    const asked = await choose('ada', challenge);
    expect(bodyOf(asked)).toEqual({
      ChallengeName: challenge,
      Session: expect.any(String),
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: medium, CODE_DELIVERY_DESTINATION: destination },
      AvailableChallenges: everything,
    });
    const code = await codeOf();
    expect(code).toMatch(/^\d{8}$/);
    expect(await outbox.last({ poolId: pool.id })).toMatchObject({ kind: 'Authentication', clientId: app.id });
    const session = sessionOf(asked);
    const answer = (given: string) => respond(challenge, { USERNAME: 'ada', [parameter]: given }, session);
    expect(await refusal(answer(otherThan(code)))).toBe(wrongCode);
    const { $metadata, ...signedIn } = await answer(code);
    expect(signedIn).toMatchObject({ ChallengeParameters: {} });
    expect(Object.keys(signedIn).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters']);
    expect(await refusal(answer(code))).toBe(spent);
  });

  test('is the same through the operations of administrators (auth-flows 32)', async () => {
    const { client, pool, app, codeOf } = await aRoom();
    const place = { UserPoolId: pool.id, ClientId: app.id };
    const asked = await client.send(
      new AdminInitiateAuthCommand({
        ...place,
        AuthFlow: 'USER_AUTH',
        AuthParameters: { USERNAME: 'ada', PREFERRED_CHALLENGE: 'EMAIL_OTP' },
      }),
    );
    expect(asked).toMatchObject({ ChallengeName: 'EMAIL_OTP', AvailableChallenges: everything });
    const answer = await client.send(
      new AdminRespondToAuthChallengeCommand({
        ...place,
        ChallengeName: 'EMAIL_OTP',
        Session: sessionOf(asked),
        ChallengeResponses: { USERNAME: 'ada', EMAIL_OTP_CODE: await codeOf() },
      }),
    );
    expect(tokensOf(answer).access).toBeTypeOf('string');
  });

  test.each(['NONSENSE', 'WEB_AUTHN', 'SMS_MFA', 'constructor', 'sms_otp', ' EMAIL_OTP'])(
    'offers what there is in place of %s (auth-flows 33)',
    async (preferred) => {
      const { choose, outbox, pool } = await aRoom();
      const answer = await choose('ada', preferred);
      expect(answer).toMatchObject({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: everything });
      expect(await outbox.list({ poolId: pool.id })).toEqual([]);
    },
  );

  test.each([
    ['EMAIL_OTP', { email_verified: 'false' }, ['PASSWORD_SRP', 'PASSWORD', 'SMS_OTP']],
    ['SMS_OTP', { phone_number_verified: 'false' }, ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP']],
  ])('offers no %s at an address that is not verified (auth-flows 33)', async (preferred, attributes, available) => {
    const { choose, change } = await aRoom();
    await change(attributes);
    expect(await choose('ada', preferred)).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: available,
    });
  });

  test('offers nothing but passwords where the pool allows no more (auth-flows 33)', async () => {
    const { choose } = await aRoom({});
    for (const preferred of ['EMAIL_OTP', 'SMS_OTP', undefined]) {
      expect((await choose('ada', preferred)).AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD']);
    }
  });

  test('lets who was invited choose a password first (auth-flows 33)', async () => {
    const { choose, respond, aUser, pool } = await aRoom();
    await aUser(pool, { username: 'bob', attributes: { ...reachable, email: 'bob@example.com' }, invited: true });
    expect(bodyOf(await choose('bob', 'EMAIL_OTP'))).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    });
    const asked = await choose('bob', 'PASSWORD', { PASSWORD: somePassword });
    expect(asked).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    });
    const chosen = { USERNAME: 'bob', NEW_PASSWORD: 'Other-Horse-9' };
    expect(tokensOf(await respond('NEW_PASSWORD_REQUIRED', chosen, sessionOf(asked))).access).toBeTypeOf('string');
    expect((await choose('bob')).AvailableChallenges).toEqual(everything);
  });

  test('signs in who has no password, by a code', async () => {
    const { choose, respond, client, pool, codeOf } = await aRoom();
    const UserAttributes = attributesOf({ ...reachable, email: 'eve@example.com' });
    await client.send(
      new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'eve', MessageAction: 'SUPPRESS', UserAttributes }),
    );
    const offered = ['EMAIL_OTP', 'SMS_OTP'];
    expect(await choose('eve', 'PASSWORD', { PASSWORD: somePassword })).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: offered,
    });
    const session = sessionOf(await choose('eve', 'SMS_OTP'));
    const answer = { USERNAME: 'eve', SMS_OTP_CODE: await codeOf('eve') };
    expect(tokensOf(await respond('SMS_OTP', answer, session)).access).toBeTypeOf('string');
  });

  test('tells who has nothing to sign in with what stands in the way', async () => {
    const { choose, client, pool } = await aRoom();
    await client.send(new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'eve', MessageAction: 'SUPPRESS' }));
    expect(await refusal(choose('eve'))).toBe(
      'NotAuthorizedException: There is no factor that the user can sign in with.',
    );
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'eve' }));
    expect(await refusal(choose('eve'))).toBe('NotAuthorizedException: User is disabled.');
  });

  test('refuses who is disabled, once the code has proven who they are', async () => {
    const { choose, respond, client, pool, codeOf } = await aRoom();
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    const session = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const code = await codeOf();
    const answer = (EMAIL_OTP_CODE: string) =>
      refusal(respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session));
    expect(await answer(otherThan(code))).toBe(wrongCode);
    expect(await answer(code)).toBe('NotAuthorizedException: User is disabled.');
  });

  test('needs a name, and the hash of a client with a secret', async () => {
    const { initiate, service, client, pool } = await aRoom();
    expect(await refusal(initiate('USER_AUTH', {}))).toBe(
      'InvalidParameterException: Missing required parameter USERNAME',
    );
    const app = await aClientWithSecret(client, pool);
    const ExplicitAuthFlows: ExplicitAuthFlowsType[] = ['ALLOW_USER_AUTH'];
    await client.send(new UpdateUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id, ExplicitAuthFlows }));
    const secret = choosingOf(service, { ...app, poolId: pool.id });
    expect(await refusal(secret.choose('ada'))).toMatch(/^NotAuthorizedException: .*SECRET_HASH/);
    const session = sessionOf(await secret.choose('ada', undefined, { SECRET_HASH: app.hashFor('ada') }));
    const answer = { USERNAME: 'ada', ANSWER: 'PASSWORD', PASSWORD: somePassword };
    expect(await refusal(secret.respond('SELECT_CHALLENGE', answer, session))).toMatch(/SECRET_HASH/);
    const proven = { ...answer, SECRET_HASH: app.hashFor('ada') };
    expect(tokensOf(await secret.respond('SELECT_CHALLENGE', proven, session)).access).toBeTypeOf('string');
  });
});

describe('SELECT_CHALLENGE', () => {
  test('takes a password along, and answers tokens in one call (auth-flows 32)', async () => {
    const { choose, respond } = await aRoom();
    const session = sessionOf(await choose('ada'));
    const select = (PASSWORD: string) =>
      respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER: 'PASSWORD', PASSWORD }, session);
    expect(await refusal(select('Wrong-Horse-9'))).toBe(wrong);
    expect(tokensOf(await select(somePassword)).access).toBeTypeOf('string');
    expect(await refusal(select(somePassword))).toBe(spent);
  });

  test('takes SRP_A along, and answers the exchange in one call (auth-flows 32)', async () => {
    const { choose, respond, pool, clock } = await aRoom();
    const srp = srpClient();
    const session = sessionOf(await choose('ada'));
    const answer = { USERNAME: 'ada', ANSWER: 'PASSWORD_SRP', SRP_A: srp.publicValue };
    const challenge = await respond('SELECT_CHALLENGE', answer, session);
    expect(challenge).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER', AvailableChallenges: everything });
    const given = srp.answer(parametersOf(challenge), { poolId: pool.id, password: somePassword, at: clock.now() });
    expect(tokensOf(await respond('PASSWORD_VERIFIER', given, sessionOf(challenge))).access).toBeTypeOf('string');
  });

  test.each(['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP'])('poses %s (auth-flows 32)', async (ANSWER) => {
    const { choose, respond } = await aRoom();
    const session = sessionOf(await choose('ada'));
    const posed = await respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER }, session);
    expect(posed).toMatchObject({ ChallengeName: ANSWER, AvailableChallenges: everything });
    expect(posed.Session).not.toBe(session);
    expect(await refusal(respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER }, session))).toBe(spent);
  });

  test('leads to a code, and the code to tokens (auth-flows 32)', async () => {
    const { choose, respond, codeOf } = await aRoom();
    const first = sessionOf(await choose('ada'));
    const posed = await respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER: 'EMAIL_OTP' }, first);
    const answer = { USERNAME: 'ada', EMAIL_OTP_CODE: await codeOf() };
    expect(await refusal(respond('EMAIL_OTP', answer, first))).toBe(invalid);
    expect(tokensOf(await respond('EMAIL_OTP', answer, sessionOf(posed))).access).toBeTypeOf('string');
  });

  test('refuses what was not offered, and leaves the session good', async () => {
    const { choose, respond } = await aRoom();
    const session = sessionOf(await choose('ada'));
    for (const ANSWER of ['WEB_AUTHN', 'SMS_MFA', 'NEW_PASSWORD_REQUIRED', 'constructor']) {
      expect(await refusal(respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER }, session))).toBe(
        'InvalidParameterException: ANSWER must be one of the challenges that are available.',
      );
    }
    const answer = { USERNAME: 'ada', ANSWER: 'PASSWORD', PASSWORD: somePassword };
    expect(tokensOf(await respond('SELECT_CHALLENGE', answer, session)).access).toBeTypeOf('string');
  });

  test('offers by its answer what the user has by then', async () => {
    const { choose, respond, change } = await aRoom();
    const session = sessionOf(await choose('ada'));
    await change({ email_verified: 'false' });
    expect(await refusal(respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER: 'EMAIL_OTP' }, session))).toMatch(
      /^InvalidParameterException: ANSWER/,
    );
  });

  test('is refused to anybody else, through another client, and for another challenge', async () => {
    const { choose, respond, aUser, aClient, pool, service, clock } = await aRoom();
    await aUser(pool, { username: 'bob' });
    const session = sessionOf(await choose('ada'));
    const answer = (USERNAME: string) => ({ USERNAME, ANSWER: 'PASSWORD', PASSWORD: somePassword });
    expect(await refusal(respond('SELECT_CHALLENGE', answer('bob'), session))).toBe(invalid);
    const elsewhere = choosingOf(service, await aClient(pool, choosing));
    expect(await refusal(elsewhere.respond('SELECT_CHALLENGE', answer('ada'), session))).toBe(invalid);
    expect(await refusal(respond('PASSWORD', answer('ada'), session))).toBe(invalid);
    expect(await refusal(respond('SELECT_CHALLENGE', answer('ada')))).toBe(
      'InvalidParameterException: Missing required parameter Session',
    );
    clock.advance(3 * minute);
    expect(await refusal(respond('SELECT_CHALLENGE', answer('ada'), session))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });

  test('is answered once, however many answers come at once', async () => {
    const { choose, respond, outbox, pool } = await aRoom();
    const session = sessionOf(await choose('ada'));
    const answers = Array.from({ length: 8 }, () =>
      respond('SELECT_CHALLENGE', { USERNAME: 'ada', ANSWER: 'EMAIL_OTP' }, session).then(() => undefined),
    );
    expect(await tallyOf(answers)).toEqual({ 'nothing is refused': 1, [spent]: 7 });
    expect(await outbox.list({ poolId: pool.id })).toHaveLength(1);
  });
});

describe('A code that signs in', () => {
  test('is good for the session that it was sent for', async () => {
    const { choose, respond, codeOf } = await aRoom();
    const first = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const old = await codeOf();
    const second = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const code = await codeOf();
    const answer = (EMAIL_OTP_CODE: string, session: string) =>
      refusal(respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session));
    expect(await answer(code, first)).toBe(wrongCode);
    expect(await answer(old, first)).toBe(wrongCode);
    expect(await answer(old, second)).toBe(wrongCode);
    expect(await answer(code, second)).toMatch(/^answered/);
  });

  test('of a mailbox is none of a phone', async () => {
    const { choose, respond, codeOf } = await aRoom();
    const session = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const code = await codeOf();
    expect(await refusal(respond('SMS_OTP', { USERNAME: 'ada', SMS_OTP_CODE: code }, session))).toBe(invalid);
    expect(await refusal(respond('EMAIL_OTP', { USERNAME: 'ada', SMS_OTP_CODE: code }, session))).toBe(
      'InvalidParameterException: Missing required parameter EMAIL_OTP_CODE',
    );
  });

  test('proves nothing once the address is another one', async () => {
    const { choose, respond, codeOf, change } = await aRoom();
    const session = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const code = await codeOf();
    await change({ email: 'new@example.com', email_verified: 'true' });
    expect(await refusal(respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE: code }, session))).toBe(invalid);
  });

  test('proves nothing once the pool takes none any more', async () => {
    const { choose, respond, codeOf, client, pool } = await aRoom(firstFactors('PASSWORD', 'EMAIL_OTP'));
    const session = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const answer = { USERNAME: 'ada', EMAIL_OTP_CODE: await codeOf() };
    await client.send(new UpdateUserPoolCommand({ UserPoolId: pool.id, ...firstFactors('PASSWORD') }));
    expect(await refusal(respond('EMAIL_OTP', answer, session))).toBe(invalid);
  });

  test('ends with its session, which stands five wrong ones', async () => {
    const { choose, respond, codeOf, clock } = await aRoom();
    const session = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const code = await codeOf();
    const answer = (EMAIL_OTP_CODE: string) =>
      refusal(respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session));
    for (let guess = 0; guess < 5; guess++) expect(await answer(otherThan(code))).toBe(wrongCode);
    expect(await answer(code)).toBe('NotAuthorizedException: Password attempts exceeded');
    clock.advance(1100);
    expect(await answer(code)).toBe(spent);
    const again = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const newer = { USERNAME: 'ada', EMAIL_OTP_CODE: await codeOf() };
    clock.advance(3 * minute);
    expect(await refusal(respond('EMAIL_OTP', newer, again))).toMatch(/session is expired\.$/);
  });

  test('signs in once, however many answers come at once', async () => {
    const { choose, respond, codeOf } = await aRoom();
    const session = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const given = { USERNAME: 'ada', EMAIL_OTP_CODE: await codeOf() };
    const answers = Array.from({ length: 8 }, () => respond('EMAIL_OTP', given, session));
    expect(await tallyOf(answers)).toEqual({ 'nothing is refused': 1, [spent]: 7 });
  });

  test('is guessed by nobody', async () => {
    const { choose, respond, codeOf } = await aRoom();
    const session = sessionOf(await choose('ada', 'EMAIL_OTP'));
    const code = await codeOf();
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, unit: 'binary' }), async (EMAIL_OTP_CODE) => {
        fc.pre(EMAIL_OTP_CODE !== code);
        expect(await refusal(respond('EMAIL_OTP', { USERNAME: 'ada', EMAIL_OTP_CODE }, session))).toMatch(
          /^(CodeMismatchException|NotAuthorizedException|SerializationException|InvalidParameterException): /,
        );
      }),
      { numRuns: 25 },
    );
  });

  test('is sent so often an hour to one person, whoever asks by whatever name', async () => {
    const { choose, clock, ada, outbox, pool } = await aRoom();
    for (let sent = 0; sent < 20; sent++) await choose(sent % 2 ? 'ada' : ada.sub, sent % 3 ? 'EMAIL_OTP' : 'SMS_OTP');
    const refused = 'TooManyRequestsException: Attempt limit exceeded, please try after some time.';
    expect(await refusal(choose('ada', 'EMAIL_OTP'))).toBe(refused);
    expect(await refusal(choose(ada.sub, 'SMS_OTP'))).toBe(refused);
    expect(await outbox.list({ poolId: pool.id })).toHaveLength(20);
    // Other ways in are open.
    expect(await refusal(choose('ada', 'PASSWORD', { PASSWORD: somePassword }))).toMatch(/^answered/);
    clock.advance(60 * minute);
    expect((await choose('ada', 'EMAIL_OTP')).ChallengeName).toBe('EMAIL_OTP');
  });

  test('that leads nowhere is refused, and the session of the choice is not in the way', async () => {
    const { choose } = await aRoom(undefined, { ports: { messenger: failingMessenger() } });
    expect(await refusal(choose('ada', 'EMAIL_OTP'))).toBe(
      'InvalidEmailRoleAccessPolicyException: The email message could not be sent.',
    );
    expect(await refusal(choose('ada', 'SMS_OTP'))).toBe(
      'InvalidSmsRoleAccessPolicyException: The SMS message could not be sent.',
    );
  });
});
