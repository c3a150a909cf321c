/** Pools whose functions are in AWS Lambda, as callers of the API see them. */
import { describe, expect, test } from 'vitest';
import { lambdaCaller } from '../../lambdas/adapters/lambda/lambda-caller.ts';
import { type Patience, patientTriggers } from '../../lambdas/adapters/triggers/patient-triggers.ts';
import { arnOf, customRoom, hasTokens, recorded } from '../support/custom-functions.ts';
import { openSmallLambda } from '../support/open-small-services.ts';
import { refusal } from '../support/signing-in.ts';
import { RawAnswer, type SmallFunction } from '../support/small-lambda.ts';
import type { SmallServiceOptions } from '../support/small-message-service.ts';

interface Given {
  readonly options?: SmallServiceOptions;
  readonly patience?: Patience;
}

/** A room of custom sign-ins with its functions in Lambda. */
async function aRoom({ options, patience }: Given = {}) {
  const lambda = await openSmallLambda(options);
  const { functions, events } = recorded({});
  for (const [arn, handler] of Object.entries(functions)) lambda.functions.set(arn, { handler });
  const triggers = patientTriggers(lambdaCaller({ region: 'us-east-1', partition: 'aws' }), patience);
  const room = await customRoom({ service: { ports: { triggers } } });
  const define = (handler: SmallFunction['handler']) => lambda.functions.set(arnOf('DefineAuthChallenge'), { handler });
  return { ...room, events, lambda, define };
}

describe('A pool with functions in Lambda', () => {
  test('has them decide a sign-in, which begins and ends with them', async () => {
    const { begin, answer, events, lambda, pool, app } = await aRoom();
    let posed = await begin();
    for (const step of ['0', '1', '2']) {
      expect(posed.ChallengeParameters).toMatchObject({ question: step });
      posed = await answer(posed, `answer ${step}`);
    }
    expect(hasTokens(posed)).toBe(true);
    expect(lambda.invocations.map(({ arn, type }) => `${type} ${arn.split(':').at(-1)}`)).toEqual([
      'RequestResponse DefineAuthChallenge',
      'RequestResponse CreateAuthChallenge',
      ...Array.from({ length: 2 }, () => [
        'RequestResponse VerifyAuthChallengeResponse',
        'RequestResponse DefineAuthChallenge',
        'RequestResponse CreateAuthChallenge',
      ]).flat(),
      'RequestResponse VerifyAuthChallengeResponse',
      'RequestResponse DefineAuthChallenge',
    ]);
    expect(events[0]).toMatchObject({
      version: '1',
      region: 'us-east-1',
      userPoolId: pool.id,
      userName: 'Ada',
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: app.id },
    });
  });

  test('says that a function took too long, after three attempts (triggers-and-messages 6)', async () => {
    const { begin, lambda, define } = await aRoom({ patience: { timeout: 400 } });
    // The code of the client is loaded with the first one.
    await begin().catch(() => undefined);
    const before = lambda.invocations.length;
    define(() => new Promise(() => {}));
    expect(await refusal(begin())).toBe(
      'UnexpectedLambdaException: DefineAuthChallenge invocation failed due to error ' +
        'Socket timeout while invoking Lambda function.',
    );
    expect(lambda.invocations).toHaveLength(before + 3);
  });

  test('says what a function said when it failed, after one attempt (triggers-and-messages 6)', async () => {
    const { begin, lambda, define } = await aRoom();
    define(() => {
      throw new Error('boom');
    });
    expect(await refusal(begin())).toBe('UserLambdaValidationException: DefineAuthChallenge failed with error boom.');
    expect(lambda.invocations).toHaveLength(1);
  });

  test.each([
    ['"text"', 'Unrecognizable lambda output'],
    ['[]', 'Unrecognizable lambda output'],
    ['{}', 'Unrecognizable lambda output'],
    ['{"response":[]}', 'Unrecognizable lambda output'],
    ['{"response":{"issueTokens":"true"}}', 'Unrecognizable lambda output'],
    ['<html>', 'Invalid lambda function output : Invalid JSON'],
    ['null', 'Invalid lambda function output : Invalid JSON'],
    ['', 'Invalid lambda function output : Invalid JSON'],
  ])('says that an answer makes no sense: %j (triggers-and-messages 7)', async (text, message) => {
    const { begin, define } = await aRoom();
    define(() => new RawAnswer(text));
    expect(await refusal(begin())).toBe(`InvalidLambdaResponseException: ${message}`);
  });

  test('says why a function was not run (triggers-and-messages 8)', async () => {
    let verdict: 'denied' | undefined = 'denied';
    const { begin, lambda } = await aRoom({ options: { onCall: () => verdict } });
    const unreached = 'UnexpectedLambdaException: DefineAuthChallenge invocation failed due to error';
    expect(await refusal(begin())).toBe(`${unreached} AccessDeniedException.`);
    verdict = undefined;
    lambda.functions.clear();
    expect(await refusal(begin())).toBe(`${unreached} ResourceNotFoundException.`);
    lambda.fail(3);
    expect(await refusal(begin())).toBe(`${unreached} TooManyRequestsException.`);
    lambda.fail(1, 'ServiceException');
    expect(await refusal(begin())).toBe(`${unreached} ServiceException.`);
    expect(lambda.invocations).toEqual([]);
  });
});
