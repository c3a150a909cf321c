/** What is kept of invocations, for whom, and what is not. */
import { describe, expect, test, vi } from 'vitest';
import { invocationLog } from '../../../lambdas/adapters/local/triggers/invocations.ts';
import { invocationsRoute } from '../../../lambdas/adapters/local/triggers/invocations-route.ts';
import type { FunctionCaller } from '../../../lambdas/adapters/triggers/patient-triggers.ts';
import { arn, event } from './a-function.ts';

const echo: FunctionCaller = { call: async (_arn, given) => given, send: async () => {} };
const signal = new AbortController().signal;

const get = (invocations: ReturnType<typeof invocationLog>, path: string, headers = {}, remoteAddress = '127.0.0.1') =>
  invocationsRoute(invocations, []).answer({
    method: 'GET',
    path,
    rawQuery: '',
    query: {},
    headers: { host: 'localhost:9229', ...headers },
    cookies: {},
    body: new Uint8Array(),
    viewerHost: 'localhost:9229',
    sourceIp: remoteAddress,
    isSecure: false,
    requestId: 'one',
    target: path,
    remoteAddress,
    signal,
  } as never);

describe('The invocations of functions', () => {
  test('are kept without passwords, codes, answers and tokens', async () => {
    const invocations = invocationLog(() => 0);
    const request = {
      password: 'secret-1',
      code: 'secret-2',
      challengeAnswer: 'secret-3',
      privateChallengeParameters: { answer: 'secret-4' },
      attributes: { idToken: 'secret-5', samlResponse: 'secret-6', tokenResponse: 'secret-7' },
      clientMetadata: { shown: 'yes' },
    };
    await invocations.recorded(echo).call(arn, { ...event, request }, signal);
    const [kept] = invocations.all();
    expect(kept).toMatchObject({
      at: '1970-01-01T00:00:00.000Z',
      arn,
      triggerSource: 'PreSignUp_SignUp',
      poolId: 'eu-west-1_nowhere00',
      type: 'RequestResponse',
      event: { request: { password: '***', privateChallengeParameters: '***', clientMetadata: { shown: 'yes' } } },
      error: null,
    });
    expect(JSON.stringify(kept)).not.toContain('secret');
    expect(request.password).toBe('secret-1');
  });

  test('are a hundred, newest first, and none of them is long', async () => {
    const invocations = invocationLog();
    const { call, send } = invocations.recorded(echo);
    for (let count = 0; count < 105; count += 1) await call(arn, { ...event, userName: `user-${count}` }, signal);
    await send(arn, { ...event, userName: 'x'.repeat(1_000_000) });
    const all = invocations.all();
    expect(all).toHaveLength(100);
    expect(all[0]).toMatchObject({ type: 'Event', response: null });
    expect(JSON.stringify(all[0]).length).toBeLessThan(100_000);
    expect(all[1]).toMatchObject({ event: { userName: 'user-104' } });
  });

  test('tell of failures', async () => {
    const invocations = invocationLog();
    const failing = { ...echo, call: () => Promise.reject(new TypeError('boom')) };
    await expect(invocations.recorded(failing).call(arn, event, signal)).rejects.toThrow('boom');
    expect(invocations.all()).toMatchObject([{ response: null, error: 'TypeError: boom' }]);
  });

  test('tell of the failure of what nobody waits for, once it has come', async () => {
    const invocations = invocationLog();
    const { promise, reject } = Promise.withResolvers<unknown>();
    const later: FunctionCaller = { ...echo, send: async (_arn, _event, watch) => watch?.(promise) };
    await invocations.recorded(later).send(arn, event);
    expect(invocations.all()).toEqual([]);
    reject(new Error('boom'));
    await vi.waitFor(() =>
      expect(invocations.all()).toMatchObject([{ type: 'Event', response: null, error: 'Error: boom' }]),
    );
  });

  test('are a page and JSON, for this machine under its own names alone', async () => {
    const invocations = invocationLog();
    await invocations.recorded(echo).call(arn, { ...event, userName: '<script>' }, signal);
    const page = await get(invocations, '/_local/triggers');
    expect(page).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });
    expect(page.body).toContain('PreSignUp_SignUp');
    expect(page.body).not.toContain('<script>');
    expect(page.headers?.['content-security-policy']).toContain("default-src 'none'");
    const { body } = await get(invocations, '/_local/triggers/invocations');
    expect(JSON.parse(String(body))).toMatchObject({ invocations: [{ arn }] });
    expect(await get(invocations, '/_local/triggers/other')).toMatchObject({ status: 404 });
    expect(await get(invocations, '/_local/triggers', {}, '192.0.2.1')).toMatchObject({ status: 403 });
    expect(await get(invocations, '/_local/triggers', { host: 'evil.example' })).toMatchObject({ status: 403 });
    expect(await get(invocations, '/_local/triggers', { 'x-forwarded-for': '192.0.2.1' })).toMatchObject({
      status: 403,
    });
    expect(await get(invocations, '/_local/triggers', { 'sec-fetch-site': 'cross-site' })).toMatchObject({
      status: 403,
    });
  });
});
