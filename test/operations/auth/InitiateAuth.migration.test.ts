/** UserMigration: people whom nobody knows here sign in, and are users from then on. */
import {
  AdminRespondToAuthChallengeCommand,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { UserMigrationTriggerEvent } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lookAt, nobody, tallyOf } from '../../support/people.ts';
import { arnOf, boom, nothing, type SignInRoom, signInRoom, sourcesOf } from '../../support/sign-in-functions.ts';
import { refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';

const email = 'ada@example.com';
const phone_number = '+12065554114';
const weak = 'abc';
const wrong = 'NotAuthorizedException: Incorrect username or password.';
const exceeded = 'NotAuthorizedException: Password attempts exceeded';
const resetRequired = 'PasswordResetRequiredException: Password reset required for the user';
const hiding = { PreventUserExistenceErrors: 'ENABLED' } as const;
const sms = { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' };

const known = {
  userAttributes: { email, email_verified: 'true' },
  finalUserStatus: 'CONFIRMED',
  messageAction: 'SUPPRESS',
};

/** Knows people by one password. */
const knowing = (response: object) => ({
  UserMigration: ({ request }: UserMigrationTriggerEvent) => {
    if (request.password !== weak) throw new Error('Bad password');
    return response;
  },
});

const roomOf = (response: object, given: SignInRoom = {}) => signInRoom({ functions: knowing(response), ...given });
const notMigrated = (app: { id: string }) => `UserNotFoundException: Exception migrating user in app client ${app.id}`;

describe('UserMigration', () => {
  test('gets the whole event, with the password and the metadata as validation data (triggers-and-messages 3, 12)', async () => {
    const { initiate, events, app, pool } = await roomOf(known);
    await initiate('USER_PASSWORD_AUTH', { USERNAME: 'Ada', PASSWORD: weak }, { tenant: 'a' });

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'UserMigration_Authentication',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'Ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
        request: { password: weak, validationData: { tenant: 'a' } },
        response: {
          userAttributes: null,
          finalUserStatus: null,
          messageAction: null,
          desiredDeliveryMediums: null,
          forceAliasCreation: null,
          enableSMSMFA: null,
        },
      },
    ]);
  });

  test('makes a user who signs in at once, and later by SRP without another call, though the password is weak (triggers-and-messages 21)', async () => {
    const { signIn, byAdministrator, events, client, outbox, pool } = await roomOf(known);
    await signIn.tokens('ada', weak);

    expect(await lookAt(client, pool, 'ada')).toMatchObject({
      username: 'ada',
      status: 'CONFIRMED',
      enabled: true,
      attributes: { email, email_verified: 'true' },
    });
    tokensOf(await signIn.bySrp('ada', weak));
    tokensOf(await byAdministrator('ada', weak));
    expect(await refusal(signIn.byPassword('ada', 'wrong'))).toBe(wrong);
    expect(events).toHaveLength(1);
    expect(await outbox.list({ poolId: pool.id })).toEqual([]);
  });

  test('goes on as any sign-in does, without PreSignUp and PostConfirmation (triggers-and-messages 21)', async () => {
    const { signIn, events } = await signInRoom({
      functions: {
        ...knowing(known),
        PreAuthentication: nothing,
        PostAuthentication: nothing,
        PreTokenGeneration: nothing,
      },
      pool: {
        LambdaConfig: {
          PreSignUp: 'arn:aws:lambda:us-east-1:000000000000:function:missing',
          PostConfirmation: 'arn:aws:lambda:us-east-1:000000000000:function:missing',
        },
      },
    });
    await signIn.tokens('ada', weak);

    expect(sourcesOf(events)).toEqual([
      'UserMigration_Authentication',
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_Authentication',
    ]);
    expect(events[1]?.request['userAttributes']).toMatchObject({ email, 'cognito:user_status': 'CONFIRMED' });
  });

  test('may ask for another password (triggers-and-messages 21)', async () => {
    for (const finalUserStatus of ['RESET_REQUIRED', null, 'UNCONFIRMED']) {
      const { signIn, client, events, pool } = await roomOf({ ...known, finalUserStatus });
      expect(await refusal(signIn.byPassword('ada', weak))).toBe(resetRequired);
      expect((await lookAt(client, pool, 'ada')).status).toBe('RESET_REQUIRED');
      expect(await refusal(signIn.byPassword('ada', weak))).toBe(resetRequired);
      expect(events).toHaveLength(1);
    }
  });

  test('has the user invited unless it suppresses that, by the medium that it names (triggers-and-messages 21)', async () => {
    const userAttributes = { email, email_verified: true, phone_number, phone_number_verified: true };
    const invited = async (response: object) => {
      const { signIn, outbox, pool } = await roomOf({ ...known, userAttributes, messageAction: null, ...response });
      await signIn.tokens('ada', weak);
      const sent = await outbox.list({ poolId: pool.id });
      expect(JSON.stringify(sent)).not.toContain(weak);
      return sent.map(({ channel, kind }) => `${channel} ${kind}`);
    };

    expect(await invited({})).toEqual(['SMS AdminCreateUser']);
    expect(await invited({ desiredDeliveryMediums: ['EMAIL'] })).toEqual(['EMAIL AdminCreateUser']);
    expect((await invited({ desiredDeliveryMediums: ['EMAIL', 'SMS'] })).toSorted()).toEqual([
      'EMAIL AdminCreateUser',
      'SMS AdminCreateUser',
    ]);
    expect(await invited({ desiredDeliveryMediums: ['SMS'], userAttributes: { email } })).toEqual([]);
    expect(await invited({ messageAction: 'SUPPRESS' })).toEqual([]);
  });

  test('takes an alias from its owner only when it says so (triggers-and-messages 21)', async () => {
    const taking = async (forceAliasCreation: boolean | null) => {
      const room = await roomOf({ ...known, forceAliasCreation }, { pool: { AliasAttributes: ['email'] } });
      await room.aUser(room.pool, { username: 'old', attributes: known.userAttributes });
      return room;
    };
    for (const forceAliasCreation of [false, null]) {
      const kept = await taking(forceAliasCreation);
      expect(await refusal(kept.signIn.byPassword('ada', weak))).toBe(
        'AliasExistsException: An account with the email already exists.',
      );
      expect(await refusal(lookAt(kept.client, kept.pool, 'ada'))).toBe(nobody);
      expect((await lookAt(kept.client, kept.pool, email)).username).toBe('old');
    }
    const taken = await taking(true);
    await taken.signIn.tokens('ada', weak);
    expect((await lookAt(taken.client, taken.pool, email)).username).toBe('ada');
    expect((await lookAt(taken.client, taken.pool, 'old')).attributes['email_verified']).toBe('false');
  });

  test('that fails, or knows nobody, is told as each client may hear it (triggers-and-messages 21)', async () => {
    const failing = [
      boom,
      () => ({}),
      () => ({ userAttributes: {} }),
      () => ({ userAttributes: null, finalUserStatus: 'CONFIRMED' }),
    ];
    for (const UserMigration of failing) {
      const open = await signInRoom({ functions: { UserMigration } });
      expect(await refusal(open.signIn.byPassword('ada', weak))).toBe(notMigrated(open.app));
      const closed = await signInRoom({ functions: { UserMigration }, client: hiding });
      expect(await refusal(closed.signIn.byPassword('ada', weak))).toBe(wrong);
      for (const { client, pool } of [open, closed]) expect(await refusal(lookAt(client, pool, 'ada'))).toBe(nobody);
    }
  });

  test('that does not answer, or answers nonsense, is heard of by clients that may know who exists alone', async () => {
    const arn = arnOf('UserMigration');
    const answers: readonly [unknown, string][] = [
      ['no event', 'InvalidLambdaResponseException: Unrecognizable lambda output'],
      [{ response: { userAttributes: 'ada' } }, 'InvalidLambdaResponseException: Unrecognizable lambda output'],
      [{ response: { ...known, finalUserStatus: 7 } }, 'InvalidLambdaResponseException: Unrecognizable lambda output'],
      [undefined, 'InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON'],
    ];
    for (const [answer, said] of answers) {
      const room = { functions: { UserMigration: nothing }, whole: { [arn]: () => answer } };
      expect(await refusal((await signInRoom(room)).signIn.byPassword('ada', weak))).toBe(said);
      expect(await refusal((await signInRoom({ ...room, client: hiding })).signIn.byPassword('ada', weak))).toBe(wrong);
    }
    const missing = { pool: { LambdaConfig: { UserMigration: `${arn}-gone` } } };
    expect(await refusal((await signInRoom(missing)).signIn.byPassword('ada', weak))).toBe(
      'UnexpectedLambdaException: UserMigration invocation failed due to error ResourceNotFoundException.',
    );
    expect(await refusal((await signInRoom({ ...missing, client: hiding })).signIn.byPassword('ada', weak))).toBe(
      wrong,
    );
  });

  test('makes nobody of attributes that the schema does not take', async () => {
    const bad = [
      { email: 'no address' },
      { 'custom:unknown': '1' },
      { sub: '00000000-0000-4000-8000-000000000000' },
      { email_verified: 'true' },
      { email, name: 'x'.repeat(3000) },
      { email, birthdate: '1' },
      { 'cognito:user_status': 'CONFIRMED', email },
      JSON.parse('{"__proto__": "x", "email": "ada@example.com"}'),
    ];
    for (const userAttributes of bad) {
      const { signIn, app, client, pool } = await roomOf({ ...known, userAttributes });
      expect(await refusal(signIn.byPassword('ada', weak))).toBe(notMigrated(app));
      expect(await refusal(lookAt(client, pool, 'ada'))).toBe(nobody);
    }
  });

  test('may leave out what the pool requires, and write what never changes', async () => {
    const { signIn, client, pool } = await roomOf(
      { ...known, userAttributes: { email, 'custom:legacy': 'x-1', email_verified: true, nickname: null } },
      {
        pool: {
          Schema: [
            { Name: 'name', Required: true },
            { Name: 'legacy', AttributeDataType: 'String', Mutable: false },
          ],
        },
      },
    );
    await signIn.tokens('ada', weak);

    const { attributes } = await lookAt(client, pool, 'ada');
    expect(attributes).toEqual({ sub: attributes['sub'], email, email_verified: 'true', 'custom:legacy': 'x-1' });
  });

  test('names the user who types an address, and nobody else', async () => {
    const pool = { AliasAttributes: ['email' as const] };
    const {
      signIn,
      client,
      pool: built,
    } = await roomOf({ ...known, userAttributes: { ...known.userAttributes, username: 'ada' } }, { pool });
    await signIn.tokens(email, weak);
    expect((await lookAt(client, built, email)).username).toBe('ada');
    await signIn.tokens('ada', weak);

    const others = [
      { ...known.userAttributes, username: 'somebody' },
      { username: 'ada' },
      { email },
      { ...known.userAttributes, username: 'a b' },
      { ...known.userAttributes, username: 'x'.repeat(129) },
    ];
    for (const userAttributes of others) {
      const room = await roomOf({ ...known, userAttributes }, { pool });
      const typed = userAttributes.username === 'somebody' ? 'ada' : email;
      expect(await refusal(room.signIn.byPassword(typed, weak))).toBe(notMigrated(room.app));
      expect(room.events).toHaveLength(1);
    }
  });

  test('never hands one user another, whose name the function says', async () => {
    const room = await roomOf({ ...known, userAttributes: { ...known.userAttributes, username: 'admin' } });
    await room.aUser(room.pool, { username: 'admin' });

    expect(await refusal(room.signIn.byPassword('mallory', weak))).toBe(notMigrated(room.app));
    expect(await refusal(lookAt(room.client, room.pool, 'mallory'))).toBe(nobody);
  });

  test('works where usernames are addresses', async () => {
    for (const username of [undefined, email]) {
      const { signIn, client, pool, events } = await roomOf(
        { ...known, userAttributes: { email, email_verified: 'true', username } },
        { pool: { UsernameAttributes: ['email'] } },
      );
      await signIn.tokens(email, weak);
      const { username: made, attributes } = await lookAt(client, pool, email);
      expect(made).toBe(attributes['sub']);
      expect(events[0]?.userName).toBe(email);
      await signIn.tokens(email, weak);
      expect(events).toHaveLength(1);
    }
    const other = await roomOf(
      { ...known, userAttributes: { email: 'eve@example.com' } },
      { pool: { UsernameAttributes: ['email'] } },
    );
    expect(await refusal(other.signIn.byPassword(email, weak))).toBe(notMigrated(other.app));
    expect(await refusal(other.signIn.byPassword('no address', weak))).toBe(notMigrated(other.app));
  });

  test('may turn text messages on as a second factor, where the pool has them and there is a telephone', async () => {
    const response = { ...known, enableSMSMFA: true };
    const withPhone = { ...response, userAttributes: { phone_number, phone_number_verified: 'true' } };
    const without = await roomOf(withPhone);
    expect(await refusal(without.signIn.byPassword('ada', weak))).toBe(notMigrated(without.app));
    const optional = async (answer: object) => {
      const room = await roomOf(answer, { pool: { SmsConfiguration: sms } });
      const SmsMfaConfiguration = { SmsConfiguration: sms };
      const mode = { UserPoolId: room.pool.id, MfaConfiguration: 'OPTIONAL' as const, SmsMfaConfiguration };
      await room.client.send(new SetUserPoolMfaConfigCommand(mode));
      return room;
    };
    const noPhone = await optional(response);
    expect(await refusal(noPhone.signIn.byPassword('ada', weak))).toBe(notMigrated(noPhone.app));
    const { signIn } = await optional(withPhone);
    expect((await signIn.byPassword('ada', weak)).ChallengeName).toBe('SMS_MFA');
  });

  test('runs for administrators, and for a choice of the password, and for nothing that shows none', async () => {
    const pool = {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD' as const, 'EMAIL_OTP' as const] } },
    };
    const admin = await roomOf(known);
    tokensOf(await admin.byAdministrator('ada', weak, { tenant: 'a' }));
    expect(admin.events[0]).toMatchObject({
      callerContext: { clientId: admin.app.id },
      request: { validationData: { tenant: 'a' } },
    });
    const chosen = await roomOf(known, { pool });
    tokensOf(await chosen.signIn.choose('ada', 'PASSWORD', { PASSWORD: weak }));

    const { signIn, events } = await roomOf(known, { pool });
    const unknown = /^UserNotFoundException/;
    expect(await refusal(signIn.choose('ada'))).toMatch(unknown);
    expect(await refusal(signIn.choose('ada', 'PASSWORD'))).toMatch(unknown);
    expect(await refusal(signIn.choose('ada', 'EMAIL_OTP', { PASSWORD: weak }))).toMatch(unknown);
    expect(await refusal(signIn.bySrp('ada', weak))).toMatch(unknown);
    expect(events).toEqual([]);
  });

  test('runs for the answer to PASSWORD, with its metadata, where the client hides who exists (triggers-and-messages 13)', async () => {
    for (const by of ['person', 'administrator']) {
      const { signIn, client, app, pool, events } = await roomOf(known, { client: hiding });
      const posed = await signIn.choose('ada', 'PASSWORD');
      expect(posed.ChallengeName).toBe('PASSWORD');
      expect(events).toEqual([]);
      const answer = {
        ClientId: app.id,
        ChallengeName: 'PASSWORD' as const,
        Session: posed.Session,
        ChallengeResponses: { USERNAME: 'ada', PASSWORD: weak },
        ClientMetadata: { from: 'answer' },
      };
      const done =
        by === 'person'
          ? await client.send(new RespondToAuthChallengeCommand(answer))
          : await client.send(new AdminRespondToAuthChallengeCommand({ ...answer, UserPoolId: pool.id }));
      tokensOf(done);
      expect(events[0]).toMatchObject({
        userName: 'ada',
        request: { password: weak, validationData: null, clientMetadata: { from: 'answer' } },
      });
      expect((await lookAt(client, pool, 'ada')).status).toBe('CONFIRMED');
    }
  });

  test('hears of nobody who is a user already', async () => {
    const { signIn, aUser, pool, events } = await roomOf(known);
    await aUser(pool, { username: 'ada' });
    await signIn.tokens('ada');
    expect(await refusal(signIn.byPassword('ada', weak))).toBe(wrong);
    expect(events).toEqual([]);
  });
});

describe('UserMigration, asked by guesses', () => {
  test('hears of a name only until it is locked', async () => {
    for (const client of [{}, hiding]) {
      const { signIn, events, clock } = await roomOf(known, { client });
      for (const _ of Array(5)) expect(await refusal(signIn.byPassword('ada', 'wrong'))).not.toBe(exceeded);
      const heard = events.length;
      expect(heard).toBe(5);
      for (const _ of Array(10)) await refusal(signIn.byPassword('ada', 'wrong'));
      expect(events.length).toBeLessThanOrEqual(heard + 1);
      const before = events.length;
      expect(await refusal(signIn.byPassword('ada', weak))).toBe(exceeded);
      expect(events).toHaveLength(before);
      clock.advance(16 * 60_000);
      await signIn.tokens('ada', weak);
    }
  });

  test('hears of a name only until it is locked when guesses come side by side', async () => {
    for (const client of [{}, hiding]) {
      const { signIn, events } = await roomOf(known, { client });
      await tallyOf(Array.from({ length: 40 }, (_, at) => signIn.byPassword('ada', `guess ${at}`)));
      expect(events.length).toBeLessThanOrEqual(6);
    }
  });

  test('hears no faster of it by answers to PASSWORD', async () => {
    const { signIn, events } = await roomOf(known, { client: hiding });
    const posed = await Promise.all(Array.from({ length: 20 }, () => signIn.choose('ada', 'PASSWORD')));
    for (const challenge of posed) {
      await refusal(signIn.respond('PASSWORD', { USERNAME: 'ada', PASSWORD: 'wrong' }, sessionOf(challenge)));
    }
    expect(events.length).toBeLessThanOrEqual(6);
  });

  test('leaves people as locked as others are: a name that it does not know is told the same as that of a user', async () => {
    const told = async (name: string) => {
      const { signIn, aUser, pool } = await roomOf(known, { client: hiding });
      await aUser(pool, { username: 'ada' });
      const refusals: string[] = [];
      for (const _ of Array(12)) refusals.push(await refusal(signIn.byPassword(name, 'wrong')));
      return refusals;
    };
    expect(await told('nobody')).toEqual(await told('ada'));
  });

  test('makes one user of several first sign-ins side by side, and all of them succeed', async () => {
    for (const pool of [{}, { AliasAttributes: ['email' as const] }, { UsernameAttributes: ['email' as const] }]) {
      const { signIn, client, pool: built } = await roomOf(known, { pool });
      const name = 'UsernameAttributes' in pool ? email : 'ada';
      const answers = await Promise.all(Array.from({ length: 6 }, () => signIn.byPassword(name, weak)));
      expect(answers.every((answer) => tokensOf(answer).access)).toBe(true);
      expect((await lookAt(client, built, name)).status).toBe('CONFIRMED');
    }
  });

  test('makes one user when somebody else makes them while it thinks', async () => {
    const room: Awaited<ReturnType<typeof signInRoom>> = await signInRoom({
      functions: {
        async UserMigration() {
          await room.aUser(room.pool, { username: 'ada' });
          return known;
        },
      },
    });
    expect(await refusal(room.signIn.byPassword('ada', weak))).toBe(wrong);
    await room.signIn.tokens('ada');
  });

  test('whatever it answers, makes a whole user or none', async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('ada', email, 'true', 'CONFIRMED', 'SUPPRESS', ''));
    const value = fc.oneof(text, fc.boolean(), fc.integer(), fc.constant(null), fc.array(text), fc.object());
    const userAttributes = fc.oneof(
      value,
      fc.dictionary(fc.oneof(text, fc.constantFrom('email', 'email_verified', 'username', 'name')), value),
    );
    const response = fc.record(
      {
        userAttributes,
        finalUserStatus: value,
        messageAction: value,
        desiredDeliveryMediums: value,
        forceAliasCreation: value,
        enableSMSMFA: value,
      },
      { requiredKeys: [] },
    );
    let answer: object = {};
    const { signIn, client, pool } = await signInRoom({ functions: { UserMigration: () => answer } });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(response, async (given) => {
        answer = given;
        const name = `person-${count++}`;
        const told = await refusal(signIn.byPassword(name, weak));
        const made = await refusal(lookAt(client, pool, name));
        const isMade = told.startsWith('answered') || told === resetRequired;
        expect(made === nobody).toBe(!isMade);
        if (!isMade) expect(told).toMatch(/^(UserNotFound|InvalidLambdaResponse|AliasExists)Exception/);
      }),
      { numRuns: 60 },
    );
  });

  test('leaves no trace of the password in the log', async () => {
    const { signIn, lines } = await signInRoom({
      functions: {
        UserMigration({ request }) {
          throw new Error(`${request.password} is not the password`);
        },
      },
    });
    await refusal(signIn.byPassword('ada', 'a-secret-password'));
    const logged = JSON.stringify(lines);
    expect(logged).toContain('UserMigration');
    expect(logged).not.toContain('a-secret-password');
  });
});
