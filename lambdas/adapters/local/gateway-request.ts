/** Turns a request of a socket into the one that everything behind the gateway sees. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ApiRequest } from '../../core/model/api-request.ts';
import { joinHeaders, readCookies, readQuery } from '../../core/pipeline/request-parts.ts';

export function apiRequest(message: IncomingMessage, body: Uint8Array): ApiRequest {
  const { path, rawQuery } = readTarget(message.url ?? '/');
  const { cookie, headers } = readHeaders(message);
  return {
    method: message.method ?? 'GET',
    path,
    rawQuery,
    query: readQuery(rawQuery),
    headers,
    cookies: readCookies(cookie),
    body,
    viewerHost: headers['host'] ?? '',
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    isSecure: 'encrypted' in message.socket,
    requestId: randomUUID(),
  };
}

/** Without scheme and host, which clients of a proxy send along (RFC 9112, 3.2.2). */
function readTarget(target: string): { readonly path: string; readonly rawQuery: string } {
  const local = target.startsWith('/') ? target : target.replace(/^https?:\/\/[^/?]*/i, '') || '/';
  const at = local.indexOf('?');
  return at < 0 ? { path: local, rawQuery: '' } : { path: local.slice(0, at), rawQuery: local.slice(at + 1) };
}

interface Headers {
  readonly cookie: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

function readHeaders({ headers, rawHeaders }: IncomingMessage): Headers {
  // Node.js drops some of the headers that repeat and joins others with a blank; API Gateway does neither.
  const repeats = rawHeaders.length !== 2 * Object.keys(headers).length;
  const joined = repeats ? joinHeaders(pairsOf(rawHeaders)) : headers;
  // Only `set-cookie`, which no request has, would be a list.
  const { cookie, ...others } = joined as Readonly<Record<string, string>>;
  return { cookie, headers: others };
}

function* pairsOf(rawHeaders: readonly string[]): Generator<[name: string, value: string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) yield [rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''];
}
