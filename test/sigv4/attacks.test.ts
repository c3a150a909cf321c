/** A request that somebody else signed, in the hands of whoever can change it on its way, or send it elsewhere. */
import { ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import type { EventV1, EventV2 } from '../../lambdas/core/pipeline/gateway-events.ts';
import { lambdaEntry } from '../../lambdas/core/pipeline/lambda-entry.ts';
import { rooms } from '../../lambdas/index.ts';
import { eventV1, eventV2 } from '../support/gateway-events.ts';
import { startStrictService } from '../support/strict-service.ts';
import { requestOf } from '../support/wire.ts';

/** A listing of users, as the SDK signs it and gateways hand it to the function of its room. */
async function captured() {
  const service = await startStrictService();
  const { id } = await service.aPool();
  const key = await service.aKey();
  const sent = await service.signed(key, (client) => client.send(new ListUsersCommand({ UserPoolId: id, Limit: 1 })));
  const request = requestOf(sent);
  const entry = lambdaEntry({ ...rooms.users, ...rooms.pools }, () => service.ports);
  const statusOf = async (event: EventV1 | EventV2): Promise<number> => (await entry(event, {})).statusCode;
  return { statusOf, v2: eventV2(request), v1: eventV1(request) };
}

const listsOf = ({ multiValueHeaders }: EventV1) => multiValueHeaders ?? {};

test('It is answered as it is, in both formats, and whichever way its bytes are written', async () => {
  const { statusOf, v1, v2 } = await captured();
  const text = Buffer.from(v2.body ?? '', 'base64').toString();
  expect(await statusOf(v2)).toBe(200);
  expect(await statusOf(v1)).toBe(200);
  expect(await statusOf({ ...v2, body: text, isBase64Encoded: false })).toBe(200);
  // Behind the edge it has the path of its room, which nobody signed.
  expect(await statusOf({ ...v2, rawPath: '/_api/users' })).toBe(200);
});

test('Its body is not another one by being called base 64, or by not being called so', async () => {
  const { statusOf, v1, v2 } = await captured();
  expect(await statusOf({ ...v2, isBase64Encoded: false })).toBe(400);
  expect(await statusOf({ ...v1, isBase64Encoded: true })).toBe(400);
  for (const more of ['AA==', ' ', '\u0000']) {
    const text = Buffer.from(v2.body ?? '', 'base64').toString();
    expect(await statusOf({ ...v2, body: text + more, isBase64Encoded: false })).toBe(400);
  }
});

test('Nothing that it is about is sent a second time with it', async () => {
  const { statusOf, v1, v2 } = await captured();
  const target = 'AWSCognitoIdentityProviderService.DeleteUserPool';
  for (const [name, value] of [
    ['x-amz-target', target],
    ['X-Amz-Target', target],
    ['X-AMZ-TARGET', ''],
    ['host', 'localhost'],
    ['Host', 'evil.example'],
    ['x-amz-date', '20260901T000000Z'],
    ['X-Amz-Date', ''],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['authorization', 'AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=x'],
    ['X-Amz-Content-Sha256', 'UNSIGNED-PAYLOAD'],
    ['X-Amz-Security-Token', 'x'],
  ] as const) {
    const lists = listsOf(v1);
    const before = lists[name] ?? [];
    for (const multiValueHeaders of [
      { ...lists, [name]: [...before, value] },
      { ...lists, [name]: [value, ...before] },
    ]) {
      const status = await statusOf({ ...v1, multiValueHeaders });
      expect([name, value, status]).toEqual([name, value, 400]);
    }
  }
  const joined = { ...v2.headers, 'x-amz-target': `${v2.headers['x-amz-target']},${target}` };
  expect(await statusOf({ ...v2, headers: joined })).toBe(400);
});

test('It goes to no other operation, path, method or query', async () => {
  const { statusOf, v2 } = await captured();
  const { requestContext } = v2;
  for (const event of [
    { ...v2, headers: { ...v2.headers, 'x-amz-target': 'AWSCognitoIdentityProviderService.DeleteUserPool' } },
    { ...v2, rawPath: '/_iam/ListUsers' },
    { ...v2, rawPath: '//' },
    { ...v2, rawPath: '/.' },
    { ...v2, rawPath: '/_API/users' },
    { ...v2, rawQueryString: 'Action=DeleteUserPool' },
    { ...v2, rawQueryString: '__proto__=x' },
    { ...v2, rawQueryString: 'X-Amz-Signature=x' },
    { ...v2, rawQueryString: 'x-amz-signature=x' },
    { ...v2, rawQueryString: 'X-Amz-Expires=1' },
    { ...v2, requestContext: { ...requestContext, http: { ...requestContext.http, method: 'GET' } } },
    { ...v2, requestContext: { ...requestContext, http: { ...requestContext.http, method: 'post' } } },
  ]) {
    expect(await statusOf(event)).toBe(400);
  }
});

test('Its host is that which was signed, whatever the way says of itself', async () => {
  const { statusOf, v2 } = await captured();
  // Without a proof of the edge, nobody is believed about hosts.
  expect(await statusOf({ ...v2, headers: { ...v2.headers, 'x-viewer-host': 'evil.example' } })).toBe(200);
  const elsewhere = {
    ...v2.headers,
    host: 'evil.example',
    'x-viewer-host': 'localhost',
    'x-forwarded-host': 'localhost',
  };
  expect(await statusOf({ ...v2, headers: elsewhere })).toBe(400);
});
