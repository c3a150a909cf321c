/** Functions of AWS Lambda, as its Invoke API runs them (triggers-and-messages 6, 7, 8). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regionOf } from '../../lambdas/adapters/lambda/function-region.ts';
import { lambdaCaller } from '../../lambdas/adapters/lambda/lambda-caller.ts';
import { type Patience, patientTriggers } from '../../lambdas/adapters/triggers/patient-triggers.ts';
import { type TriggerEvent, TriggerUnreachable } from '../../lambdas/core/ports/triggers.ts';
import { openSmallLambda } from '../support/open-small-services.ts';
import { type LambdaFault, RawAnswer, type SmallFunction } from '../support/small-lambda.ts';
import type { SmallServiceOptions } from '../support/small-message-service.ts';

const event: TriggerEvent = {
  version: '1',
  triggerSource: 'PreSignUp_SignUp',
  region: 'us-east-1',
  userPoolId: 'us-east-1_nowhere00',
  userName: 'ädä 😀',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: { userAttributes: { email: 'ada@example.com' }, validationData: null, clientMetadata: undefined },
  response: { autoConfirmUser: false },
};

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:pre-sign-up';
const asJson = JSON.parse(JSON.stringify(event));

interface Given {
  readonly handler?: SmallFunction['handler'];
  readonly patience?: Patience;
  readonly options?: SmallServiceOptions;
  readonly partition?: string;
}

async function aFunction(given: Given = {}) {
  const { handler = (it: object) => it, patience, options, partition = 'aws' } = given;
  const lambda = await openSmallLambda(options);
  lambda.functions.set(arn, { handler, qualifiers: ['live', '7'] });
  const triggers = patientTriggers(lambdaCaller({ region: 'us-east-1', partition }), patience);
  const failing = (of = arn) =>
    triggers.invoke(of, event).then(
      (answer) => `answered ${JSON.stringify(answer)}`,
      (error: Error) => `${error.name}: ${error.message}`,
    );
  return { lambda, triggers, failing };
}

describe('A function in Lambda', () => {
  test('gets the event and answers it', async () => {
    const { lambda, triggers } = await aFunction({
      handler: (given: { response: object }) => ({ ...given, response: { autoConfirmUser: true } }),
    });
    expect(await triggers.invoke(arn, event)).toEqual({ ...asJson, response: { autoConfirmUser: true } });
    expect(lambda.invocations).toEqual([{ arn, type: 'RequestResponse', event: asJson }]);
  });

  test.each(['live', '7', '$LATEST'])('is run as the ARN qualifies it: %s', async (qualifier) => {
    const { lambda, triggers } = await aFunction();
    await triggers.invoke(`${arn}:${qualifier}`, event);
    expect(lambda.calls).toMatchObject([{ action: 'lambda:InvokeFunction', resource: `${arn}:${qualifier}` }]);
  });

  test('is asked for where its ARN says, and nowhere else', async () => {
    const { lambda, triggers, failing } = await aFunction();
    const elsewhere = arn.replace('us-east-1', 'ap-southeast-2');
    lambda.functions.set(elsewhere, { handler: () => 'from there' });
    expect(await triggers.invoke(elsewhere, event)).toBe('from there');
    expect(await failing(arn.replace('us-east-1', 'eu-west-1'))).toBe('TriggerUnreachable: ResourceNotFoundException');
  });

  test('is handed an event whose outcome nobody waits for', async () => {
    const [running, done] = [Promise.withResolvers<unknown>(), Promise.withResolvers<void>()];
    const { lambda, triggers } = await aFunction({
      async handler(given) {
        running.resolve(given);
        await done.promise;
        throw new Error('nobody hears of it');
      },
    });
    await triggers.send(arn, event);
    expect(await running.promise).toEqual(asJson);
    done.resolve();
    expect(lambda.invocations.map(({ type }) => type)).toEqual(['Event']);
    await expect(triggers.send(`${arn}-gone`, event)).rejects.toThrow('ResourceNotFoundException');
  });

  test('is handed the event again where the connection breaks, as nobody else would deliver the message', async () => {
    const { lambda, triggers } = await aFunction();
    lambda.hangUp(1);
    await triggers.send(arn, event);
    expect(lambda.invocations).toEqual([{ arn, type: 'Event', event: asJson }]);
  });

  test('is asked once when it fails, and its own words are passed on (triggers-and-messages 6)', async () => {
    const { lambda, failing } = await aFunction({
      handler() {
        throw new TypeError('boom.');
      },
    });
    expect(await failing()).toBe('TriggerFailed: boom.');
    expect(lambda.invocations).toHaveLength(1);
  });

  test('that answers more than Lambda carries has failed', async () => {
    const { failing } = await aFunction({ handler: () => 'x'.repeat(6 * 1024 * 1024) });
    expect(await failing()).toMatch(/^TriggerFailed: Response payload size exceeded/);
  });

  test('that is sent more than Lambda takes is not reached', async () => {
    const { lambda, triggers } = await aFunction();
    const large = { ...event, request: { x: 'x'.repeat(6 * 1024 * 1024) } };
    await expect(triggers.invoke(arn, large)).rejects.toThrow('RequestTooLargeException');
    expect(lambda.invocations).toEqual([]);
  });

  test.each([
    ['null', null],
    ['', undefined],
    ['<html>', undefined],
    ['{"response":', undefined],
    ['"text"', 'text'],
    ['[1]', [1]],
    ['{"response":{}}', { response: {} }],
  ])('may answer anything: %j (triggers-and-messages 7)', async (text, expected) => {
    const { triggers } = await aFunction({ handler: () => new RawAnswer(text) });
    expect(await triggers.invoke(arn, event)).toEqual(expected);
  });

  test('is asked three times where it does not answer in time (triggers-and-messages 6)', async () => {
    const { lambda, failing } = await aFunction({ patience: { timeout: 400 } });
    // The code of the client is loaded with the first one.
    await failing();
    const before = lambda.invocations.length;
    lambda.functions.set(arn, { handler: () => new Promise(() => {}) });
    expect(await failing()).toBe('TriggerBusy: Socket timeout while invoking Lambda function');
    expect(lambda.invocations).toHaveLength(before + 3);
  });

  test('is asked again where too many asked at once', async () => {
    const { lambda, triggers, failing } = await aFunction();
    lambda.fail(2);
    expect(await triggers.invoke(arn, event)).toEqual(asJson);
    lambda.fail(3);
    expect(await failing()).toBe('TriggerBusy: TooManyRequestsException');
    expect(lambda.calls.map(({ outcome }) => outcome)).toEqual([
      'TooManyRequestsException',
      'TooManyRequestsException',
      'ok',
      'TooManyRequestsException',
      'TooManyRequestsException',
      'TooManyRequestsException',
    ]);
  });

  test('is asked again where the connection breaks', async () => {
    const { lambda, triggers, failing } = await aFunction();
    lambda.hangUp(2);
    expect(await triggers.invoke(arn, event)).toEqual(asJson);
    lambda.hangUp(3);
    expect(await failing()).toBe('TriggerBusy: Socket timeout while invoking Lambda function');
  });

  test('is asked again where the connection breaks in the middle of an answer', async () => {
    const half = new RawAnswer('{"response":', { headers: { 'Content-Length': '100', Connection: 'close' } });
    const { lambda, failing } = await aFunction({ handler: () => half });
    expect(await failing()).toBe('TriggerBusy: Socket timeout while invoking Lambda function');
    expect(lambda.invocations).toHaveLength(3);
  });

  test.each([
    [429, 'TriggerBusy: TooManyRequestsException', 3],
    [502, 'TriggerUnreachable: ServiceException', 1],
  ])('is not named by a page that something in between answers with %i', async (status, outcome, times) => {
    const page = new RawAnswer('<html>', { status, headers: { 'Content-Type': 'text/html' } });
    const { lambda, failing } = await aFunction({ handler: () => page });
    expect(await failing()).toBe(outcome);
    expect(lambda.invocations).toHaveLength(times);
  });

  test.each<LambdaFault>([
    'ServiceException',
    'EC2ThrottledException',
    'ResourceConflictException',
    'KMSDisabledException',
    'InvalidRuntimeException',
  ])('is asked once where Lambda says %s, and callers are told no more', async (fault) => {
    const { lambda, failing } = await aFunction();
    lambda.fail(1, fault);
    expect(await failing()).toBe(`TriggerUnreachable: ${fault}`);
    expect(lambda.calls).toHaveLength(1);
  });

  test('is not named by what stands in place of an answer', async () => {
    const { lambda, failing } = await aFunction();
    lambda.fail(1, 'not a name: arn:aws:lambda');
    expect(await failing()).toBe('TriggerUnreachable: ServiceException');
  });

  test('that nobody has, or that the role does not allow, is not run (triggers-and-messages 8)', async () => {
    const { lambda, failing } = await aFunction({
      options: { onCall: ({ resource }) => (resource.endsWith(':forbidden') ? 'denied' : undefined) },
    });
    const named = (name: string) => arn.replace('pre-sign-up', name);
    lambda.functions.set(named('forbidden'), { handler: (it) => it });
    expect(await failing(named('gone'))).toBe('TriggerUnreachable: ResourceNotFoundException');
    expect(await failing(`${arn}:gone`)).toBe('TriggerUnreachable: ResourceNotFoundException');
    expect(await failing(named('forbidden'))).toBe('TriggerUnreachable: AccessDeniedException');
    expect(lambda.invocations).toEqual([]);
  });
});

/** Whoever may change a pool writes ARNs into it. */
describe('An ARN', () => {
  const [account, name] = ['123456789012', 'function:pre-sign-up'];

  test.each([
    `arn:aws-cn:lambda:cn-north-1:${account}:${name}`,
    `arn:aws:lambda:cn-north-1:${account}:${name}`,
    `arn:aws:lambda:us-gov-west-1:${account}:${name}`,
    `arn:aws:lambda:us-isob-east-1:${account}:${name}`,
    `arn:aws:states:us-east-1:${account}:${name}`,
    `arn:aws:lambda:us-east-1:${account}:layer:pre-sign-up`,
    `arn:aws:lambda:us-east-1:${account}:event-source-mapping:x`,
    `arn:aws:lambda::${account}:${name}`,
    `arn:aws:lambda:evil.example.com:${account}:${name}`,
    `arn:aws:lambda:us-east-1.evil.example.com/?:${account}:${name}`,
    `arn:aws:lambda:evil.example.com#-1:${account}:${name}`,
    `arn:aws:lambda:us-east-1@evil:${account}:${name}`,
    `arn:aws:lambda:us-east-1:${account}:function:..`,
    `arn:aws:lambda:us-east-1:${account}:function:../../2015-03-31/functions/other`,
    `arn:aws:lambda:us-east-1:${account}:function:a/invocations?Qualifier=b`,
    `arn:aws:lambda:us-east-1:12345:${name}`,
    `arn:aws:lambda:us-east-1:${account}:${name}:live:more`,
    `arn:aws:lambda:us-east-1:${account}:${name}\n`,
    'pre-sign-up',
    'https://evil.example.com/',
    'toString',
    '',
  ])('that leads elsewhere is followed nowhere: %s', async (wrong) => {
    const { lambda, failing } = await aFunction();
    expect(await failing(wrong)).toBe('TriggerUnreachable: ResourceNotFoundException');
    expect(lambda.calls).toEqual([]);
  });

  test('of the deployment’s own partition is followed, and no other', async () => {
    const { lambda, triggers, failing } = await aFunction({ partition: 'aws-cn' });
    expect(await failing()).toBe('TriggerUnreachable: ResourceNotFoundException');
    expect(lambda.calls).toEqual([]);
    await expect(triggers.invoke(`arn:aws-cn:lambda:us-east-1:${account}:${name}`, event)).rejects.toThrow(
      'ResourceNotFoundException',
    );
    expect(lambda.calls).toHaveLength(1);
  });
});

test('No ARN makes the host of a request anything but a region', () => {
  const home = { region: 'us-east-1', partition: 'aws' };
  const part = fc.oneof(fc.string(), fc.constantFrom('us-east-1', 'aws', 'lambda', 'function', '123456789012', 'f'));
  const hostile = fc.array(part, { minLength: 5, maxLength: 8 }).map((parts) => ['arn', ...parts].join(':'));
  const inOnePlace = fc
    .tuple(fc.nat({ max: 7 }), fc.string())
    .map(([at, text]) => arn.split(':').with(Math.min(at, 6), text).join(':'));
  fc.assert(
    fc.property(fc.oneof(fc.string(), hostile, inOnePlace), (given) => {
      try {
        expect(regionOf(given, home)).toMatch(/^[a-z]+(-[a-z]+)+-\d{1,2}$/);
      } catch (error) {
        expect(error).toEqual(new TriggerUnreachable('ResourceNotFoundException'));
      }
    }),
  );
});
