/** Events of API Gateway, in both formats, and requests of a socket become the same request. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { startGateway } from '../../lambdas/adapters/local/gateway.ts';
import type { ApiRequest } from '../../lambdas/core/model/api-request.ts';
import type { EventV2 } from '../../lambdas/core/pipeline/gateway-events.ts';
import { lambdaEntry } from '../../lambdas/core/pipeline/lambda-entry.ts';
import { normaliseEvent } from '../../lambdas/core/pipeline/normalise-event.ts';
import { requestEntry } from '../../lambdas/core/pipeline/request-entry.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';
import { storelessEntry, withHandle } from '../support/entries.ts';
import { eventV1, eventV2 } from '../support/gateway-events.ts';
import { jsonHeaders, type RawRequest, requestOf, signature, throughSocket } from '../support/wire.ts';

const requestId = '6b0c1f52-5f0e-4c7e-9c55-0d3f6a1f7a11';
const samples: Readonly<Record<string, RawRequest>> = {
  'the JSON form': {
    headers: { ...jsonHeaders('DescribeUserPool'), ...signature() },
    body: '{"UserPoolId":"us-east-1_Ab1","Name":"ünïcode 🎏"}',
  },
  'a missing content type': { headers: { 'x-amz-target': 'x' }, body: '{}' },
  'JSON that gateways take for text': { headers: { 'content-type': 'application/json' }, body: '{"a":"é"}' },
  'a form': { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'Action=A&b=%C3%A9+x' },
  'the query form': { method: 'GET', target: '/?Action=ListUsers&UserPoolId=a_b&x=1&x=2&empty=&e=%C3%A9' },
  cookies: { method: 'GET', target: '/login', headers: { cookie: 'a=1; b=2' } },
  'no body': { method: 'OPTIONS', headers: { origin: 'https://app.example' } },
};

const sameId = (request: ApiRequest): ApiRequest => ({ ...request, body: Uint8Array.from(request.body), requestId });

/** What a gateway on a socket hands to its entry. */
async function received(request: RawRequest): Promise<ApiRequest> {
  const seen: ApiRequest[] = [];
  const keep = async (request: ApiRequest) => {
    seen.push(request);
    return { status: 200, headers: {}, body: '' };
  };
  const everything = { covers: () => true, answer: keep };
  const gateway = await startGateway({ entry: keep, routes: [everything], port: 0, host: '127.0.0.1', onFault() {} });
  await throughSocket(gateway.port)(request);
  await gateway.close();
  const [first] = seen;
  if (first === undefined) throw new Error('The gateway handed nothing on');
  return first;
}

describe('The same request', () => {
  test.each(Object.keys(samples))('with %s is the same as event 2.0, as event 1.0 and from a socket', async (name) => {
    const sample: RawRequest = { ...samples[name], headers: { host: 'api.example', ...samples[name]?.headers } };
    const request = sameId({ ...requestOf(sample), viewerHost: 'api.example' });
    const overTls = { ...request, isSecure: true };
    const fromSocket = await received(sample);
    const { connection: _, 'content-length': __, ...headers } = fromSocket.headers;

    expect(sameId(normaliseEvent(eventV2(request), { requestId }))).toEqual(overTls);
    expect(sameId(normaliseEvent(eventV2(request, 'prod'), { requestId }))).toEqual(overTls);
    // Format 1.0 decodes the query, so that its spelling may differ.
    expect(sameId(normaliseEvent(eventV1(request), { requestId }))).toEqual({
      ...overTls,
      rawQuery: expect.any(String),
    });
    const { method, path, rawQuery, query, cookies, body, viewerHost, sourceIp } = sameId(fromSocket);
    const common = { method, path, rawQuery, query, cookies, body, viewerHost, sourceIp, headers, requestId };
    expect(common).toEqual(request);
  });

  test('keeps every byte of its body, whichever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        const request = sameId({ ...requestOf({ headers: jsonHeaders('SignUp') }), body, isSecure: true });
        expect(sameId(normaliseEvent(eventV2(request), { requestId }))).toEqual(request);
      }),
    );
  });

  test('joins headers that repeat by commas, on a socket too', async () => {
    const { request } = await import('node:http');
    const seen = new Promise<ApiRequest>((resolve, reject) => {
      const entry = async (arrived: ApiRequest) => {
        resolve(arrived);
        return { status: 200, headers: {}, body: '' };
      };
      startGateway({ entry, port: 0, host: '127.0.0.1', onFault: reject }).then((gateway) => {
        const headers = ['X-Amz-Meta', 'a', 'x-amz-meta', 'b', 'User-Agent', 'c', 'User-Agent', 'd', 'Host', 'h'];
        const sent = request({ port: gateway.port, host: '127.0.0.1', headers }, (answer) => {
          answer.resume().on('end', () => gateway.close());
        });
        sent.on('error', reject).end();
      }, reject);
    });
    const event = {
      ...eventV1(requestOf({})),
      multiValueHeaders: { 'X-Amz-Meta': ['a', 'b'], 'User-Agent': ['c', 'd'] },
    };

    expect((await seen).headers).toMatchObject({ 'x-amz-meta': 'a,b', 'user-agent': 'c,d' });
    expect(normaliseEvent(event, { requestId }).headers).toEqual({ 'x-amz-meta': 'a,b', 'user-agent': 'c,d' });
  });
});

describe('The edge', () => {
  const fromEdge = (proof: string): EventV2 => {
    const event = eventV2(requestOf({ headers: { host: 'abc.execute-api.example' } }));
    const headers = { 'x-viewer-host': 'auth.example', 'x-viewer-ip': '203.0.113.9', 'x-origin-verify': proof };
    return { ...event, rawPath: '/_api/pools', headers: { ...event.headers, ...headers } };
  };

  test('is believed when it proves itself', () => {
    expect(normaliseEvent(fromEdge('secret'), { requestId, originSecret: 'secret' })).toMatchObject({
      path: '/',
      viewerHost: 'auth.example',
      sourceIp: '203.0.113.9',
    });
  });

  test.each([
    ['with another secret', 'guess', 'secret'],
    ['with none to compare', 'secret', undefined],
  ])('is not believed %s', (_kind, proof, originSecret) => {
    expect(normaliseEvent(fromEdge(proof), { requestId, originSecret })).toMatchObject({
      viewerHost: 'abc.execute-api.example',
      sourceIp: '127.0.0.1',
    });
  });

  test.each([
    ['a request that came round it', 'guess', 403],
    ['a request that came through it', 'secret', 200],
  ])('is the only way in where there is one: %s', async (_kind, proof, status) => {
    const { ports } = storelessEntry();
    const rooms = lambdaEntry(
      withHandle(DescribeUserPool, async () => ({ UserPool: {} })),
      () => ({
        ...ports,
        originSecret: 'secret',
      }),
    );
    const pages = requestEntry(() => ({ status: 200, headers: {}, body: '' }), { originSecret: 'secret' });
    const event = fromEdge(proof);
    const asked = { ...event, headers: { ...event.headers, ...jsonHeaders('DescribeUserPool'), ...signature() } };
    const body = '{"UserPoolId":"us-east-1_Ab1"}';

    expect((await rooms({ ...asked, body, isBase64Encoded: false }, { awsRequestId: requestId })).statusCode).toBe(
      status,
    );
    expect((await pages(event, { awsRequestId: requestId })).statusCode).toBe(status);
  });
});

describe('A function without operations', () => {
  test('is handed the request of either format, and answers in the same', async () => {
    const seen: ApiRequest[] = [];
    const handler = requestEntry(async (request) => {
      seen.push(request);
      return { status: 302, headers: { Location: '/' }, cookies: ['a=1', 'b=2'], body: '' };
    });
    const request = requestOf({ method: 'GET', target: '/login?x=1', headers: { host: 'api.example' } });
    const answers = [
      await handler(eventV2(request), { awsRequestId: requestId }),
      await handler(eventV1(request), { awsRequestId: requestId }),
    ];

    expect(seen.map((each) => [each.path, each.rawQuery, each.requestId])).toEqual([
      ['/login', 'x=1', requestId],
      ['/login', 'x=1', requestId],
    ]);
    expect(answers[0]).toMatchObject({ statusCode: 302, cookies: ['a=1', 'b=2'] });
    expect(answers[1]).toMatchObject({ statusCode: 302, multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] } });
  });
});

describe('A function', () => {
  const { ports } = storelessEntry();
  const handler = lambdaEntry(
    withHandle(DescribeUserPool, async ({ UserPoolId }) => ({ UserPool: { Id: UserPoolId } })),
    () => ports,
  );
  const request = requestOf({
    headers: { ...jsonHeaders('DescribeUserPool'), ...signature() },
    body: '{"UserPoolId":"us-east-1_Ab1"}',
  });

  test('answers events of both formats, under the id of its invocation', async () => {
    for (const event of [eventV1(request), eventV2(request)]) {
      expect(await handler(event, { awsRequestId: requestId.toUpperCase() })).toMatchObject({
        statusCode: 200,
        headers: { 'x-amzn-RequestId': requestId, 'Content-Type': 'application/x-amz-json-1.1' },
        body: '{"UserPool":{"Id":"us-east-1_Ab1"}}',
        isBase64Encoded: false,
      });
    }
  });

  test('makes an id where the platform gives none', async () => {
    const { headers } = await handler(eventV2(request), {});

    expect(headers['x-amzn-RequestId']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
  });
});
