/** Stands in for API Gateway's IAM authorizer: recomputes each signature by itself, and keeps what it let through. */
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Later } from './later.ts';

/** The access key that is documented as an example, and good for nothing. */
export const ada = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

export const adaVariables = { AWS_ACCESS_KEY_ID: ada.id, AWS_SECRET_ACCESS_KEY: ada.secret };

export interface Recorded {
  readonly path: string;
  readonly body: unknown;
  /** Of the signature; absent where there is none. */
  readonly region: string | undefined;
  readonly token: string | undefined;
  readonly type: string | undefined;
}

export interface IamListener {
  readonly endpoint: string;
  readonly recorded: readonly Recorded[];
}

export type Answer = (recorded: Recorded, response: ServerResponse) => unknown;

/** Answers what a test says to whoever signed as Ada. */
export async function newListener(later: Later, answer: object | Answer, isOpen = false): Promise<IamListener> {
  const recorded: Recorded[] = [];
  const server = createServer((request, response) => void receive(request, response));
  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const region = signedRegion(request, body);
    if (region === undefined && !isOpen) {
      json(response, 403, { message: 'The request signature we calculated does not match.' });
      return;
    }
    const { 'x-amz-security-token': token, 'content-type': type } = request.headers;
    const kept = { path: request.url ?? '', body: readBody(body.toString()), region, token: token?.toString(), type };
    recorded.push(kept);
    if (typeof answer === 'function') await answer(kept, response);
    else json(response, 200, answer);
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  later(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, recorded };
}

export function json(response: ServerResponse, status: number, body: object, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** STS is asked in another form. */
const readBody = (text: string): unknown => (text.startsWith('{') ? JSON.parse(text) : text);

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const mac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** The region that the signature is for; `undefined` unless it is Ada's, for `execute-api`, and for this very request. */
function signedRegion({ method, url, headers }: IncomingMessage, body: Buffer): string | undefined {
  const form =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/execute-api\/aws4_request, SignedHeaders=(\S+), Signature=(\w+)$/;
  const [, id, day = '', region = '', names = '', signature] = form.exec(headers.authorization ?? '') ?? [];
  const required = [
    'content-type',
    'host',
    'x-amz-date',
    ...(headers['x-amz-security-token'] ? ['x-amz-security-token'] : []),
  ];
  if (id !== ada.id || required.some((name) => !names.split(';').includes(name))) return undefined;
  const lines = names.split(';').map((name) => `${name}:${headers[name]}\n`);
  const canonical = [method, url, '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${day}/${region}/execute-api/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [day, region, 'execute-api', 'aws4_request'].reduce<string | Buffer>(mac, `AWS4${ada.secret}`);
  return mac(key, text).toString('hex') === signature ? region : undefined;
}
