/** What clients need to reach the front: trust in its certificate. */
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';

export interface RawCall {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export interface RawReply {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

export interface TrustingClient {
  readonly agent: Agent;
  /** Any request, headers as they are given. */
  send(url: string, call?: RawCall): Promise<RawReply>;
  /** As `fetch`, for libraries that take one. */
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
  close(): void;
}

export function trustingClient(ca: string): TrustingClient {
  const agent = new Agent({ ca, keepAlive: true });

  const send = (url: string, { method = 'GET', headers = {}, body = '' }: RawCall = {}): Promise<RawReply> =>
    new Promise((resolve, reject) => {
      const sent = request(
        url,
        { agent, method, headers: Object.fromEntries(Object.entries(headers).map(mutable)) },
        (reply) => {
          buffer(reply).then((bytes) => {
            resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: bytes.toString() });
          }, reject);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });

  return {
    agent,
    send,
    async fetch(url, { method = 'GET', headers, body } = {}) {
      const target = url instanceof Request ? url.url : String(url);
      const given = Object.fromEntries(new Headers(headers));
      const { status, headers: answered, text } = await send(target, { method, headers: given, body: bodyOf(body) });
      const pairs = Object.entries(answered).flatMap(([name, value]) =>
        [value ?? []].flat().map((one): [string, string] => [name, one]),
      );
      return new Response(status === 204 || status === 304 ? null : text, { status, headers: pairs });
    },
    close: () => agent.destroy(),
  };
}

const mutable = ([name, value]: [string, string | readonly string[]]): [string, string | string[]] => [
  name,
  typeof value === 'string' ? value : [...value],
];

function bodyOf(body: RequestInit['body']): string {
  if (body === undefined || body === null) return '';
  if (typeof body === 'string') return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new TypeError('A body of another kind');
}
