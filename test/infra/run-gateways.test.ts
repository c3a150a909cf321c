/** The stand-ins of API Gateway: their events, their choice of route, their authorizer. */
import { describe, expect, test } from 'vitest';
import type { ApiRequest } from '../../lambdas/core/model/api-request.ts';
import type { GatewayEvent } from '../../lambdas/core/pipeline/gateway-events.ts';
import { normaliseEvent } from '../../lambdas/core/pipeline/normalise-event.ts';
import { findRoute } from '../support/cloud/http-api.ts';
import { httpAnswer, httpEvent } from '../support/cloud/http-event.ts';
import { iamAuthorizer } from '../support/cloud/iam-authorizer.ts';
import { iamClient } from '../support/cloud/iam-client.ts';
import { iamPeople } from '../support/cloud/iam-people.ts';
import { findMethod } from '../support/cloud/rest-api.ts';
import { restAnswer, restEvent } from '../support/cloud/rest-event.ts';
import { holds } from '../support/cloud/routing-rules.ts';
import type { TrustingClient } from '../support/cloud/trusting-client.ts';
import { type Header, headerOf, type WebRequest } from '../support/cloud/web.ts';
import { eventV1, eventV2 } from '../support/gateway-events.ts';

const request = (changes: Partial<WebRequest> = {}): WebRequest => ({
  method: 'POST',
  path: '/',
  query: '',
  headers: [
    ['Host', 'pools.example.com'],
    ['Content-Type', 'application/x-amz-json-1.1'],
  ],
  body: Buffer.from('{"a":"ä"}'),
  sourceIp: '203.0.113.9',
  ...changes,
});

const at = Date.UTC(2026, 8, 1, 12, 30, 5);

const eventOf = (sent: WebRequest, caller = undefined as Parameters<typeof httpEvent>[1]['caller']) =>
  httpEvent(sent, {
    account: '111122223333',
    apiId: 'abc',
    stage: '$default',
    domainName: 'pools.example.com',
    route: { key: 'POST /', pathParameters: {} },
    caller,
    at,
  });

const restEventOf = (sent: WebRequest) =>
  restEvent(sent, {
    account: '111122223333',
    apiId: 'abc',
    stage: 'live',
    domainName: 'pools.example.com',
    resourcePath: '/{proxy+}',
    pathParameters: null,
    fullPath: sent.path,
    caller: undefined,
    at,
  });

describe('Events', () => {
  const sent: readonly WebRequest[] = [
    request(),
    request({ headers: [...request().headers, ['X-Twice', 'a'], ['x-twice', 'b'], ['Cookie', 'k=v; l=w']] }),
    request({ method: 'GET', path: '/p/.well-known/jwks.json', query: 'a=b%20c&a=d&e', body: Buffer.alloc(0) }),
    request({
      headers: [
        ['Host', 'h'],
        ['content-type', 'application/json; charset=utf-8'],
      ],
    }),
    request({
      headers: [
        ['Host', 'h'],
        ['content-type', 'application/x-www-form-urlencoded'],
      ],
      body: Buffer.from('a=b'),
    }),
    request({ headers: [['Host', 'h']], body: Buffer.from([0xff, 0, 0x80]) }),
  ];

  /** Gateways add headers of their own, which these requests do not have. */
  const own = /^(content-length|x-amzn-trace-id|x-forwarded-(for|port|proto))$/i;
  const normalise = (event: unknown): ApiRequest => {
    const normal = normaliseEvent(event as GatewayEvent, { requestId: 'r' });
    return {
      ...normal,
      headers: Object.fromEntries(Object.entries(normal.headers).filter(([name]) => !own.test(name))),
    };
  };

  test.each(sent)('of HTTP APIs say the same as those that the pipeline is tested with ($#)', (one) => {
    const normal = normalise(eventOf(one));
    expect(normalise(eventV2(normal))).toEqual(normal);
    expect(normal).toMatchObject({ method: one.method, path: one.path, rawQuery: one.query, sourceIp: one.sourceIp });
    expect(Buffer.from(normal.body)).toEqual(one.body);
  });

  test.each(sent.slice(0, 5))('of REST APIs say the same as those that the pipeline is tested with ($#)', (one) => {
    const normal = normalise(restEventOf(one));
    expect(normalise(eventV1(normal))).toEqual(normal);
    expect(normal.query).toEqual(normalise(eventOf(one)).query);
    expect(Buffer.from(normal.body)).toEqual(one.body);
  });

  test('of HTTP APIs have the shape of payload format 2.0', () => {
    const event = eventOf(request({ headers: [...request().headers, ['Cookie', 'k=v; l=w']], query: 'a=1&a=2' }));
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /',
      rawPath: '/',
      rawQueryString: 'a=1&a=2',
      queryStringParameters: { a: '1,2' },
      cookies: ['k=v', 'l=w'],
      headers: { host: 'pools.example.com', 'content-length': '10', 'x-forwarded-for': '203.0.113.9' },
      body: Buffer.from('{"a":"ä"}').toString('base64'),
      isBase64Encoded: true,
      requestContext: {
        accountId: '111122223333',
        apiId: 'abc',
        domainName: 'pools.example.com',
        domainPrefix: 'pools',
        http: { method: 'POST', path: '/', protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: '' },
        stage: '$default',
        time: '01/Sep/2026:12:30:05 +0000',
        timeEpoch: at,
      },
    });
    expect(event).not.toHaveProperty('requestContext.authorizer');
    expect(event).not.toHaveProperty('pathParameters');
    expect(event).not.toHaveProperty('headers.cookie');
  });

  test('of HTTP APIs name who signed', () => {
    const { administrator } = iamPeople('111122223333');
    expect(eventOf(request(), administrator)).toMatchObject({
      requestContext: {
        authorizer: { iam: { accountId: '111122223333', userArn: administrator.arn, userId: administrator.userId } },
      },
    });
  });

  test('of REST APIs lack what the gateway drops', () => {
    const headers: readonly Header[] = [
      ['Host', 'h'],
      ['Content-Length', '3'],
      ['Expect', 'x'],
      ['X-Kept', 'y'],
    ];
    const event = restEventOf(request({ headers }));
    expect(Object.keys(event['headers'] as object).toSorted()).toEqual([
      'Host',
      'X-Amzn-Trace-Id',
      'X-Forwarded-For',
      'X-Forwarded-Port',
      'X-Forwarded-Proto',
      'X-Kept',
    ]);
  });
});

describe('Answers', () => {
  test('of HTTP APIs carry cookies and bytes', () => {
    const answer = httpAnswer({
      statusCode: 201,
      headers: { 'X-A': 'b' },
      cookies: ['a=1', 'b=2'],
      body: 'AAE=',
      isBase64Encoded: true,
    });
    expect(answer).toMatchObject({ status: 201, body: Buffer.from([0, 1]) });
    expect(answer?.headers).toEqual(
      expect.arrayContaining([
        ['x-a', 'b'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ]),
    );
    expect(httpAnswer({ body: 'x' })).toBeUndefined();
    expect(httpAnswer(null)).toBeUndefined();
  });

  test('of REST APIs travel under other names where the gateway keeps one for itself', () => {
    const answer = restAnswer({
      statusCode: 401,
      headers: { 'WWW-Authenticate': 'Bearer', 'x-amzn-RequestId': 'r' },
      body: '',
    });
    expect(answer?.headers).toEqual(
      expect.arrayContaining([
        ['x-amzn-remapped-WWW-Authenticate', 'Bearer'],
        ['x-amzn-remapped-x-amzn-RequestId', 'r'],
      ]),
    );
    expect(answer?.headers.map(([name]) => name.toLowerCase())).not.toContain('www-authenticate');
  });
});

describe('Routes', () => {
  const routes = [
    '$default',
    'ANY /a/{proxy+}',
    'GET /a/{proxy+}',
    'GET /a/b',
    'POST /',
    'GET /{x}/.well-known/{proxy+}',
  ].map((key) => {
    const [method = '', path = ''] = key.split(' ');
    return {
      key,
      method,
      segments: path.split('/'),
      isGreedy: path.endsWith('+}'),
      integrationUri: '',
      asksIam: false,
    };
  });
  test.each([
    ['GET', '/a/b', 'GET /a/b', {}],
    ['GET', '/a/b/c', 'GET /a/{proxy+}', { proxy: 'b/c' }],
    ['PUT', '/a/b', 'ANY /a/{proxy+}', { proxy: 'b' }],
    ['GET', '/a', '$default', {}],
    ['POST', '/', 'POST /', {}],
    ['GET', '/', '$default', {}],
    ['GET', '/p/.well-known/jwks.json', 'GET /{x}/.well-known/{proxy+}', { x: 'p', proxy: 'jwks.json' }],
    ['GET', '//.well-known/jwks.json', '$default', {}],
  ])('%s %s goes to %s', (method, path, key, pathParameters) => {
    expect(findRoute(routes, { method, path })).toMatchObject({ route: { key }, pathParameters });
  });

  test('of REST APIs prefer what is literal', () => {
    const methods = ['/', '/{proxy+}', '/_iam/credentials', '/{a}/{b}'].map((path) => ({
      path,
      segments: path.split('/'),
      httpMethod: 'ANY',
      uri: '',
      asksIam: false,
    }));
    const pathOf = (path: string) => findMethod(methods, { method: 'GET', path })?.path;
    expect(['/', '/x', '/_iam/credentials', '/x/y', '/x/y/z'].map(pathOf)).toEqual([
      '/',
      '/{proxy+}',
      '/_iam/credentials',
      '/{a}/{b}',
      '/{proxy+}',
    ]);
  });
});

describe('Routing rules', () => {
  const target = 'AWSCognitoIdentityProviderService.InitiateAuth';
  const matches = (ValueGlob: string, value = target): boolean =>
    holds(
      { MatchHeaders: { AnyOf: [{ Header: 'x-amz-target', ValueGlob }] } },
      request({ headers: [['X-Amz-Target', value]] }),
    );

  test('match values with regard to case, names without it', () => {
    expect(
      [target, '*InitiateAuth', 'AWS*', '*Identity*', '*initiateauth', '*Initiate', 'Initiate*'].map((glob) =>
        matches(glob),
      ),
    ).toEqual([true, true, true, true, false, false, false]);
    expect(holds({ MatchHeaders: { AnyOf: [{ Header: 'x-amz-target', ValueGlob: '*' }] } }, request())).toBe(false);
  });

  test('match base paths by whole parts', () => {
    const under = (path: string) => holds({ MatchBasePaths: { AnyOf: ['_iam'] } }, request({ path }));
    expect(['/_iam', '/_iam/credentials', '/_iamx', '/x/_iam'].map(under)).toEqual([true, true, false, false]);
  });
});

describe('The IAM authorizer', () => {
  const people = iamPeople('111122223333');
  const now = () => at;
  const authorize = iamAuthorizer({ callers: Object.values(people), region: 'eu-west-1', now });
  const arn = 'arn:aws:execute-api:eu-west-1:111122223333:abc/$default/POST/_iam/credentials';

  /** What the SDK's own signer makes of a call. */
  async function signed(
    caller = people.administrator,
    { region = 'eu-west-1', at: when = at } = {},
  ): Promise<WebRequest> {
    let seen: WebRequest | undefined;
    const send: TrustingClient['send'] = async (url, { headers = {}, body = '' } = {}) => {
      const named = Object.entries(headers).map(([name, value]): Header => [name, String(value)]);
      seen = request({ path: new URL(url).pathname, headers: named, body: Buffer.from(body) });
      return { status: 200, headers: {}, text: '' };
    };
    const client = { send } as TrustingClient;
    const credentialsEndpoint = 'https://pools.example.com/_iam/credentials';
    await iamClient({ client, credentialsEndpoint, region, now: () => when })('credentials', { a: 1 }, caller);
    if (seen === undefined) throw new Error('Nothing was sent');
    return seen;
  }

  test('knows who signed, with and without a session', async () => {
    expect(authorize(await signed(), arn)).toBe(people.administrator);
    expect(authorize(await signed(people.stranger), arn)).toBe(people.stranger);
  });

  test('refuses who is allowed nothing', async () => {
    expect(authorize(await signed(people.visitor), arn)).toBeUndefined();
  });

  test('refuses a request that was changed, in whatever part', async () => {
    const good = await signed();
    const other = (name: string, value: string): WebRequest => ({
      ...good,
      headers: good.headers.map(([one, before]): Header => [one, one.toLowerCase() === name ? value : before]),
    });
    const changed: readonly WebRequest[] = [
      { ...good, method: 'PUT' },
      { ...good, path: '/_iam/CreatePrincipal' },
      { ...good, query: 'a=b' },
      { ...good, body: Buffer.from('{"a":2}') },
      other('host', 'other.example.com'),
      other('x-amz-security-token', 'another'),
      other(
        'authorization',
        String(headerOf(good, 'authorization')).replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
      other('authorization', String(headerOf(good, 'authorization')).replace('execute-api', 'cognito-idp')),
      { ...good, headers: good.headers.filter(([name]) => name !== 'authorization') },
    ];
    for (const one of changed) expect(authorize(one, arn)).toBeUndefined();
    expect(authorize(good, arn)).toBeDefined();
  });

  test('refuses another region, and another time', async () => {
    expect(authorize(await signed(undefined, { region: 'eu-west-2' }), arn)).toBeUndefined();
    expect(authorize(await signed(undefined, { at: at - 6 * 60_000 }), arn)).toBeUndefined();
  });
});
