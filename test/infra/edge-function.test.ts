/** The very source that CloudFront would run, in a context that has none of Node.js. */
import { createContext, runInContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { preflight } from '../../lambdas/core/pipeline/preflight.ts';
import { rooms } from '../../lambdas/index.ts';
import { edgeFunctionSource, mostBytes } from '../../lib/edge-function.ts';

interface HeaderValue {
  readonly value: string;
}

interface ViewerRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Readonly<Record<string, HeaderValue>>;
  readonly headers: Record<string, HeaderValue>;
}

interface ViewerAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, HeaderValue>>;
}

const source = edgeFunctionSource();

function atEdge(request: Partial<ViewerRequest>): ViewerRequest & ViewerAnswer {
  const event = {
    version: '1.0',
    context: { eventType: 'viewer-request', requestId: 'edge-request-id' },
    viewer: { ip: '198.51.100.7' },
    request: { method: 'POST', uri: '/', querystring: {}, cookies: {}, ...request },
  };
  const context = createContext({ event: JSON.stringify(event) });
  return JSON.parse(runInContext(`${source}\nJSON.stringify(handler(JSON.parse(event)))`, context));
}

const headers = (given: Readonly<Record<string, string>>): Record<string, HeaderValue> =>
  Object.fromEntries(Object.entries({ host: 'pools.example.com', ...given }).map(([name, value]) => [name, { value }]));

const calling = (target: string) => atEdge({ headers: headers({ 'x-amz-target': target }) });

/** What a function answers to the same question, by lower-case names. */
function ownPreflight(sent: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const request = { method: 'OPTIONS', headers: sent, requestId: 'own-request-id' };
  // The step reads no more of an exchange than this.
  const answer = preflight.before({ internal: { request } } as unknown as Parameters<typeof preflight.before>[0]);
  if (!answer || answer instanceof Promise) throw new Error('The step answers a preflight at once.');
  return Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name.toLowerCase(), value]));
}

const operations = Object.entries(rooms).flatMap(([room, table]) => Object.keys(table).map((name) => ({ name, room })));

describe('The function of the edge', () => {
  test('has room to spare below the 10 KB that CloudFront takes', () => {
    expect(Buffer.byteLength(source)).toBeLessThan(mostBytes);
  });

  test('leads each operation to its room', () => {
    expect(operations).toHaveLength(140);
    const reached = operations.map(({ name }) => calling(`AWSCognitoIdentityProviderService.${name}`).uri);
    expect(reached).toEqual(operations.map(({ room }) => `/_api/${room}`));
  });

  test.each([
    'AWSCognitoIdentityProviderService.Nothing',
    'AWSCognitoIdentityProviderService.SignUp SignIn',
    'AWSCognitoIdentityProviderService.constructor',
    'AWSCognitoIdentityProviderService.',
    'SignUp.',
    '',
    ' ',
  ])('leaves the target %j to a room that refuses it', (target) => {
    expect(calling(target).uri).toBe('/_api/pools');
  });

  test('reads what follows the first point, and leaves the rest of the target to the functions', () => {
    expect(calling('Anything.SignUp').uri).toBe('/_api/account');
    expect(calling('SignUp').uri).toBe('/_api/account');
    expect(calling('A.B.SignUp').uri).toBe('/_api/pools');
  });

  test('leads a call without a target to a room that says so', () => {
    expect(atEdge({ headers: headers({}) }).uri).toBe('/_api/pools');
  });

  test('overwrites what callers say about themselves', () => {
    const spoofed = headers({ 'x-viewer-host': 'evil.example', 'x-viewer-ip': '203.0.113.9' });
    const passed = atEdge({ headers: spoofed });
    expect(passed.headers['x-viewer-host']).toEqual({ value: 'pools.example.com' });
    expect(passed.headers['x-viewer-ip']).toEqual({ value: '198.51.100.7' });
    const page = atEdge({ method: 'GET', uri: '/eu-west-1_a/.well-known/jwks.json', headers: spoofed });
    expect(page.headers['x-viewer-host']).toEqual({ value: 'pools.example.com' });
  });

  test.each(['/_api/pools', '/_iam/credentials', '/_', '//_api/pools', '/%5Fapi/pools', '/%5fiam/x'])(
    'refuses the path %s, which is between edge and gateway',
    (uri) => {
      for (const method of ['POST', 'GET', 'OPTIONS']) {
        expect(atEdge({ method, uri, headers: headers({}) }).statusCode).toBe(403);
      }
    },
  );

  test.each([
    ['GET', '/'],
    ['POST', '/oauth2/token'],
    ['GET', '/eu-west-1_a/.well-known/openid-configuration'],
    ['OPTIONS', '/eu-west-1_a/.well-known/jwks.json'],
  ])('passes %s %s on as it is', (method, uri) => {
    expect(atEdge({ method, uri, headers: headers({ 'x-amz-target': 'A.SignUp' }) })).toMatchObject({ method, uri });
  });

  test.each([undefined, 'content-type,x-amz-target', 'X-Custom, authorization', ' , ,', 'x-a,x-b,x-a'])(
    'answers the preflight for %j with the headers of the functions themselves',
    (asked) => {
      const sent = asked === undefined ? {} : { 'access-control-request-headers': asked };
      const { statusCode, headers: answered } = atEdge({ method: 'OPTIONS', headers: headers(sent) });
      const { 'content-length': _, 'x-amzn-requestid': __, ...wanted } = ownPreflight(sent);
      expect(Object.fromEntries(Object.entries(answered).map(([name, { value }]) => [name, value]))).toEqual(wanted);
      expect(statusCode).toBe(200);
    },
  );

  test('repeats no header name that is none', () => {
    const asked = 'x-good,x-bad\r\nset-cookie: a=b,<script>,x"y';
    const { headers: answered } = atEdge({
      method: 'OPTIONS',
      headers: headers({ 'access-control-request-headers': asked }),
    });
    expect(answered['access-control-allow-headers']?.value).toMatch(/,x-good$/);
  });
});
