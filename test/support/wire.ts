/** Sends requests to the byte: into the pipeline inside this process, or through a socket. */
import { request as openRequest } from 'node:http';
import { request as openTlsRequest } from 'node:https';
import type { ApiRequest } from '../../lambdas/core/model/api-request.ts';
import type { Answer } from '../../lambdas/core/pipeline/gateway-events.ts';
import { readCookies, readQuery } from '../../lambdas/core/pipeline/request-parts.ts';

export interface RawRequest {
  readonly method?: string;
  /** Path and query. */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The body as JSON; undefined when it is empty. */
  readonly json: unknown;
}

export type Wire = (request: RawRequest) => Promise<RawAnswer>;

let requests = 0;

/** What a socket would have made of it. */
export function requestOf({ method = 'POST', target = '/', headers = {}, body = '' }: RawRequest): ApiRequest {
  const [path = '/', rawQuery = ''] = target.split('?', 2);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const { cookie, ...others } = lower;
  requests += 1;
  return {
    method,
    path,
    rawQuery,
    query: readQuery(rawQuery),
    headers: { host: 'localhost', ...others },
    cookies: readCookies(cookie),
    body: typeof body === 'string' ? Buffer.from(body) : body,
    viewerHost: others['host'] ?? 'localhost',
    sourceIp: '127.0.0.1',
    requestId: `00000000-0000-4000-8000-${requests.toString(16).padStart(12, '0')}`,
  };
}

export const inProcess =
  (entry: (request: ApiRequest) => Promise<Answer>): Wire =>
  async (request) => {
    const { status, headers, body } = await entry(requestOf(request));
    return answerOf(status, Object.entries(headers), body);
  };

/** To a server of this machine. */
export const throughSocket = (port: number): Wire => throughEndpoint(`http://127.0.0.1:${port}`);

export const throughEndpoint =
  (endpoint: string): Wire =>
  ({ method = 'POST', target = '/', headers = {}, body = '' }) =>
    new Promise((resolve, reject) => {
      const bytes = Buffer.from(body);
      const length = { 'content-length': String(bytes.length) };
      const open = endpoint.startsWith('https:') ? openTlsRequest : openRequest;
      const sent = open(endpoint, { method, path: target, headers: { ...length, ...headers } });
      sent.on('error', reject);
      sent.on('response', async (answer) => {
        try {
          const chunks: Buffer[] = await answer.toArray();
          const pairs = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
          resolve(answerOf(answer.statusCode ?? 0, pairs, Buffer.concat(chunks).toString()));
        } catch (error) {
          reject(error);
        }
      });
      sent.end(bytes);
    });

function answerOf(status: number, headers: readonly (readonly [string, string])[], body: string): RawAnswer {
  const lower = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  return { status, headers: lower, body, json: body.startsWith('{') ? JSON.parse(body) : undefined };
}

/** The headers of a JSON request for an operation. */
export const jsonHeaders = (operation: string): Record<string, string> => ({
  'content-type': 'application/x-amz-json-1.1',
  'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
});

/** A signature that says who signed and for which region; where signatures are checked, it fails. */
export const signature = (region = 'us-east-1'): Record<string, string> => ({
  authorization:
    `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/${region}/cognito-idp/aws4_request, ` +
    `SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
});
