/** USER_PASSWORD_AUTH, and what comes before any flow. */
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  DeleteUserPoolClientCommand,
  DeleteUserPoolCommand,
  SignUpCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import { refusal, signingIn, tokensOf } from '../../support/signing-in.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const minutes = 60_000;
const days = 24 * 60 * minutes;

/** A pool with a client for every flow and one user, `ada`. */
async function aRoom(options?: ServiceOptions) {
  const service = await startService(options);
  const pool = await service.aPool();
  const app = await service.aClient(pool);
  const user = await service.aUser(pool, { username: 'ada' });
  const isUser = { UserPoolId: pool.id, Username: 'ada' };
  return { ...service, service, pool, app, user, isUser, signIn: signingIn(service, app) };
}

describe('InitiateAuth', () => {
  test('answers tokens and nothing of a challenge (auth-flows 25)', async () => {
    const { signIn } = await aRoom();
    const { $metadata, ...answer } = await signIn.byPassword('ada');
    expect(answer).toEqual({
      ChallengeParameters: {},
      AuthenticationResult: {
        AccessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        IdToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        RefreshToken: expect.stringMatching(/^[A-Za-z0-9-_=.]+$/),
        ExpiresIn: 3600,
        TokenType: 'Bearer',
      },
    });
  });

  test('answers a wrong password with status 400 and a body of two keys (auth-flows 1)', async () => {
    const { call, app } = await aRoom();
    const answer = await call(
      'InitiateAuth',
      {
        ClientId: app.id,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ada', PASSWORD: 'Wrong-Horse-9' },
      },
      {},
    );
    expect(answer.status).toBe(400);
    expect(answer.json).toEqual({ __type: 'NotAuthorizedException', message: 'Incorrect username or password.' });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-errortype': 'NotAuthorizedException:',
      'x-amzn-errormessage': 'Incorrect username or password.',
      'x-amzn-requestid': expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    });
  });

  test('refuses a client that it does not know (auth-flows 3)', async () => {
    const { service } = await aRoom();
    const elsewhere = signingIn(service, { id: 'nobodyknowsthisclient', poolId: 'us-east-1_nowhere00' });
    expect(await refusal(elsewhere.byPassword('ada'))).toBe(
      'ResourceNotFoundException: User pool client nobodyknowsthisclient does not exist.',
    );
  });

  test('refuses a client that was deleted, or whose pool was', async () => {
    const { client, pool, app, aClient, service, signIn } = await aRoom();
    const other = await aClient(pool);
    await signIn.tokens('ada');
    await client.send(new DeleteUserPoolClientCommand({ UserPoolId: pool.id, ClientId: app.id }));
    const gone = (id: string) => `ResourceNotFoundException: User pool client ${id} does not exist.`;
    expect(await refusal(signIn.byPassword('ada'))).toBe(gone(app.id));
    await signingIn(service, other).tokens('ada');
    await client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refusal(signingIn(service, other).byPassword('ada'))).toBe(gone(other.id));
  });

  test('refuses a flow that is none, and flows of administrators (auth-flows 4)', async () => {
    const { call, app, signIn } = await aRoom();
    const { json } = await call('InitiateAuth', { ClientId: app.id, AuthFlow: 'NO_SUCH_FLOW' });
    expect(json).toEqual({
      __type: 'InvalidParameterException',
      message:
        "1 validation error detected: Value 'NO_SUCH_FLOW' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [USER_SRP_AUTH, REFRESH_TOKEN_AUTH, REFRESH_TOKEN, CUSTOM_AUTH, ADMIN_NO_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, USER_AUTH]",
    });
    for (const flow of ['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'] as const) {
      expect(await refusal(signIn.initiate(flow, { USERNAME: 'ada', PASSWORD: somePassword }))).toBe(
        'InvalidParameterException: Initiate Auth method not supported',
      );
    }
  });

  test.each([
    ['USER_PASSWORD_AUTH', { PASSWORD: somePassword }, 'USERNAME'],
    ['USER_PASSWORD_AUTH', { USERNAME: 'ada' }, 'PASSWORD'],
    ['USER_PASSWORD_AUTH', { USERNAME: 'ada', PASSWORD: '' }, 'PASSWORD'],
    ['USER_SRP_AUTH', { SRP_A: 'abc' }, 'USERNAME'],
    ['USER_SRP_AUTH', { USERNAME: 'ada' }, 'SRP_A'],
    ['REFRESH_TOKEN_AUTH', {}, 'REFRESH_TOKEN'],
    ['REFRESH_TOKEN', {}, 'REFRESH_TOKEN'],
  ] as const)('refuses %s of %o: no %s (auth-flows 6)', async (flow, parameters, missing) => {
    const { signIn } = await aRoom();
    const text = `InvalidParameterException: Missing required parameter ${missing}`;
    expect(await refusal(signIn.initiate(flow, parameters))).toBe(text);
    expect(await refusal(signIn.initiate(flow))).toMatch(/^InvalidParameterException: Missing required parameter \w+$/);
  });

  test('takes parameters that are null for absent, and keys of any name for what they are', async () => {
    const { call, app } = await aRoom();
    const initiate = (parameters: string) =>
      call('InitiateAuth', {
        ClientId: app.id,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: JSON.parse(parameters),
      });
    const right = `"USERNAME":"ada","PASSWORD":"${somePassword}"`;
    expect((await initiate(`{${right},"DEVICE_KEY":null,"SECRET_HASH":null}`)).status).toBe(200);
    expect((await initiate(`{${right},"constructor":"x","__proto__":"y","toString":"z"}`)).status).toBe(200);
    const through = await initiate(`{"USERNAME":"ada","__proto__":{"PASSWORD":"${somePassword}"}}`);
    expect(through.json).toMatchObject({ __type: 'SerializationException' });
    expect((await initiate('{"USERNAME":"ada","PASSWORD":null}')).json).toMatchObject({
      message: 'Missing required parameter PASSWORD',
    });
  });

  test.each([
    '__proto__',
    'constructor',
    'toString',
    '@',
    '#',
    'U#x',
    'sha256:0',
    'a\u0301',
    '😀',
    'x'.repeat(100_000),
  ])('takes %.20j for the name of nobody', async (name) => {
    const { signIn } = await aRoom();
    expect(await refusal(signIn.byPassword(name))).toBe('UserNotFoundException: User does not exist.');
  });

  test('says that nobody has a name, where the client may know (auth-flows 17)', async () => {
    const { signIn } = await aRoom();
    expect(await refusal(signIn.byPassword('nobody'))).toBe('UserNotFoundException: User does not exist.');
    expect(await refusal(signIn.challengeOf('nobody'))).toBe('UserNotFoundException: User does not exist.');
  });

  test('answers for nobody as for a wrong password, where the client must not know (auth-flows 17)', async () => {
    const { service, aClient, pool } = await aRoom();
    const signIn = signingIn(service, await aClient(pool, { PreventUserExistenceErrors: 'ENABLED' }));
    expect(await refusal(signIn.byPassword('nobody'))).toBe(wrong);
    expect(await refusal(signIn.byPassword('ada', 'Wrong-Horse-9'))).toBe(wrong);
  });

  test('takes a password that is not ASCII, to the byte (auth-flows 11)', async () => {
    const { service, pool, aUser, signIn } = await aRoom();
    const user = await aUser(pool, { username: 'Ødegård-李', password: 'Grüße-忍者-9' });
    const { id } = await signIn.tokens(user.username, user.password);
    expect(decodeJwt(id)['cognito:username']).toBe('Ødegård-李');
    expect(tokensOf(await signIn.bySrp(user.username, user.password)).access).toBeTypeOf('string');
    // The same letters in another composition are other bytes.
    expect(await refusal(signIn.byPassword(user.username, user.password.normalize('NFD')))).toBe(wrong);
    expect(service.lines.some((line) => JSON.stringify(line).includes('忍者'))).toBe(false);
  });

  test('signs nobody in who has no password', async () => {
    const service = await startService();
    const pool = await service.aPool({
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    await service.client.send(
      new AdminCreateUserCommand({ UserPoolId: pool.id, Username: 'ada', MessageAction: 'SUPPRESS' }),
    );
    const signIn = signingIn(service, await service.aClient(pool));
    expect(await refusal(signIn.byPassword('ada'))).toBe(wrong);
    expect(await refusal(signIn.bySrp('ada'))).toBe(wrong);
    expect(await refusal(signIn.byPassword('ada', ''))).toMatch(/Missing required parameter PASSWORD$/);
  });

  test('takes a password of any length for a wrong one', async () => {
    const { signIn } = await aRoom();
    expect(await refusal(signIn.byPassword('ada', 'x'.repeat(100_000)))).toBe(wrong);
    expect(await refusal(signIn.byPassword('ada', `${somePassword} `))).toBe(wrong);
    expect(await refusal(signIn.byPassword('ada', `${somePassword}\0`))).toBe(wrong);
  });
});

describe('InitiateAuth, after the right password (auth-flows 20)', () => {
  test('refuses who is disabled', async () => {
    const { client, signIn, isUser } = await aRoom();
    await client.send(new AdminDisableUserCommand(isUser));
    expect(await refusal(signIn.byPassword('ada'))).toBe('NotAuthorizedException: User is disabled.');
    expect(await refusal(signIn.bySrp('ada'))).toBe('NotAuthorizedException: User is disabled.');
    expect(await refusal(signIn.byPassword('ada', 'Wrong-Horse-9'))).toBe(wrong);
  });

  test('refuses who is not confirmed', async () => {
    const { client, app, signIn } = await aRoom();
    await client.send(new SignUpCommand({ ClientId: app.id, Username: 'bob', Password: somePassword }));
    expect(await refusal(signIn.byPassword('bob'))).toBe('UserNotConfirmedException: User is not confirmed.');
    expect(await refusal(signIn.bySrp('bob'))).toBe('UserNotConfirmedException: User is not confirmed.');
    expect(await refusal(signIn.byPassword('bob', 'Wrong-Horse-9'))).toBe(wrong);
  });

  test('refuses whose password must be reset', async () => {
    const service = await startService();
    const pool = await service.aPool({ AutoVerifiedAttributes: ['email'] });
    const signIn = signingIn(service, await service.aClient(pool));
    await service.aUser(pool, { username: 'ada', attributes: { email: 'ada@example.com', email_verified: 'true' } });
    await service.client.send(new AdminResetUserPasswordCommand({ UserPoolId: pool.id, Username: 'ada' }));
    const reset = 'PasswordResetRequiredException: Password reset required for the user';
    expect(await refusal(signIn.byPassword('ada'))).toBe(reset);
    expect(await refusal(signIn.bySrp('ada'))).toBe(reset);
    expect(await refusal(signIn.byPassword('ada', 'Wrong-Horse-9'))).toBe(wrong);
  });

  test('refuses a temporary password that is too old, to the day', async () => {
    const { service, pool, aUser, clock, signIn } = await aRoom();
    await aUser(pool, { username: 'bob', invited: true });
    const short = await service.aPool({ Policies: { PasswordPolicy: { TemporaryPasswordValidityDays: 1 } } });
    await service.aUser(short, { username: 'bob', invited: true });
    const signInShort = signingIn(service, await service.aClient(short));
    const expired = 'NotAuthorizedException: Temporary password has expired and must be reset by an administrator.';
    clock.advance(1 * days);
    expect((await signInShort.byPassword('bob')).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    clock.advance(1);
    expect(await refusal(signInShort.byPassword('bob'))).toBe(expired);
    clock.advance(6 * days - 1);
    expect((await signIn.byPassword('bob')).ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    clock.advance(1);
    expect(await refusal(signIn.byPassword('bob'))).toBe(expired);
    expect(await refusal(signIn.bySrp('bob'))).toBe(expired);
    expect(await refusal(signIn.byPassword('bob', 'Wrong-Horse-9'))).toBe(wrong);
  });

  test('lets in who got a permanent password in place of a temporary one', async () => {
    const { client, pool, aUser, signIn, clock } = await aRoom();
    await aUser(pool, { username: 'bob', invited: true });
    clock.advance(30 * days);
    const permanent = { UserPoolId: pool.id, Username: 'bob', Password: 'Another-Horse-9', Permanent: true };
    await client.send(new AdminSetUserPasswordCommand(permanent));
    expect((await signIn.tokens('bob', 'Another-Horse-9')).access).toBeTypeOf('string');
  });
});

describe('InitiateAuth, of what is not built,', () => {
  const notBuilt = /^OperationNotEnabledException: .+ is not enabled in this deployment$/;

  async function aRoomWith(trigger: string) {
    const service = await startService();
    const pool = await service.aPool({
      LambdaConfig: { [trigger]: 'arn:aws:lambda:us-east-1:123456789012:function:f' },
    });
    await service.aUser(pool, { username: 'ada' });
    return signingIn(service, await service.aClient(pool));
  }

  test('refuses to sign in past a function that the deployment does not run', async () => {
    const before = await aRoomWith('PreAuthentication');
    expect(await refusal(before.byPassword('ada'))).toMatch(notBuilt);
    expect(await refusal(before.challengeOf('ada'))).toMatch(notBuilt);
    const after = await aRoomWith('PostAuthentication');
    expect(await refusal(after.byPassword('ada'))).toMatch(notBuilt);
    expect(await refusal(after.bySrp('ada'))).toMatch(notBuilt);
    const migrating = await aRoomWith('UserMigration');
    expect(await refusal(migrating.byPassword('nobody'))).toMatch(notBuilt);
    expect((await migrating.tokens('ada')).access).toBeTypeOf('string');
  });

  test('never leaves out a second factor', async () => {
    const service = await startService();
    const pool = await service.aPool({
      MfaConfiguration: 'ON',
      SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms', ExternalId: 'x' },
    });
    await service.aUser(pool, { username: 'ada' });
    await service.aUser(pool, { username: 'bob', attributes: { phone_number: '+12065550100' } });
    const signIn = signingIn(service, await service.aClient(pool));
    for (const [name, challenge] of [
      ['ada', 'MFA_SETUP'],
      ['bob', 'SMS_MFA'],
    ] as const) {
      for (const answer of [await signIn.byPassword(name), await signIn.bySrp(name)]) {
        expect(answer).toMatchObject({ ChallengeName: challenge });
        expect(answer.AuthenticationResult).toBeUndefined();
      }
      expect(await refusal(signIn.byPassword(name, 'Wrong-Horse-9'))).toBe(wrong);
    }
  });
});

describe('InitiateAuth, after a change of the client,', () => {
  test('goes by the new settings at once', async () => {
    const { client, pool, app, signIn } = await aRoom();
    await signIn.tokens('ada');
    await client.send(
      new UpdateUserPoolClientCommand({
        UserPoolId: pool.id,
        ClientId: app.id,
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      }),
    );
    expect(await refusal(signIn.byPassword('ada'))).toBe(
      'InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client',
    );
  });

  test('does not know the users of other pools', async () => {
    const { service, aPool, aClient } = await aRoom();
    const signIn = signingIn(service, await aClient(await aPool()));
    expect(await refusal(signIn.byPassword('ada'))).toBe('UserNotFoundException: User does not exist.');
  });
});
