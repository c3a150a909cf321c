/** What somebody can do at the edge who wants to be somewhere else, or somebody else, behind it. */
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { lambdaEntry } from '../../lambdas/core/pipeline/lambda-entry.ts';
import { rooms } from '../../lambdas/index.ts';
import { edgeFunctionSource } from '../../lib/edge-function.ts';
import { eventV2 } from '../support/gateway-events.ts';
import { startService } from '../support/start-service.ts';
import { jsonHeaders, requestOf, signature } from '../support/wire.ts';

interface Header {
  readonly value: string;
  readonly multiValue?: readonly Header[];
}

interface Passed {
  readonly statusCode?: number;
  readonly uri: string;
  readonly headers: Readonly<Record<string, Header>>;
}

const source = edgeFunctionSource();
const prefix = 'AWSCognitoIdentityProviderService.';

function atEdge(uri: string, method = 'POST', headers: Readonly<Record<string, Header>> = {}): Passed {
  const event = JSON.stringify({
    version: '1.0',
    context: { eventType: 'viewer-request', requestId: 'edge-request-id' },
    viewer: { ip: '198.51.100.7' },
    request: {
      method,
      uri,
      querystring: {},
      cookies: {},
      headers: { host: { value: 'pools.example.com' }, ...headers },
    },
  });
  const context = createContext({ event }, { codeGeneration: { strings: false, wasm: false } });
  return JSON.parse(runInContext(`${source}\nJSON.stringify(handler(JSON.parse(event)))`, context, { timeout: 1000 }));
}

const several = (...values: readonly string[]): Header => ({
  value: values[0] ?? '',
  multiValue: values.map((value) => ({ value })),
});

describe('A path between edge and gateway', () => {
  test.each([
    '/./_api/users',
    '/x/../_api/users',
    '/%2e/_iam/credentials',
    '/x/%2e%2e/_iam/credentials',
    '/x/..%2f_iam/credentials',
    '/%2f_api/users',
    '/%2F%5Fapi/users',
    '/\\_api/users',
    '/%5c_api/users',
    '//_api/users',
    '/x//_iam/credentials',
    '/_%61pi/users',
    '/_API/users',
    '/_iam/.well-known/jwks.json',
    '/x/.well-known/../../_iam/credentials',
  ])('is not reached as %s', (uri) => {
    for (const method of ['POST', 'post', 'GET', 'OPTIONS', 'PUT', 'BREW']) {
      expect(atEdge(uri, method).statusCode).toBe(403);
    }
  });

  test.each([
    '/eu-west-1_Ab1/.well-known/jwks.json',
    '/eu-west-1_Ab1/.well-known/openid-configuration',
    '/oauth2/token',
    '/login',
    '/saml2/idpresponse',
  ])('is not %s', (uri) => {
    expect(atEdge(uri, 'GET')).toMatchObject({ uri });
  });

  test.each([
    ['post', '/'],
    ['Post', '/'],
    ['PUT', '/'],
    ['POST', '//'],
    ['POST', '/?'],
    ['POST', ''],
  ])('is made of no other request: %s %s', (method, uri) => {
    expect(atEdge(uri, method, { 'x-amz-target': { value: `${prefix}SignUp` } }).uri).toBe(uri);
  });
});

describe('A target', () => {
  test.each([
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'pools',
    'for',
    'undefined',
    '__defineGetter__',
  ])('named %s leads nowhere but to a refusal', (name) => {
    expect(atEdge('/', 'POST', { 'x-amz-target': { value: prefix + name } }).uri).toBe('/_api/pools');
  });

  test('that was sent twice leads to the room of the first, which reads both as one and refuses', async () => {
    const both = several(`${prefix}SignUp`, `${prefix}AdminDeleteUser`);
    expect(atEdge('/', 'POST', { 'x-amz-target': both }).uri).toBe('/_api/account');
    for (const target of [`${prefix}SignUp,${prefix}AdminDeleteUser`, `${prefix}SignUp, ${prefix}SignUp`]) {
      expect(await inRoom('account', target)).toContain('UnknownOperationException');
    }
  });

  test.each([
    `${prefix}SignUp\tx`,
    `${prefix}SignUp;`,
    ` ${prefix} SignUp`,
    `${prefix}SignUp\u0000`,
    '.'.repeat(10_000),
  ])('is not read in two ways: %j', (value) => {
    expect(atEdge('/', 'POST', { 'x-amz-target': { value } }).uri).toBe('/_api/pools');
  });
});

/** What a function answers to an event that was led to it, however that came about. */
async function inRoom(room: keyof typeof rooms, target: string): Promise<string> {
  const request = requestOf({ headers: { ...jsonHeaders(''), 'x-amz-target': target, ...signature() }, body: '{}' });
  const { ports } = await startService();
  const entry = lambdaEntry(rooms[room], () => ports);
  return (await entry(eventV2({ ...request, path: `/_api/${room}` }), {})).body;
}

describe('Somebody in a room that is not that of the operation', () => {
  test('is told that there is none of that name', async () => {
    for (const [room, name] of [
      ['account', 'AdminDeleteUser'],
      ['pools', 'SignUp'],
      ['auth', 'DeleteUserPool'],
      ['pools', 'constructor'],
      ['users', '__proto__'],
    ] as const) {
      expect(await inRoom(room, prefix + name)).toContain('UnknownOperationException');
    }
  });
});

describe('What callers say of themselves', () => {
  test('is overwritten in each of its values, under each of its names', () => {
    const { headers } = atEdge('/', 'POST', {
      'x-viewer-host': several('evil.example', 'pools.example.com'),
      'x-viewer-ip': several('203.0.113.9', '10.0.0.1'),
    });
    expect([headers['x-viewer-host'], headers['x-viewer-ip']]).toEqual([
      { value: 'pools.example.com' },
      { value: '198.51.100.7' },
    ]);
  });
});
