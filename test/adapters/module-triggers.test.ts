/** Functions of this process: by ARN, in time, and with nothing shared. */
import { describe, expect, test } from 'vitest';
import { moduleTriggers, type TriggerFunction } from '../../lambdas/adapters/triggers/module-triggers.ts';
import type { TriggerEvent } from '../../lambdas/core/ports/triggers.ts';

const event: TriggerEvent = {
  version: '1',
  triggerSource: 'DefineAuthChallenge_Authentication',
  region: 'us-east-1',
  userPoolId: 'us-east-1_nowhere00',
  userName: 'ada',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: { session: [{ challengeName: 'SRP_A' }], clientMetadata: undefined },
  response: { issueTokens: null },
};

const failure = async (run: TriggerFunction, timeout?: number): Promise<string> =>
  moduleTriggers({ arn: run }, timeout === undefined ? {} : { timeout })
    .invoke('arn', event)
    .then(JSON.stringify, (error: Error) => `${error.name}: ${error.message}`);

describe('moduleTriggers', () => {
  test('runs the function of the ARN, and no other', async () => {
    const triggers = moduleTriggers({ one: () => 1, two: async () => ({ response: {} }) });
    expect(await triggers.invoke('one', event)).toBe(1);
    expect(await triggers.invoke('two', event)).toEqual({ response: {} });
    for (const arn of ['three', 'toString', '__proto__', '']) {
      await expect(triggers.invoke(arn, event)).rejects.toMatchObject({
        name: 'TriggerUnreachable',
        message: 'ResourceNotFoundException',
      });
    }
  });

  test('shares no object with the function', async () => {
    const kept: { session?: unknown[] } = {};
    const answer = { response: { list: [1] } };
    const triggers = moduleTriggers({
      arn(given: { request: { session: unknown[] } }) {
        expect('clientMetadata' in given.request).toBe(false);
        given.request.session.push('more');
        kept.session = given.request.session;
        return answer;
      },
    });
    const given = await triggers.invoke('arn', event);
    answer.response.list.push(2);
    expect(given).toEqual({ response: { list: [1] } });
    expect(kept.session).toHaveLength(2);
    expect(event.request['session']).toHaveLength(1);
  });

  test('tells a failure of the function from one to reach it', async () => {
    const hostile = {
      toString() {
        throw new Error('no');
      },
    };
    expect(await failure(() => Promise.reject(new TypeError('too bad')))).toBe('TriggerFailed: too bad');
    expect(await failure(() => Promise.reject(hostile))).toBe('TriggerFailed: unknown');
    expect(await failure(() => new Promise(() => {}), 10)).toBe(
      'TriggerBusy: Socket timeout while invoking Lambda function',
    );
  });

  test('hands events over without waiting for what comes of them', async () => {
    const seen: unknown[] = [];
    const triggers = moduleTriggers({
      async never(given: never) {
        seen.push(given);
        await new Promise(() => {});
      },
      async fails() {
        throw new Error('too bad');
      },
    });
    await triggers.send('never', event);
    await triggers.send('fails', event);
    expect(seen).toEqual([JSON.parse(JSON.stringify(event))]);
    await expect(triggers.send('gone', event)).rejects.toThrow('ResourceNotFoundException');
  });

  test('takes no answer that is not JSON, or longer than 6 MB', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(await failure(() => circular)).toBe('TriggerFailed: Unable to stringify response body');
    expect(await failure(() => 1n)).toBe('TriggerFailed: Unable to stringify response body');
    expect(await failure(() => ({ response: 'x'.repeat(7_000_000) }))).toMatch(/^TriggerFailed: Response payload size/);
    expect(await moduleTriggers({ arn: () => undefined }).invoke('arn', event)).toBeUndefined();
  });
});
