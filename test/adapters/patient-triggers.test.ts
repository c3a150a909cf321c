/** How often, and for how long, a function is asked (triggers-and-messages 6). */
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { type FunctionCaller, patientTriggers } from '../../lambdas/adapters/triggers/patient-triggers.ts';
import {
  TriggerBusy,
  type TriggerEvent,
  TriggerFailed,
  TriggerUnreachable,
} from '../../lambdas/core/ports/triggers.ts';

const event: TriggerEvent = {
  version: '1',
  triggerSource: 'PreSignUp_SignUp',
  region: 'us-east-1',
  userPoolId: 'us-east-1_nowhere00',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
  request: {},
  response: {},
};

/** Answers what comes of each attempt in turn. */
function attempted(...outcomes: readonly (() => Promise<unknown>)[]) {
  const signals: AbortSignal[] = [];
  const caller: FunctionCaller = {
    call(_arn, _event, signal) {
      signals.push(signal);
      return outcomes[signals.length - 1]?.() ?? Promise.reject(new Error('asked too often'));
    },
    send: async () => {},
  };
  return { caller, signals };
}

const never = () => new Promise(() => {});
const throwing = (cause: Error) => () => Promise.reject(cause);

describe('A function', () => {
  test('is asked three times where it does not answer in time', async () => {
    const { caller, signals } = attempted(never, never, never);
    const asked = patientTriggers(caller, { timeout: 5 }).invoke('arn', event);
    await expect(asked).rejects.toThrow('Socket timeout while invoking Lambda function');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  test('is asked again where too many asked at once', async () => {
    const busy = throwing(new TriggerBusy('TooManyRequestsException'));
    const { caller, signals } = attempted(busy, never, async () => 'at last');
    expect(await patientTriggers(caller, { timeout: 50 }).invoke('arn', event)).toBe('at last');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, true, false]);
  });

  test.each([new TriggerFailed('boom'), new TriggerUnreachable('AccessDeniedException'), new Error('a fault')])(
    'is asked once where it says %s',
    async (cause) => {
      const { caller, signals } = attempted(throwing(cause));
      await expect(patientTriggers(caller).invoke('arn', event)).rejects.toBe(cause);
      expect(signals).toHaveLength(1);
    },
  );

  test('is handed an event again where too many asked at once, unless all the time is gone', async () => {
    const busy = () => Promise.reject(new TriggerBusy('TooManyRequestsException'));
    const late = () => delay(20).then(busy);
    const handing = async (...outcomes: readonly (() => Promise<void>)[]) => {
      const send = vi.fn(() => outcomes[send.mock.calls.length - 1]?.() ?? Promise.reject(new Error('too often')));
      const { caller } = attempted();
      const handed = patientTriggers({ ...caller, send }, { timeout: 10 }).send('arn', event);
      const outcome = await handed.catch((cause: Error) => cause.message);
      return [outcome, send.mock.calls.length];
    };
    const [done, refused] = [async () => {}, () => Promise.reject(new TriggerUnreachable('AccessDeniedException'))];
    expect(await handing(busy, busy, done)).toEqual([undefined, 3]);
    expect(await handing(busy, busy, busy)).toEqual(['TooManyRequestsException', 3]);
    expect(await handing(late)).toEqual(['TooManyRequestsException', 1]);
    expect(await handing(refused)).toEqual(['AccessDeniedException', 1]);
  });

  test.each([
    [5499, 0],
    [5501, 1],
  ])('is not asked where %i ms are left of the request', async (within, times) => {
    const { caller, signals } = attempted(async () => 'in time');
    const asked = patientTriggers(caller).invoke('arn', event, within);
    await (times === 0 ? expect(asked).rejects.toThrow('Socket timeout') : expect(asked).resolves.toBe('in time'));
    expect(signals).toHaveLength(times);
  });
});
