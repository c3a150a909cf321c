/** Answers one request of a socket: the API by its entry, every other path by its route. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiRequest } from '../../core/model/api-request.ts';
import type { Answer } from '../../core/pipeline/gateway-events.ts';
import { readBody } from './gateway-body.ts';
import { apiRequest } from './gateway-request.ts';
import { gatewayAnswer, type Route } from './gateway-route.ts';

export interface ListenerParts {
  /** Answers the API: what is addressed to `/`, or names a target. */
  readonly entry: (request: ApiRequest) => Promise<Answer>;
  readonly routes: readonly Route[];
  /** Told of what neither the entry nor a route could answer. */
  readonly onFault: (fault: unknown) => void;
  /** Aborts when the gateway closes. */
  readonly closing: AbortSignal;
}

export type Listener = (message: IncomingMessage, response: ServerResponse) => Promise<void>;

/** As API Gateway does, which waits for a function no longer than this. */
const longestMs = 29_000;

export function listener(parts: ListenerParts): Listener {
  return async (message, response) => {
    const body = await readBody(message);
    if (body === undefined) return;
    try {
      const answer = await answerOf(parts, message, response, body.bytes);
      write(response, answer, body.isComplete && !parts.closing.aborted);
    } catch (fault) {
      // An answer that HTTP cannot carry, say for a character in a header.
      parts.onFault(fault);
      response.destroy();
    }
  };
}

async function answerOf(
  parts: ListenerParts,
  message: IncomingMessage,
  response: ServerResponse,
  body: Uint8Array,
): Promise<Answer> {
  try {
    const request = apiRequest(message, body);
    const route = parts.routes.find(({ covers }) => covers(request.path, request));
    if (route) return await route.answer({ ...request, ...beside(message, response, parts.closing) });
    if (request.path !== '/' && request.headers['x-amz-target'] === undefined) return gatewayAnswer(404, 'Not Found');
    return await inTime(parts.entry(request));
  } catch (fault) {
    parts.onFault(fault);
    return gatewayAnswer(500, 'Internal Server Error');
  }
}

/** What only routes need. */
function beside({ url, socket }: IncomingMessage, response: ServerResponse, closing: AbortSignal) {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return {
    target: url ?? '/',
    remoteAddress: socket.remoteAddress,
    signal: AbortSignal.any([gone.signal, closing]),
  };
}

function inTime(answer: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(gatewayAnswer(503, 'Service Unavailable')), longestMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A connection whose request was not read to its end cannot carry another one. */
function write(response: ServerResponse, { status, headers, cookies, body }: Answer, isKept: boolean): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    ...headers,
    ...(status !== 204 && status !== 304 && { 'Content-Length': Buffer.byteLength(body) }),
    ...(cookies && { 'Set-Cookie': [...cookies] }),
    ...(!isKept && { Connection: 'close' }),
  });
  response.end(body);
}
