/**
 * Carries requests to the embedded engine over kept connections, without the SDK.
 *
 * The engine is on loopback and checks no signature; what the SDK does for every request beside sending it (signing,
 * resolving endpoints, its chain of middlewares) would take several times the processor time of the request itself.
 */
import { Agent, type IncomingMessage, request } from 'node:http';
import type { Wire } from '../dynamodb/wire.ts';
import { connectionFailure, failureOf, WireFailure } from '../dynamodb/wire-failures.ts';
import { decodeAnswer, encodeRequest } from './engine-codec.ts';

/** More connections only wait in the engine, which writes one row at a time. */
const mostConnections = 32;
const answeringMs = 3000;
const patienceMs = 2000;

/** The engine refuses requests without this header, and looks no further. */
const headers = {
  'content-type': 'application/x-amz-json-1.0',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20200101T000000Z',
};

/** What the wire needs to know of an engine; one that somebody else runs is never restarted by us. */
export interface EngineAddress {
  readonly endpoint: string;
  readonly restarting?: () => Promise<void> | undefined;
}

export function engineWire({ endpoint, restarting = () => undefined }: EngineAddress): Wire {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true, maxSockets: mostConnections, timeout: answeringMs });

  const post = (name: string, body: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const options = {
        agent,
        host: hostname,
        port,
        method: 'POST',
        headers: {
          ...headers,
          'x-amz-target': `DynamoDB_20120810.${name}`,
          'content-length': Buffer.byteLength(body),
        },
      };
      const sent = request(options, (message) => readAnswer(message).then(resolve, reject));
      sent.on('timeout', () => sent.destroy(new TimedOut()));
      sent.on('error', reject);
      sent.end(body);
    });

  return {
    async send(name, input) {
      const body = JSON.stringify(encodeRequest(withoutToken(input)));
      const restart = restarting();
      if (restart !== undefined) await restartWithin(patienceMs, restart);
      const { status, text } = await post(name, body).catch((error) => {
        throw connectionFailure(error);
      });
      if (status !== 200) throw readFailure(status, text);
      // The engine answers in the shapes of the request's name.
      return decodeAnswer(JSON.parse(text)) as never;
    },
    close: () => agent.destroy(),
  };
}

/**
 * At each transaction that has a token, the engine looks through all tokens of the last ten minutes: the hundred
 * thousandth would cost ten times what the first one does. What a token is for, the marks on rows tell as well, and the
 * engine forgets its tokens when it dies, which is when answers get lost.
 */
function withoutToken<T extends object>(input: T): Omit<T, 'ClientRequestToken'> {
  const { ClientRequestToken: _token, ...rest }: T & { readonly ClientRequestToken?: unknown } = input;
  return rest;
}

/** Until the engine has its port again, anybody could have it. */
async function restartWithin(milliseconds: number, restart: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The engine is down')), milliseconds);
  });
  try {
    await Promise.race([restart, late]);
  } catch (cause) {
    throw new WireFailure('unreached', 'EngineDown', 'The engine is not running', { cause });
  } finally {
    clearTimeout(timer);
  }
}

class TimedOut extends Error {
  override readonly name = 'TimedOut';

  constructor() {
    super(`The engine did not answer within ${answeringMs} ms`);
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function readAnswer(message: IncomingMessage): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let text = '';
    message.setEncoding('utf8');
    message.on('data', (chunk: string) => {
      text += chunk;
    });
    message.on('error', reject);
    message.on('end', () => resolve({ status: message.statusCode ?? 0, text }));
  });
}

function readFailure(status: number, text: string) {
  const answer = readJson(text);
  const code = String(answer['__type'] ?? 'Unknown').replace(/^.*#/, '');
  const message = String(answer['message'] ?? answer['Message'] ?? `status ${status}`);
  // The engine writes these members as DynamoDB does.
  return failureOf({
    status,
    code,
    message,
    item: answer['Item'] as never,
    reasons: answer['CancellationReasons'] as never,
  });
}

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? { ...read } : {};
  } catch {
    return {};
  }
}
