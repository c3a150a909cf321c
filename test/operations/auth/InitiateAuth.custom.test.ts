/** CUSTOM_AUTH: challenges that the pool's own functions pose. */
import {
  AdminDisableUserCommand,
  AdminInitiateAuthCommand,
  AdminRespondToAuthChallengeCommand,
  DeleteUserPoolCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { describe, expect, test } from 'vitest';
import { somePassword } from '../../support/builders.ts';
import {
  ask,
  customRoom,
  customTriggers,
  failAuthentication,
  hasTokens,
  issueTokens,
  stepsOf,
} from '../../support/custom-functions.ts';
import { parametersOf, refusal, sessionOf, tokensOf } from '../../support/signing-in.ts';
import { srpClient } from '../../support/srp-client.ts';

const wrong = 'NotAuthorizedException: Incorrect username or password.';
const missing = 'InvalidParameterException: Custom auth lambda trigger is not configured for the user pool.';
const minutes = 60_000;

describe('CUSTOM_AUTH', () => {
  test('asks what the functions ask, in three rounds, and then answers tokens (auth-flows 50)', async () => {
    const { begin, answer, events, user } = await customRoom();
    const first = await begin();
    expect(first).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { question: '0', USERNAME: 'Ada' },
    });
    expect(first.AuthenticationResult).toBeUndefined();
    const second = await answer(first, 'answer 0');
    expect(second).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters: { question: '1' } });
    const third = await answer(second, 'answer 1', user.sub);
    expect(new Set([first, second, third].map(sessionOf)).size).toBe(3);
    const { $metadata, ...last } = await answer(third, 'answer 2');
    expect(Object.keys(last).toSorted()).toEqual(['AuthenticationResult', 'ChallengeParameters']);
    expect(last.ChallengeParameters).toEqual({});
    expect(decodeJwt(tokensOf(last).access)).toMatchObject({ username: 'Ada', sub: user.sub });
    expect(events.map(({ triggerSource }) => triggerSource.replace('_Authentication', ''))).toEqual([
      ...['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'],
      ...['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'],
      ...['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'],
      'DefineAuthChallenge',
    ]);
    expect(events.at(-1)?.request.session).toEqual(
      [0, 1, 2].map((n) => ({
        challengeName: 'CUSTOM_CHALLENGE',
        challengeResult: true,
        challengeMetadata: `QUESTION_${n}`,
      })),
    );
  });

  test('tells functions what those of the original are told (triggers-and-messages 3)', async () => {
    const { begin, answer, events, app, pool, user } = await customRoom();
    await answer(await begin(user.sub), 'answer 0');
    const userAttributes = { sub: user.sub, email: 'ada@example.com', 'cognito:user_status': 'CONFIRMED' };
    const envelope = {
      version: '1',
      region: 'us-east-1',
      userPoolId: pool.id,
      userName: 'Ada',
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
    };
    expect(events.slice(0, 3)).toEqual([
      {
        ...envelope,
        triggerSource: 'DefineAuthChallenge_Authentication',
        request: { userAttributes, session: [] },
        response: { challengeName: null, issueTokens: null, failAuthentication: null },
      },
      {
        ...envelope,
        triggerSource: 'CreateAuthChallenge_Authentication',
        request: { userAttributes, challengeName: 'CUSTOM_CHALLENGE', session: [] },
        response: { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
      },
      {
        ...envelope,
        triggerSource: 'VerifyAuthChallengeResponse_Authentication',
        request: { userAttributes, privateChallengeParameters: { answer: 'answer 0' }, challengeAnswer: 'answer 0' },
        response: { answerCorrect: null },
      },
    ]);
  });

  test('takes a wrong answer for a step, until the functions end it (auth-flows 50)', async () => {
    const { begin, answer, events } = await customRoom();
    const first = await answer(await begin(), 'no');
    expect(first.ChallengeName).toBe('CUSTOM_CHALLENGE');
    const second = await answer(first, 'no');
    expect(await refusal(answer(second, 'no'))).toBe(wrong);
    expect(events.at(-1)).toMatchObject({ triggerSource: 'DefineAuthChallenge_Authentication' });
    expect(events.at(-1) && stepsOf(events.at(-1) as never)).toEqual(Array(3).fill('CUSTOM_CHALLENGE false'));
    expect(await refusal(answer(second, 'answer 2'))).toBe(
      'NotAuthorizedException: Invalid session for the user, session can only be used once.',
    );
  });

  test('does not count wrong answers as guesses at the account', async () => {
    const { begin, answer, signIn, service, pool } = await customRoom({
      functions: { DefineAuthChallenge: () => ask },
    });
    let challenge = await begin();
    for (const guess of Array(12).keys()) challenge = await answer(challenge, `guess ${guess}`);
    const app = await service.aClient(pool);
    expect(hasTokens(await signIn.initiate('CUSTOM_AUTH', { USERNAME: 'Ada' }))).toBe(false);
    const { client } = service;
    const byPassword = new InitiateAuthCommand({
      ClientId: app.id,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'Ada', PASSWORD: somePassword },
    });
    expect(hasTokens(await client.send(byPassword))).toBe(true);
  });

  test('may answer tokens, or refuse, before anything was asked', async () => {
    const { begin } = await customRoom({ functions: { DefineAuthChallenge: () => issueTokens } });
    expect(hasTokens(await begin())).toBe(true);
    const strict = await customRoom({ functions: { DefineAuthChallenge: () => failAuthentication } });
    expect(await refusal(strict.begin())).toBe(wrong);
  });

  test('refuses where a function says both', async () => {
    const both = { ...issueTokens, failAuthentication: true, challengeName: 'CUSTOM_CHALLENGE' };
    const { begin } = await customRoom({ functions: { DefineAuthChallenge: () => both } });
    expect(await refusal(begin())).toBe(wrong);
  });

  test('works for administrators alike, and goes on by either operation', async () => {
    const { client, pool, app, answer } = await customRoom();
    const place = { UserPoolId: pool.id, ClientId: app.id };
    const AuthParameters = { USERNAME: 'Ada' };
    const begun = await client.send(
      new AdminInitiateAuthCommand({ ...place, AuthFlow: 'CUSTOM_AUTH', AuthParameters }),
    );
    const second = await answer(begun, 'answer 0');
    const third = await client.send(
      new AdminRespondToAuthChallengeCommand({
        ...place,
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session: sessionOf(second),
        ChallengeResponses: { USERNAME: 'Ada', ANSWER: 'answer 1' },
      }),
    );
    expect(hasTokens(await answer(third, 'answer 2'))).toBe(true);
  });

  test('shows functions the metadata of answers, and none of the first request', async () => {
    const { client, app, events } = await customRoom();
    const begun = await client.send(
      new InitiateAuthCommand({
        ClientId: app.id,
        AuthFlow: 'CUSTOM_AUTH',
        AuthParameters: { USERNAME: 'Ada' },
        ClientMetadata: { from: 'the first request' },
      }),
    );
    expect(events.map(({ request }) => 'clientMetadata' in request)).toEqual([false, false]);
    await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: app.id,
        ChallengeName: 'CUSTOM_CHALLENGE',
        Session: begun.Session,
        ChallengeResponses: { USERNAME: 'Ada', ANSWER: 'answer 0' },
        ClientMetadata: { from: 'the answer' },
      }),
    );
    expect(events.slice(2).map(({ request }) => request.clientMetadata)).toEqual(Array(3).fill({ from: 'the answer' }));
  });

  test('is refused without the functions that it needs (auth-flows 50)', async () => {
    const none = await customRoom({ pool: { LambdaConfig: {} } });
    expect(await refusal(none.begin())).toBe(missing);
    expect(await refusal(none.begin('nobody'))).toBe(missing);
    const { DefineAuthChallenge, CreateAuthChallenge } = customTriggers;
    const noCreate = await customRoom({ pool: { LambdaConfig: { DefineAuthChallenge } } });
    expect(await refusal(noCreate.begin())).toBe(missing);
    const noVerify = await customRoom({ pool: { LambdaConfig: { DefineAuthChallenge, CreateAuthChallenge } } });
    expect(await refusal(noVerify.answer(await noVerify.begin(), 'answer 0'))).toBe(missing);
  });

  test('is refused when the function went while the challenge was open', async () => {
    const { client, begin, answer, pool } = await customRoom();
    const begun = await begin();
    await client.send(new UpdateUserPoolCommand({ UserPoolId: pool.id, LambdaConfig: {} }));
    expect(await refusal(answer(begun, 'answer 0'))).toBe(missing);
  });

  test('is refused, once it is complete, where a function is to run then that is not there', async () => {
    const PostAuthentication = 'arn:aws:lambda:us-east-1:000000000000:function:x';
    const { begin } = await customRoom({
      functions: { DefineAuthChallenge: () => issueTokens },
      pool: { LambdaConfig: { ...customTriggers, PostAuthentication } },
    });
    expect(await refusal(begin())).toBe(
      'UnexpectedLambdaException: PostAuthentication invocation failed due to error ResourceNotFoundException.',
    );
  });

  test('refuses an answer without a session, USERNAME or ANSWER', async () => {
    const { begin, signIn } = await customRoom();
    const session = sessionOf(await begin());
    const respond = (responses: Record<string, string>, given?: string) =>
      refusal(signIn.respond('CUSTOM_CHALLENGE', responses, given));
    expect(await respond({ USERNAME: 'Ada', ANSWER: 'x' })).toBe(
      'InvalidParameterException: Missing required parameter Session',
    );
    expect(await respond({ ANSWER: 'x' }, session)).toBe(
      'InvalidParameterException: Missing required parameter USERNAME',
    );
    expect(await respond({ USERNAME: 'Ada' }, session)).toBe(
      'InvalidParameterException: Missing required parameter ANSWER',
    );
    expect(hasTokens(await signIn.respond('CUSTOM_CHALLENGE', { USERNAME: 'Ada', ANSWER: 'x' }, session))).toBe(false);
  });

  test('gives every challenge the time that the client gives it', async () => {
    const { begin, answer, clock } = await customRoom({ client: { AuthSessionValidity: 5 } });
    const first = await begin();
    clock.advance(5 * minutes - 1);
    const second = await answer(first, 'answer 0');
    clock.advance(5 * minutes);
    expect(await refusal(answer(second, 'answer 1'))).toBe(
      'NotAuthorizedException: Invalid session for the user, session is expired.',
    );
  });

  test('keeps what does not fit into a session, up to a bound', async () => {
    const large = (length: number) =>
      customRoom({
        functions: {
          CreateAuthChallenge: () => ({ privateChallengeParameters: { answer: 'a'.repeat(length) } }),
          DefineAuthChallenge: ({ request: { session } }) => (session.at(-1)?.challengeResult ? issueTokens : ask),
        },
      });
    for (const length of [10, 1000, 2000, 90_000]) {
      const { begin, answer } = await large(length);
      const begun = await begin();
      expect(sessionOf(begun).length).toBeLessThanOrEqual(2000);
      const again = await answer(begun, 'no');
      expect(hasTokens(await answer(again, 'a'.repeat(length)))).toBe(true);
    }
    const { begin } = await large(103_000);
    expect(await refusal(begin())).toMatch(/^InvalidLambdaResponseException: /);
  });

  test('tells the length of a private parameter to nobody', async () => {
    let code = '';
    const { begin } = await customRoom({
      functions: { CreateAuthChallenge: () => ({ privateChallengeParameters: { code } }) },
    });
    const lengths = new Set<number>();
    for (const length of [1, 7, 60, 700, 1200, 5000]) {
      code = '1'.repeat(length);
      lengths.add(sessionOf(await begin()).length);
    }
    expect(lengths.size).toBe(1);
  });

  test('ends when the user is deleted, or not allowed any more', async () => {
    const { begin, answer, client, pool } = await customRoom();
    const second = await answer(await answer(await begin(), 'answer 0'), 'answer 1');
    const isAda = { UserPoolId: pool.id, Username: 'Ada' };
    await client.send(new AdminDisableUserCommand(isAda));
    expect(await refusal(answer(second, 'answer 2'))).toBe('NotAuthorizedException: User is disabled.');
    expect(await refusal(begin())).toBe('NotAuthorizedException: User is disabled.');
    await client.send(new DeleteUserPoolCommand({ UserPoolId: pool.id }));
    expect(await refusal(answer(second, 'answer 2'))).toMatch(/^ResourceNotFoundException/);
  });

  test('is for those who confirmed their account', async () => {
    const { begin, client, app } = await customRoom();
    await client.send(new SignUpCommand({ ClientId: app.id, Username: 'eve', Password: somePassword }));
    expect(await refusal(begin('eve'))).toBe('UserNotConfirmedException: User is not confirmed.');
  });
});

describe('CUSTOM_AUTH of a name that nobody has (auth-flows 50)', () => {
  const hiding = { PreventUserExistenceErrors: 'ENABLED' } as const;

  test('is refused where the client may know, before any function runs', async () => {
    const { begin, events } = await customRoom();
    expect(await refusal(begin('nobody'))).toBe('UserNotFoundException: User does not exist.');
    expect(events).toEqual([]);
  });

  test('runs the functions with userNotFound elsewhere, and never ends in tokens', async () => {
    const { begin, answer, events } = await customRoom({ client: hiding });
    const first = await begin('nobody');
    expect(first).toMatchObject({
      ChallengeName: 'CUSTOM_CHALLENGE',
      ChallengeParameters: { question: '0', USERNAME: 'nobody' },
    });
    const second = await answer(first, 'answer 0', 'nobody');
    const third = await answer(second, 'answer 1', 'nobody');
    expect(await refusal(answer(third, 'answer 2', 'nobody'))).toBe(wrong);
    expect(events).toHaveLength(10);
    for (const { request, userName } of events) {
      expect(request).toMatchObject({ userAttributes: {}, userNotFound: true });
      expect(userName).toBe('nobody');
    }
    await begin('Ada');
    expect(events.at(-1)?.request.userNotFound).toBe(false);
  });

  test('never ends in tokens when they are issued at once', async () => {
    const { begin } = await customRoom({ client: hiding, functions: { DefineAuthChallenge: () => issueTokens } });
    expect(await refusal(begin('nobody'))).toBe(wrong);
    expect(hasTokens(await begin('Ada'))).toBe(true);
  });

  test('looks like that of somebody', async () => {
    const pool = { LambdaConfig: customTriggers, DeviceConfiguration: { ChallengeRequiredOnNewDevice: true } };
    const { begin, answer } = await customRoom({ client: hiding, pool });
    const [known, unknown] = [await begin('Ada'), await begin('Eve')];
    expect(Object.keys(unknown.ChallengeParameters ?? {})).toEqual(Object.keys(known.ChallengeParameters ?? {}));
    expect(sessionOf(unknown).length).toBe(sessionOf(known).length);
    const key = { DEVICE_KEY: 'us-east-1_00000000-0000-4000-8000-000000000000' };
    const next = [await answer(known, 'no', 'Ada', key), await answer(unknown, 'no', 'Eve', key)];
    expect(next.map(({ ChallengeName }) => ChallengeName)).toEqual(['CUSTOM_CHALLENGE', 'CUSTOM_CHALLENGE']);
  });

  test.each(['x'.repeat(100_000), '\u0001'.repeat(500), `${'x'.repeat(2000)}@example.com`])(
    'fits into a session, however long it is (%.10j)',
    async (name) => {
      const { begin, answer } = await customRoom({ client: hiding });
      const key = { DEVICE_KEY: 'x'.repeat(5000) };
      const begun = await begin(name, key);
      expect(sessionOf(begun).length).toBeLessThanOrEqual(2000);
      const next = await answer(begun, 'answer 0', name, key);
      expect(next.ChallengeParameters?.['USERNAME']).toBe(begun.ChallengeParameters?.['USERNAME']);
      const known = begun.ChallengeParameters?.['USERNAME'] ?? '';
      expect((await answer(next, 'answer 1', known)).ChallengeName).toBe('CUSTOM_CHALLENGE');
      const withSrp = await begin(name, { ...key, CHALLENGE_NAME: 'SRP_A', SRP_A: srpClient().publicValue });
      expect(sessionOf(withSrp).length).toBeLessThanOrEqual(2000);
    },
  );

  test('is one as aliases are', async () => {
    const { begin, answer } = await customRoom({
      client: hiding,
      pool: { LambdaConfig: customTriggers, AliasAttributes: ['email'] },
    });
    const begun = await begin('nobody@example.com');
    const shown = begun.ChallengeParameters?.['USERNAME'] ?? '';
    expect(shown).toMatch(/^[0-9a-f]{8}-/);
    const next = await answer(begun, 'no', 'nobody@example.com');
    expect(next.ChallengeParameters?.['USERNAME']).toBe(shown);
    expect((await answer(next, 'no', shown)).ChallengeParameters?.['USERNAME']).toBe(shown);
  });

  test('tells nothing of users who may not sign in either', async () => {
    const { begin, answer, client, pool } = await customRoom({ client: hiding });
    await client.send(new AdminDisableUserCommand({ UserPoolId: pool.id, Username: 'Ada' }));
    const first = await begin();
    expect(first.ChallengeName).toBe('CUSTOM_CHALLENGE');
    const third = await answer(await answer(first, 'answer 0'), 'answer 1');
    expect(await refusal(answer(third, 'answer 2'))).toBe('NotAuthorizedException: User is disabled.');
  });

  test('fails with SRP as with a wrong password', async () => {
    const { begin, signIn, pool, clock } = await customRoom({ client: hiding });
    const srp = srpClient();
    const begun = await begin('nobody', { CHALLENGE_NAME: 'SRP_A', SRP_A: srp.publicValue });
    const claim = srp.answer(parametersOf(begun), { poolId: pool.id, password: somePassword, at: clock.now() });
    expect(await refusal(signIn.respond('PASSWORD_VERIFIER', claim, sessionOf(begun)))).toBe(wrong);
  });

  test('is not that of who takes the name meanwhile', async () => {
    const { begin, answer, aUser, pool } = await customRoom({
      client: hiding,
      functions: { DefineAuthChallenge: ({ request: { session } }) => (session.length > 0 ? issueTokens : ask) },
    });
    const begun = await begin('eve');
    await aUser(pool, { username: 'eve' });
    expect(await refusal(answer(begun, 'answer 0', 'eve'))).toBe(wrong);
  });
});
