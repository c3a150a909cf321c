/** Events of gateways as somebody would like to have them who wants to pass for the edge, or for somebody else. */
import { describe, expect, test } from 'vitest';
import type { ApiRequest } from '../../lambdas/core/model/api-request.ts';
import type { EventV1, EventV2 } from '../../lambdas/core/pipeline/gateway-events.ts';
import { normaliseEvent } from '../../lambdas/core/pipeline/normalise-event.ts';
import { requestEntry } from '../../lambdas/core/pipeline/request-entry.ts';
import { eventV1, eventV2 } from '../support/gateway-events.ts';
import { requestOf } from '../support/wire.ts';

const originSecret = 'a-secret-of-the-edge';
const requestId = '6b0c1f52-5f0e-4c7e-9c55-0d3f6a1f7a11';
const claims = { host: 'api.example', 'x-viewer-host': 'evil.example', 'x-viewer-ip': '203.0.113.9' };

const v2 = (headers: Readonly<Record<string, string>>): EventV2 =>
  eventV2({ ...requestOf({ headers: { ...claims, ...headers } }), viewerHost: 'api.example' });

const v1 = (lists: EventV1['multiValueHeaders']): EventV1 => ({
  ...eventV1({ ...requestOf({}), viewerHost: 'api.example' }),
  headers: null,
  multiValueHeaders: {
    ...Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, [value]])),
    ...lists,
  },
});

const normal = (event: EventV1 | EventV2, secret: string = originSecret): ApiRequest =>
  normaliseEvent(event, { requestId, originSecret: secret });

describe('Nobody passes for the edge', () => {
  test.each([
    '',
    ' ',
    originSecret.slice(0, -1),
    `${originSecret} `,
    `${originSecret},`,
    `${originSecret},${originSecret}`,
    `x,${originSecret}`,
    originSecret.toUpperCase(),
    'undefined',
  ])('by the proof %j', (proof) => {
    for (const event of [v2({ 'x-origin-verify': proof }), v1({ 'x-origin-verify': [proof] })]) {
      expect(normal(event)).toMatchObject({ viewerHost: 'api.example', sourceIp: '127.0.0.1' });
      expect(normal(event).viaEdge).toBeUndefined();
    }
  });

  test('by sending the proof in parts, or under several spellings', () => {
    const [first, second] = [originSecret.slice(0, 5), originSecret.slice(5)];
    for (const lists of [
      { 'x-origin-verify': [first, second] },
      { 'x-origin-verify': [originSecret], 'X-Origin-Verify': ['x'] },
      { 'x-origin-verify ': [originSecret] },
      { x_origin_verify: [originSecret] },
    ]) {
      expect(normal(v1(lists)).viaEdge).toBeUndefined();
    }
  });

  test('where the edge was given no secret: everybody is refused', async () => {
    const answer = requestEntry(() => ({ status: 200, headers: {}, body: '' }), { originSecret: '' });
    for (const event of [v2({ 'x-origin-verify': '' }), v2({}), v1({ 'x-origin-verify': [''] })]) {
      expect(normal(event, '').viaEdge).toBeUndefined();
      expect(await answer(event, {})).toMatchObject({ statusCode: 403 });
    }
  });
});

describe('Nobody says of himself whom IAM let in', () => {
  test('by headers, parameters or a body', () => {
    const said = {
      'x-amzn-iam': 'arn:aws:iam::111122223333:root',
      'x-amz-caller-arn': 'arn:aws:iam::111122223333:root',
      __proto__: 'iam',
      constructor: 'iam',
      iam: '{"accountId":"111122223333"}',
    };
    const target = '/_iam/credentials?iam[accountId]=1&requestContext.authorizer.iam.userArn=x';
    const body = '{"iam":{"arn":"x"},"requestContext":{"authorizer":{"iam":{"userArn":"x"}}}}';
    const request = requestOf({ target, headers: said, body });
    for (const event of [eventV2(request), eventV1(request)]) {
      expect(normaliseEvent(event, { requestId }).iam).toBeUndefined();
    }
  });

  test('by half of what the authorizer says', () => {
    const identity = { sourceIp: '127.0.0.1', accountId: '111122223333', user: 'x' };
    for (const half of [identity, { ...identity, userArn: null }, { ...identity, userArn: '' }]) {
      const event = { ...eventV1(requestOf({})), requestContext: { identity: half } };
      expect(normaliseEvent(event, { requestId }).iam).toBeUndefined();
    }
  });
});

describe('A path of the edge', () => {
  test('is no other path: nothing is decoded, and nothing but its beginning looked at', () => {
    for (const [path, seen] of [
      ['/_api/users', '/'],
      ['/_API/users', '/_API/users'],
      ['/x/_api/users', '/x/_api/users'],
      ['//_api/users', '//_api/users'],
      ['/%5fapi/users', '/%5fapi/users'],
      ['/_iam/x', '/_iam/x'],
    ] as const) {
      expect(normaliseEvent(eventV2({ ...requestOf({}), path }), { requestId }).path).toBe(seen);
    }
  });
});

test('Ten thousand headers become as many, in time', () => {
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x-${index}`, ['a', 'b']]));
  const { headers } = normal(v1({ ...many, __proto__x: ['y'] }));
  expect(Object.keys(headers).length).toBeGreaterThan(10_000);
  expect(headers['x-9999']).toBe('a,b');
});
