/** The functions that run before the secret of somebody is looked at, and once they have signed in. */
import {
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminRespondToAuthChallengeCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  GetUserCommand,
  RespondToAuthChallengeCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { attributesOf, somePassword } from '../../support/builders.ts';
import { tracking } from '../../support/client-sessions.ts';
import { byDevice, confirm, newDeviceOf } from '../../support/devices.ts';
import { account, linksOf, providersOf } from '../../support/providers.ts';
import { arnOf, boom, nothing, type SignInFunctions, signInRoom, sourcesOf } from '../../support/sign-in-functions.ts';
import { refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';
import { userSessionsOf } from '../../support/user-sessions.ts';

const email = 'ada@example.com';
const attributes = { email, email_verified: 'true' };
const wrong = 'NotAuthorizedException: Incorrect username or password.';
const preFailed = 'UserLambdaValidationException: PreAuthentication failed with error boom.';
const postFailed = 'UserLambdaValidationException: PostAuthentication failed with error boom.';
const hiding = { PreventUserExistenceErrors: 'ENABLED' } as const;
const byPassword = (USERNAME = 'ada') => ({ USERNAME, PASSWORD: somePassword });

async function roomOf(...given: Parameters<typeof signInRoom>) {
  const room = await signInRoom(...given);
  return { ...room, user: await room.aUser(room.pool, { username: 'ada', attributes }) };
}

const before = { PreAuthentication: nothing };
const after = { PostAuthentication: nothing };

describe('PreAuthentication', () => {
  test('gets the whole event, with the metadata of the request as validation data (triggers-and-messages 3, 12)', async () => {
    const { initiate, events, app, pool, user } = await roomOf({ functions: before });
    await initiate('USER_PASSWORD_AUTH', byPassword(user.sub), { tenant: 'a' });

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'PreAuthentication_Authentication',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
        request: {
          userAttributes: { sub: user.sub, ...attributes, 'cognito:user_status': 'CONFIRMED' },
          validationData: { tenant: 'a' },
        },
        response: {},
      },
    ]);
  });

  test('is told all that is known of its user as texts, links to other providers too (triggers-and-messages 3)', async () => {
    const Schema = [{ Name: 'level', AttributeDataType: 'Number', Mutable: true } as const];
    const { signIn, client, events, pool, service } = await roomOf({ functions: before, pool: { Schema } });
    const UserAttributes = attributesOf({ 'custom:level': '3' });
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId: pool.id, Username: 'ada', UserAttributes }));
    await providersOf(service, pool).create({ ProviderType: 'Google' });
    await linksOf(service, pool).link('ada', account('Google', '1234'));
    await signIn.byPassword('ada');

    expect(events[0]?.request['userAttributes']).toMatchObject({
      ...attributes,
      'custom:level': '3',
      identities: expect.stringMatching(/^\[\{"userId":"1234","providerName":"Google",/),
    });
  });

  test('is told that there is no validation data, and never the password', async () => {
    const { signIn, events } = await roomOf({ functions: before });
    await signIn.byPassword('ada');

    expect(events[0]?.request['validationData']).toBeNull();
    expect(JSON.stringify(events)).not.toContain(somePassword);
  });

  test('is told whether there is a user, of clients that hide that alone (triggers-and-messages 12)', async () => {
    const open = await roomOf({ functions: before });
    await open.signIn.byPassword('ada');
    expect(await refusal(open.signIn.byPassword('nobody'))).toMatch(/^UserNotFoundException/);
    expect(open.events.map(({ request }) => 'userNotFound' in request)).toEqual([false]);

    const { signIn, events } = await roomOf({ functions: before, client: hiding });
    await signIn.byPassword('ada');
    expect(await refusal(signIn.byPassword('nobody'))).toBe(wrong);
    expect(events.map(({ userName, request }) => [userName, request['userNotFound']])).toEqual([
      ['ada', false],
      ['nobody', true],
    ]);
    expect(events[1]?.request['userAttributes']).toEqual({});
  });

  test('runs once for each flow that begins a sign-in, and not for its answers or refreshes', async () => {
    const { signIn, byAdministrator, events } = await roomOf({
      functions: before,
      pool: { Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } } },
    });
    const { refresh } = tokensOf(await signIn.byPassword('ada'));
    expect(events).toHaveLength(1);
    await signIn.refresh(refresh);
    expect(events).toHaveLength(1);
    await signIn.bySrp('ada');
    expect(events).toHaveLength(2);
    await byAdministrator('ada');
    expect(events).toHaveLength(3);
    await signIn.choose('ada', 'PASSWORD', { PASSWORD: somePassword });
    expect(events).toHaveLength(4);
    const choice = await signIn.choose('ada', 'PASSWORD');
    await signIn.respond('PASSWORD', byPassword(), sessionOf(choice));
    expect(events).toHaveLength(5);
    expect(new Set(sourcesOf(events))).toEqual(new Set(['PreAuthentication_Authentication']));
  });

  test('that fails ends the sign-in before the password is looked at, in every flow', async () => {
    const { signIn, byAdministrator } = await roomOf({ functions: { PreAuthentication: boom } });

    expect(await refusal(signIn.byPassword('ada'))).toBe(preFailed);
    for (const _ of Array(12)) expect(await refusal(signIn.byPassword('ada', 'wrong'))).toBe(preFailed);
    expect(await refusal(signIn.bySrp('ada'))).toBe(preFailed);
    expect(await refusal(byAdministrator('ada'))).toBe(preFailed);
    expect(await refusal(signIn.choose('ada'))).toBe(preFailed);
  });

  test('that fails is heard under every name, where the client hides who has it', async () => {
    const { signIn, aUser, pool } = await roomOf({ functions: { PreAuthentication: boom }, client: hiding });
    await aUser(pool, { username: 'bob', invited: true });

    for (const name of ['ada', 'bob', 'nobody', email, 'x'.repeat(2000)]) {
      expect(await refusal(signIn.byPassword(name))).toBe(preFailed);
      expect(await refusal(signIn.challengeOf(name))).toBe(preFailed);
      expect(await refusal(signIn.choose(name))).toBe(preFailed);
    }
  });

  test('runs before the functions of a custom sign-in', async () => {
    const { signIn, events } = await roomOf({
      functions: { PreAuthentication: boom },
      pool: { LambdaConfig: { DefineAuthChallenge: arnOf('PreTokenGeneration') } },
    });

    expect(await refusal(signIn.initiate('CUSTOM_AUTH', { USERNAME: 'ada' }))).toBe(preFailed);
    expect(events).toHaveLength(1);
  });

  test('may send away those whom it finds disabled, or unconfirmed: that is looked at later', async () => {
    const { signIn, client, events, pool } = await roomOf({ functions: before });
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'ada' }));

    expect(await refusal(signIn.byPassword('ada'))).toBe('NotAuthorizedException: User is disabled.');
    expect(events).toHaveLength(1);
  });

  test('may disable, delete and change its user: the sign-in goes on with what is left', async () => {
    const isAda = ({ id }: { id: string }) => ({ UserPoolId: id, Username: 'ada' });
    const disabling = await roomOf({
      functions: { PreAuthentication: (_, { client, pool }) => client.send(new AdminDisableUserCommand(isAda(pool))) },
    });
    expect(await refusal(disabling.signIn.byPassword('ada'))).toBe('NotAuthorizedException: User is disabled.');

    const deleting: SignInFunctions = {
      PreAuthentication: (_, { client, pool }) => client.send(new AdminDeleteUserCommand(isAda(pool))),
    };
    const open = await roomOf({ functions: deleting });
    expect(await refusal(open.signIn.byPassword('ada'))).toMatch(/^UserNotFoundException/);
    const closed = await roomOf({ functions: deleting, client: hiding });
    expect(await refusal(closed.signIn.byPassword('ada'))).toBe(wrong);
  });

  test('may sign its user out: that ends earlier sessions and not this one', async () => {
    const { signIn, client, clock } = await roomOf({
      functions: {
        async PreAuthentication(_, { client, clock, pool }) {
          clock.advance(20);
          await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId: pool.id, Username: 'ada' }));
        },
      },
    });
    const first = tokensOf(await signIn.byPassword('ada'));
    clock.advance(1000);
    const second = tokensOf(await signIn.byPassword('ada'));

    expect(await refusal(client.send(new GetUserCommand({ AccessToken: first.access })))).toMatch(
      /^NotAuthorizedException/,
    );
    expect(await refusal(client.send(new GetUserCommand({ AccessToken: second.access })))).toMatch(/^answered/);
  });

  test('that answers no event at all ends the sign-in', async () => {
    const { signIn } = await roomOf({ functions: before, whole: { [arnOf('PreAuthentication')]: () => 'fine' } });

    expect(await refusal(signIn.byPassword('ada'))).toBe(
      'InvalidLambdaResponseException: Unrecognizable lambda output',
    );
  });
});

describe('PostAuthentication', () => {
  test('gets the whole event, and nothing of the metadata of a first request (triggers-and-messages 3, 13)', async () => {
    const { initiate, events, app, pool, user } = await roomOf({ functions: after });
    await initiate('USER_PASSWORD_AUTH', byPassword(), { tenant: 'a' });

    expect(events).toEqual([
      {
        version: '1',
        triggerSource: 'PostAuthentication_Authentication',
        region: 'us-east-1',
        userPoolId: pool.id,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
        request: {
          userAttributes: { sub: user.sub, ...attributes, 'cognito:user_status': 'CONFIRMED' },
          newDeviceUsed: false,
        },
        response: {},
      },
    ]);
  });

  test('is told the metadata of the answer, as the tokens are (triggers-and-messages 13)', async () => {
    const { signIn, initiate, client, app, events, clock } = await roomOf({
      functions: { ...before, ...after, PreTokenGeneration: nothing },
    });
    const srp = srpClient();
    const begun = await initiate('USER_SRP_AUTH', { USERNAME: 'ada', SRP_A: srp.publicValue }, { from: 'request' });
    const knowledge = { poolId: app.poolId, password: somePassword, at: clock.now() };
    const ChallengeResponses = srp.answer(begun.ChallengeParameters ?? {}, knowledge);
    await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: app.id,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses,
        ClientMetadata: { from: 'answer' },
      }),
    );
    expect(
      events.map(({ triggerSource, request }) => [triggerSource, request['validationData'], request['clientMetadata']]),
    ).toEqual([
      ['PreAuthentication_Authentication', { from: 'request' }, undefined],
      ['PostAuthentication_Authentication', undefined, { from: 'answer' }],
      ['TokenGeneration_Authentication', undefined, { from: 'answer' }],
    ]);

    events.length = 0;
    await signIn.byPassword('ada');
    await initiate('USER_PASSWORD_AUTH', byPassword(), { from: 'request' });
    expect(events.slice(-2).map(({ request }) => 'clientMetadata' in request)).toEqual([false, false]);
  });

  test('is told the same of the operations of administrators (triggers-and-messages 13)', async () => {
    const { byAdministrator, client, aUser, app, events, pool } = await roomOf({
      functions: { ...before, ...after, PreTokenGeneration: nothing },
    });
    await aUser(pool, { username: 'bob', invited: true });
    const begun = await byAdministrator('bob', somePassword, { from: 'request' });
    await client.send(
      new AdminRespondToAuthChallengeCommand({
        UserPoolId: pool.id,
        ClientId: app.id,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session: begun.Session,
        ChallengeResponses: { USERNAME: 'bob', NEW_PASSWORD: 'Another-Horse-9' },
        ClientMetadata: { from: 'answer' },
      }),
    );
    await byAdministrator('ada', somePassword, { from: 'request' });

    const told = events.map(({ request: { validationData, clientMetadata } }) => ({ validationData, clientMetadata }));
    expect(told).toEqual([
      { validationData: { from: 'request' } },
      { clientMetadata: { from: 'answer' } },
      { clientMetadata: { from: 'answer' } },
      { validationData: { from: 'request' } },
      {},
      {},
    ]);
    expect(new Set(events.map(({ callerContext }) => callerContext.clientId))).toEqual(new Set([app.id]));
  });

  test('runs in order between all that is proven and the tokens, and not on the way', async () => {
    const { signIn, events, aUser, pool } = await roomOf({
      functions: { ...before, ...after, PreTokenGeneration: nothing },
    });
    await aUser(pool, { username: 'bob', invited: true });
    const challenge = await signIn.byPassword('bob');
    expect(sourcesOf(events)).toEqual(['PreAuthentication_Authentication']);
    const NEW_PASSWORD = 'Another-Horse-9';
    await signIn.respond('NEW_PASSWORD_REQUIRED', { USERNAME: 'bob', NEW_PASSWORD }, sessionOf(challenge));
    expect(sourcesOf(events)).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_NewPasswordChallenge',
    ]);
    expect(events[1]?.request['userAttributes']).toMatchObject({ 'cognito:user_status': 'CONFIRMED' });
  });

  test.each([
    [23_000, true],
    [24_000, false],
  ])('is asked only while the request has time: %i ms are gone, %s (triggers-and-messages 6)', async (ms, isAsked) => {
    const { signIn, events } = await roomOf({
      functions: { PreAuthentication: (_, { clock }) => void clock.advance(ms), PostAuthentication: nothing },
    });
    const late =
      'UnexpectedLambdaException: PostAuthentication invocation failed due to error ' +
      'Socket timeout while invoking Lambda function.';

    expect(await refusal(signIn.byPassword('ada'))).toMatch(isAsked ? /^answered/ : late);
    expect(events).toHaveLength(isAsked ? 2 : 1);
  });

  test('does not run for refused sign-ins, nor for refreshes', async () => {
    const { signIn, events } = await roomOf({ functions: after });
    expect(await refusal(signIn.byPassword('ada', 'wrong'))).toBe(wrong);
    expect(events).toEqual([]);
    await signIn.refresh(tokensOf(await signIn.byPassword('ada')).refresh);
    expect(events).toHaveLength(1);
  });

  test('that fails leaves no tokens and no session behind (triggers-and-messages 11)', async () => {
    let fails = true;
    const { signIn, byAdministrator, client, events, pool, service } = await roomOf({
      functions: { PostAuthentication: () => (fails ? boom() : {}), PreTokenGeneration: nothing },
    });
    await tracking({ client }, pool, 'ENABLED');
    const attempts = [signIn.byPassword('ada'), signIn.bySrp('ada'), byAdministrator('ada')].map(refusal);
    expect(await Promise.all(attempts)).toEqual([postFailed, postFailed, postFailed]);
    expect(new Set(sourcesOf(events))).toEqual(new Set(['PostAuthentication_Authentication']));
    const { adminList } = userSessionsOf(service, pool);
    expect(await adminList('ada')).toEqual([]);
    fails = false;
    await signIn.tokens('ada');
    expect(await adminList('ada')).toHaveLength(1);
  });

  test('is told of a device that the service makes a key for, and not of one that it knows', async () => {
    const { signIn, service, events } = await roomOf({
      functions: after,
      pool: { DeviceConfiguration: { ChallengeRequiredOnNewDevice: false } },
    });
    const device = newDeviceOf(await signIn.byPassword('ada'));
    await confirm(service, device);
    const known = await signIn.byPassword('ada', somePassword, { DEVICE_KEY: device.key });
    expect(known.ChallengeName).toBe('DEVICE_SRP_AUTH');
    const proven = await byDevice(service, signIn, known, 'ada', device);
    expect(proven.AuthenticationResult?.NewDeviceMetadata).toBeUndefined();
    expect(events.map(({ request }) => request['newDeviceUsed'])).toEqual([true, false]);
  });

  test('may change its user and sign them out, and the tokens are of the user as they are then (triggers-and-messages 29)', async () => {
    const { signIn, client, clock } = await roomOf({
      functions: {
        async PostAuthentication(_, { client, clock, pool }) {
          clock.advance(20);
          const isAda = { UserPoolId: pool.id, Username: 'ada' };
          const UserAttributes = attributesOf({ nickname: 'Countess' });
          await client.send(new AdminUpdateUserAttributesCommand({ ...isAda, UserAttributes }));
          await client.send(new AdminUserGlobalSignOutCommand(isAda));
        },
      },
    });
    const first = tokensOf(await signIn.byPassword('ada'));
    clock.advance(1000);
    const second = tokensOf(await signIn.byPassword('ada'));

    expect(decodeJwt(second.id)).toMatchObject({ nickname: 'Countess' });
    expect(await refusal(client.send(new GetUserCommand({ AccessToken: first.access })))).toMatch(
      /^NotAuthorizedException/,
    );
    expect(await refusal(client.send(new GetUserCommand({ AccessToken: second.access })))).toMatch(/^answered/);
  });

  test('may take its user away, and then nobody gets tokens', async () => {
    for (const command of [AdminDisableUserCommand, AdminDeleteUserCommand]) {
      const { signIn } = await roomOf({
        functions: {
          async PostAuthentication(_, { client, pool }) {
            await client.send(new command({ UserPoolId: pool.id, Username: 'ada' }) as AdminDisableUserCommand);
          },
        },
      });
      expect(await refusal(signIn.byPassword('ada'))).toMatch(/^NotAuthorizedException/);
    }
  });

  test('runs once more when somebody signs in with a second factor, with the metadata of the last answer', async () => {
    const { signIn, client, app, events, outbox, pool, user } = await roomOf({
      functions: after,
      pool: {
        AutoVerifiedAttributes: ['phone_number'],
        SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' },
      },
    });
    await client.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: pool.id,
        Username: 'ada',
        UserAttributes: attributesOf({ phone_number: '+12065554114', phone_number_verified: 'true' }),
      }),
    );
    await client.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: pool.id,
        MfaConfiguration: 'ON',
        SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::000000000000:role/any' } },
      }),
    );
    const challenge = await signIn.byPassword('ada');
    expect(challenge.ChallengeName).toBe('SMS_MFA');
    expect(events).toEqual([]);
    await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: app.id,
        ChallengeName: 'SMS_MFA',
        Session: challenge.Session,
        ChallengeResponses: { USERNAME: 'ada', SMS_MFA_CODE: await outbox.codeFor(user) },
        ClientMetadata: { step: 'two' },
      }),
    );
    expect(events.map(({ request }) => request['clientMetadata'])).toEqual([{ step: 'two' }]);
  });
});
