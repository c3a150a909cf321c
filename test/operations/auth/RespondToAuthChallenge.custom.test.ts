/** Answers to CUSTOM_CHALLENGE: what functions get wrong, and what people try with sessions. */

import { createHmac } from 'node:crypto';
import { AdminDeleteUserCommand, DeleteUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moduleTriggers } from '../../../lambdas/adapters/triggers/module-triggers.ts';
import type { Triggers } from '../../../lambdas/core/ports/triggers.ts';
import {
  arnOf,
  ask,
  type CustomFunctions,
  customRoom,
  customTriggers,
  hasTokens,
  issueTokens,
  recorded,
} from '../../support/custom-functions.ts';
import { refusal, sessionOf, signingIn } from '../../support/signing-in.ts';

const foreign = 'NotAuthorizedException: Invalid session for the user.';
const spent = 'NotAuthorizedException: Invalid session for the user, session can only be used once.';
const unrecognizable = 'InvalidLambdaResponseException: Unrecognizable lambda output';
const points = ['DefineAuthChallenge', 'CreateAuthChallenge', 'VerifyAuthChallengeResponse'] as const;

/** A sign-in that meets all three functions. */
async function outcomeWith(functions: Partial<CustomFunctions>): Promise<string> {
  const { begin, answer } = await customRoom({ functions });
  return refusal(begin().then((begun) => (begun.Session ? answer(begun, 'answer 0') : begun)));
}

/** The same, where functions answer something else than an event. */
async function outcomeOf(invoke: Triggers['invoke']): Promise<string> {
  const { begin, answer } = await customRoom({ service: { ports: { triggers: { invoke, send: async () => {} } } } });
  return refusal(begin().then((begun) => (begun.Session ? answer(begun, 'answer 0') : begun)));
}

describe('A function', () => {
  test.each(points)('%s that throws is quoted to the client (auth-flows 50)', async (point) => {
    const throws = (thrown: unknown) => ({
      [point]: () => {
        throw thrown;
      },
    });
    const says = (text: string) => `UserLambdaValidationException: ${point} failed with error ${text}.`;
    expect(await outcomeWith(throws(new Error('Not on a Sunday')))).toBe(says('Not on a Sunday'));
    expect(await outcomeWith(throws(new Error('Not on a Sunday.')))).toBe(says('Not on a Sunday.'));
    expect(await outcomeWith(throws('a text'))).toBe(says('a text'));
    expect(await outcomeWith(throws(Object.create(null)))).toBe(says('unknown'));
    const long = await outcomeWith(throws(new Error('\u{1F40E}\n'.repeat(100_000))));
    expect(long.length).toBeLessThan(5000);
  });

  test.each(points)('%s that takes too long, or is not there, is unexpected', async (point) => {
    const { functions } = recorded({ [point]: () => new Promise(() => {}) });
    const slow = moduleTriggers(functions, { timeout: 20 });
    expect(await outcomeOf(slow.invoke)).toBe(
      `UnexpectedLambdaException: ${point} invocation failed due to error Socket timeout while invoking Lambda function.`,
    );
    const { [arnOf(point)]: _gone, ...others } = functions;
    expect(await outcomeOf(moduleTriggers(others).invoke)).toBe(
      `UnexpectedLambdaException: ${point} invocation failed due to error ResourceNotFoundException.`,
    );
  });

  test.each([
    [undefined, 'InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON'],
    [null, 'InvalidLambdaResponseException: Invalid lambda function output : Invalid JSON'],
    ['a text', unrecognizable],
    [[], unrecognizable],
    [{}, unrecognizable],
    [{ response: null }, unrecognizable],
    [{ response: [] }, unrecognizable],
    [{ response: 'issueTokens' }, unrecognizable],
    [{ response: {} }, unrecognizable],
    [{ issueTokens: true, response: {} }, unrecognizable],
    [{ response: { issueTokens: 'true' } }, unrecognizable],
    [{ response: { issueTokens: 1 } }, unrecognizable],
    [{ response: { issueTokens: true, failAuthentication: 'no' } }, unrecognizable],
    [{ response: { challengeName: 7 } }, unrecognizable],
    [{ response: { challengeName: 'SMS_MFA' } }, unrecognizable],
    [{ response: { challengeName: 'NEW_PASSWORD_REQUIRED' } }, unrecognizable],
    [{ response: { challengeName: 'custom_challenge' } }, unrecognizable],
    [JSON.parse('{"response":{"__proto__":{"issueTokens":true}}}'), unrecognizable],
  ])('that decides %j is refused', async (given, expected) => {
    expect(await outcomeOf(async () => given)).toBe(expected);
  });

  test.each([
    { publicChallengeParameters: 'a text' },
    { publicChallengeParameters: [] },
    { publicChallengeParameters: { nested: {} } },
    { privateChallengeParameters: { list: [] } },
    { privateChallengeParameters: 7 },
    { challengeMetadata: 7 },
    { challengeMetadata: {} },
  ])('that makes %j of a challenge is refused', async (response) => {
    expect(await outcomeWith({ CreateAuthChallenge: () => response })).toBe(unrecognizable);
  });

  test.each([{}, { answerCorrect: null }, { answerCorrect: 'true' }, { answerCorrect: 1 }, { answercorrect: true }])(
    'that verifies with %j is refused',
    async (response) => {
      expect(await outcomeWith({ VerifyAuthChallengeResponse: () => response })).toBe(unrecognizable);
    },
  );

  test('may leave out what a challenge is made of, and say numbers', async () => {
    const empty = await customRoom({ functions: { CreateAuthChallenge: () => ({}) } });
    expect((await empty.begin()).ChallengeParameters).toEqual({ USERNAME: 'Ada' });
    const publicChallengeParameters = { digits: 6, repeat: true, hint: null, USERNAME: 'eve' };
    const full = await customRoom({ functions: { CreateAuthChallenge: () => ({ publicChallengeParameters }) } });
    expect((await full.begin()).ChallengeParameters).toEqual({ digits: '6', repeat: 'true', USERNAME: 'Ada' });
  });

  test('may not say more than there is room for', async () => {
    const publicChallengeParameters = { text: 'x'.repeat(102_400) };
    expect(await outcomeWith({ CreateAuthChallenge: () => ({ publicChallengeParameters }) })).toBe(
      'InvalidLambdaResponseException: The challenges of a sign-in may not take more than 102400 bytes',
    );
    const challengeMetadata = 'x'.repeat(60_000);
    const { begin, answer } = await customRoom({ functions: { CreateAuthChallenge: () => ({ challengeMetadata }) } });
    const begun = await begin();
    expect(await refusal(answer(begun, 'no'))).toMatch(/^InvalidLambdaResponseException: The challenges/);
  });

  test('changes nothing by changing its event', async () => {
    const { begin, answer, events } = await customRoom({
      functions: {
        VerifyAuthChallengeResponse({ request }) {
          Object.assign(request, { session: [], userAttributes: { sub: 'another' } });
          return { answerCorrect: false };
        },
        DefineAuthChallenge({ request }) {
          const steps = request.session.map((step) => Object.assign(step, { challengeResult: true }));
          return steps.length > 2 ? issueTokens : ask;
        },
      },
    });
    await answer(await answer(await begin(), 'no'), 'no');
    expect(events.at(-1)?.request.session.map(({ challengeResult }) => challengeResult)).toEqual([false, false]);
  });

  test('never gets anybody tokens but by saying so, whatever it answers', async () => {
    const anything = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const flag = fc.oneof({ weight: 3, arbitrary: fc.boolean() }, anything);
    const name = fc.oneof(fc.constantFrom('CUSTOM_CHALLENGE', 'PASSWORD_VERIFIER', 'SRP_A', ''), anything);
    const define = fc.record(
      { challengeName: name, issueTokens: flag, failAuthentication: flag },
      { requiredKeys: [] },
    );
    const text = fc.oneof(fc.string({ unit: 'binary' }), anything);
    const parameters = fc.oneof(fc.dictionary(fc.string(), text), anything);
    const create = fc.record(
      { publicChallengeParameters: parameters, privateChallengeParameters: parameters, challengeMetadata: text },
      { requiredKeys: [] },
    );
    const verify = fc.oneof(fc.record({ answerCorrect: flag }), anything);
    const answers = fc.record({ define: fc.oneof(define, anything), create: fc.oneof(create, anything), verify });
    let now: { define: unknown; create: unknown; verify: unknown } = { define: {}, create: {}, verify: {} };
    const { begin, answer } = await customRoom({
      functions: {
        DefineAuthChallenge: () => now.define,
        CreateAuthChallenge: () => now.create,
        VerifyAuthChallengeResponse: () => now.verify,
      },
    });
    const run = async (): Promise<string> => {
      try {
        const begun = await begin();
        const last = begun.Session ? await answer(begun, 'x') : begun;
        return hasTokens(last) ? 'tokens' : String(last.ChallengeName);
      } catch (error) {
        return (error as Error).name;
      }
    };
    const isIssuing = (given: unknown) => {
      const { issueTokens: issues, failAuthentication: fails } = (given ?? {}) as Record<string, unknown>;
      return issues === true && (fails === false || fails === null || fails === undefined);
    };
    await fc.assert(
      fc.asyncProperty(answers, async (given) => {
        now = given;
        const outcome = await run();
        expect(['tokens', 'CUSTOM_CHALLENGE', 'InvalidLambdaResponseException', 'NotAuthorizedException']).toContain(
          outcome,
        );
        if (outcome === 'tokens') expect(isIssuing(given.define)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('A session of a custom challenge', () => {
  test('is spent by its answer, whatever comes of that', async () => {
    let fails = true;
    const { begin, answer } = await customRoom({
      functions: {
        VerifyAuthChallengeResponse() {
          if (fails) throw new Error('Ask me later');
          return { answerCorrect: true };
        },
      },
    });
    const begun = await begin();
    expect(await refusal(answer(begun, 'guess 1'))).toMatch(/^UserLambdaValidationException/);
    fails = false;
    expect(await refusal(answer(begun, 'guess 2'))).toBe(spent);
  });

  test('of an earlier round is over (auth-flows 23)', async () => {
    const { begin, answer } = await customRoom();
    const first = await begin();
    const second = await answer(first, 'answer 0');
    const third = await answer(second, 'answer 1');
    for (const earlier of [first, second]) expect(await refusal(answer(earlier, 'answer 0'))).toBe(spent);
    expect(hasTokens(await answer(third, 'answer 2'))).toBe(true);
    for (const earlier of [first, second, third]) expect(await refusal(answer(earlier, 'answer 2'))).toBe(spent);
  });

  test('takes one of many answers at once, and asks the function about that one alone', async () => {
    const { begin, answer, events } = await customRoom({
      functions: { CreateAuthChallenge: () => ({ privateChallengeParameters: { answer: 'a'.repeat(5000) } }) },
    });
    const begun = await begin();
    const outcomes = await Promise.all(Array.from(Array(20), (_, guess) => refusal(answer(begun, `guess ${guess}`))));
    expect(outcomes.filter((outcome) => outcome === spent)).toHaveLength(19);
    expect(events.filter(({ triggerSource }) => triggerSource.startsWith('Verify'))).toHaveLength(1);
  });

  test('is of one user', async () => {
    const { begin, answer, aUser, pool, signIn } = await customRoom();
    await aUser(pool, { username: 'eve' });
    const begun = await begin();
    expect(await refusal(answer(begun, 'answer 0', 'eve'))).toBe(foreign);
    expect(await refusal(answer(begun, 'answer 0', 'nobody'))).toBe(foreign);
    for (const challenge of ['NEW_PASSWORD_REQUIRED', 'PASSWORD_VERIFIER', 'SMS_MFA', 'SOFTWARE_TOKEN_MFA'] as const) {
      const responses = {
        USERNAME: 'Ada',
        NEW_PASSWORD: 'Another-Horse-9',
        SMS_MFA_CODE: '123456',
        SOFTWARE_TOKEN_MFA_CODE: '123456',
        PASSWORD_CLAIM_SIGNATURE: 'x',
        PASSWORD_CLAIM_SECRET_BLOCK: 'x',
        TIMESTAMP: 'x',
      };
      expect(await refusal(signIn.respond(challenge, responses, sessionOf(begun)))).not.toMatch(/^answered/);
    }
    expect((await answer(begun, 'answer 0')).ChallengeName).toBe('CUSTOM_CHALLENGE');
  });

  test('is of one client and one pool', async () => {
    const room = await customRoom();
    const begun = await room.begin();
    const responses = { USERNAME: 'Ada', ANSWER: 'answer 0' };
    const sibling = await room.aClient(room.pool, { ExplicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] });
    const other = await customRoom();
    for (const [service, app] of [
      [room.service, sibling],
      [other.service, other.app],
    ] as const) {
      const elsewhere = signingIn(service, app).respond('CUSTOM_CHALLENGE', responses, sessionOf(begun));
      expect(await refusal(elsewhere)).toBe(foreign);
    }
    await room.client.send(new DeleteUserPoolClientCommand({ UserPoolId: room.pool.id, ClientId: room.app.id }));
    expect(await refusal(room.answer(begun, 'answer 0'))).toMatch(/^ResourceNotFoundException/);
  });

  test('is of a user, not of who takes the name', async () => {
    const { begin, answer, client, aUser, pool } = await customRoom();
    const begun = await begin();
    await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'Ada' }));
    expect(await refusal(answer(begun, 'answer 0'))).toBe(foreign);
    await aUser(pool, { username: 'Ada' });
    expect(await refusal(answer(begun, 'answer 0'))).toBe(foreign);
  });

  test('asks for the hash of the secret each time, over the name that is given or the username', async () => {
    const pool = { LambdaConfig: customTriggers, UsernameConfiguration: { CaseSensitive: false } };
    const room = await customRoom({ pool, client: { GenerateSecret: true } });
    const hash = (name: string) => ({
      SECRET_HASH: createHmac('sha256', room.app.ClientSecret ?? '')
        .update(name + room.app.id)
        .digest('base64'),
    });
    const refused = `NotAuthorizedException: Unable to verify secret hash for client ${room.app.id}`;
    expect(await refusal(room.begin('Ada', hash('eve')))).toBe(refused);
    const first = await room.begin('ADA', hash('ADA'));
    expect(first.ChallengeParameters?.['USERNAME']).toBe(room.user.username);
    expect(await refusal(room.answer(first, 'answer 0'))).toMatch(/SECRET_HASH was not received$/);
    expect(await refusal(room.answer(first, 'answer 0', 'Ada', hash('eve')))).toBe(refused);
    const second = await room.answer(first, 'answer 0', 'aDa', hash('aDa'));
    const third = await room.answer(second, 'answer 1', room.user.sub, hash(room.user.username));
    expect(hasTokens(await room.answer(third, 'answer 2', 'Ada', hash('Ada')))).toBe(true);
  });

  test('leaves nothing of answers and of what functions say in the log', async () => {
    const { begin, answer, service } = await customRoom({
      functions: {
        VerifyAuthChallengeResponse({ request: { challengeAnswer, privateChallengeParameters } }) {
          throw new Error(`${challengeAnswer} is not ${privateChallengeParameters['answer']}`);
        },
      },
    });
    expect(await refusal(answer(await begin(), 'my own secret'))).toMatch(/my own secret is not answer 0\.$/);
    const logged = JSON.stringify(service.lines);
    expect(logged).toContain('UserLambdaValidationException');
    expect(logged).not.toMatch(/my own secret|answer 0|failed with error/);
  });

  test('cannot be changed, nor its long state be taken for that of another', async () => {
    const { begin, answer, signIn } = await customRoom({
      functions: {
        CreateAuthChallenge: ({ userName }) => ({
          privateChallengeParameters: { answer: `${userName} ${'a'.repeat(5000)}` },
        }),
      },
    });
    const session = sessionOf(await begin());
    const respond = (text: string) =>
      refusal(signIn.respond('CUSTOM_CHALLENGE', { USERNAME: 'Ada', ANSWER: 'x' }, text));
    for (const place of [0, 20, 200, session.length - 10]) {
      const changed = `${session.slice(0, place)}${session[place] === 'A' ? 'B' : 'A'}${session.slice(place + 1)}`;
      expect(await respond(changed)).toBe(foreign);
    }
    expect(await respond('x'.repeat(20))).toBe(foreign);
    expect((await answer({ Session: session }, 'x')).ChallengeName).toBe('CUSTOM_CHALLENGE');
  });

  test('has no end but that of its time, in however many rounds', async () => {
    const { begin, answer, events } = await customRoom({ functions: { DefineAuthChallenge: () => ask } });
    let challenge = await begin();
    for (const round of Array(40).keys()) challenge = await answer(challenge, `guess ${round}`);
    expect(events.at(-1)?.request.session).toHaveLength(40);
    expect(sessionOf(challenge).length).toBeLessThanOrEqual(2000);
  });
});
