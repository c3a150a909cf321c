/** Functions behind something that speaks Lambda's Invoke API: a local runner, or a runtime with its emulator. */
import { isObject } from '../../../core/contract/is-object.ts';
import { TriggerBusy, type TriggerEvent, TriggerFailed, TriggerUnreachable } from '../../../core/ports/triggers.ts';
import { answerTooLong, longestAnswer } from '../../triggers/answer-bounds.ts';
import { type FunctionCaller, timedOut } from '../../triggers/patient-triggers.ts';
import { codeOf } from '../error-code.ts';
import { parseFunctionArn } from './function-arn.ts';

export interface InvokeApiOptions {
  /** How long (ms) somebody may take to accept what nobody waits for. */
  readonly timeout: number;
}

/** Every function at one address. */
export const atUrl = (url: string, options: InvokeApiOptions): FunctionCaller => invokeApi(() => url, options);

/** Each function under its name. */
export const atEndpoint = (endpoint: string, options: InvokeApiOptions): FunctionCaller =>
  invokeApi((arn) => {
    const { name, qualifier } = parseFunctionArn(arn) ?? {};
    // It becomes a part of the path, so it is a name and nothing else.
    if (name === undefined) throw new TriggerUnreachable('ResourceNotFoundException');
    const query = qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
    return `${endpoint}/2015-03-31/functions/${name}/invocations${query}`;
  }, options);

type InvocationType = 'RequestResponse' | 'Event';

function invokeApi(urlOf: (arn: string) => string, { timeout }: InvokeApiOptions): FunctionCaller {
  async function post(arn: string, event: TriggerEvent, type: InvocationType, signal: AbortSignal): Promise<Invoked> {
    const headers = { 'content-type': 'application/json', 'x-amz-invocation-type': type, ...signedFor(arn) };
    const request = { method: 'POST', headers, body: JSON.stringify(event), redirect: 'manual', signal } as const;
    try {
      const answer = await fetch(urlOf(arn), request);
      const text = await readBounded(answer);
      return { answer, text };
    } catch (cause) {
      throw failureOf(cause);
    }
  }
  return {
    async call(arn, event, signal) {
      return readAnswer(await post(arn, event, 'RequestResponse', signal));
    },
    async send(arn, event) {
      requireTaken(await post(arn, event, 'Event', AbortSignal.timeout(timeout)));
    },
  };
}

interface Invoked {
  readonly answer: Response;
  readonly text: string;
}

function readAnswer({ answer, text }: Invoked): unknown {
  requireTaken({ answer, text });
  const body = readJson(text);
  if (answer.headers.has('x-amz-function-error') || isFailure(body)) throw new TriggerFailed(wordsIn(body, text));
  return body;
}

/** The emulator of runtimes answers 200 to everything, and leaves the header out. */
const isFailure = (body: unknown): boolean =>
  isObject(body) &&
  typeof body['errorMessage'] === 'string' &&
  typeof body['errorType'] === 'string' &&
  body['response'] === undefined;

const wordsIn = (body: unknown, text: string): string =>
  isObject(body) && typeof body['errorMessage'] === 'string' ? body['errorMessage'] : text;

function requireTaken({ answer, text }: Invoked): void {
  if (answer.ok) return;
  const name = errorName(answer, readJson(text));
  throw answer.status === 429 ? new TriggerBusy(name) : new TriggerUnreachable(name);
}

const namesByStatus: Readonly<Record<number, string>> = {
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  413: 'RequestTooLargeException',
  429: 'TooManyRequestsException',
};

/** Callers read it: the name of an error, and nothing that could be more. */
function errorName({ headers, status }: Response, body: unknown): string {
  const [said = ''] = (headers.get('x-amzn-errortype') ?? '').split(':');
  const type = isObject(body) ? body['__type'] : undefined;
  const named = said || (typeof type === 'string' ? type.replace(/^.*#/, '') : '');
  return /^\w{1,64}$/.test(named) ? named : (namesByStatus[status] ?? 'ServiceException');
}

/** A connection that was not made, or cut; whether it was given up is for those who gave it up to say. */
function failureOf(cause: unknown): unknown {
  if (cause instanceof TriggerFailed || cause instanceof TriggerUnreachable) return cause;
  const name = cause instanceof Error ? cause.name : '';
  if (name === 'AbortError' || name === 'TimeoutError') return timedOut();
  const code = cause instanceof Error ? codeOf(cause.cause) : undefined;
  return new TriggerUnreachable(typeof code === 'string' ? code : 'ServiceException');
}

async function readBounded(answer: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body ?? []) {
    length += part.length;
    if (length > longestAnswer) throw new TriggerFailed(answerTooLong);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

/** Undefined for what is no JSON. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Runners check no signature, but some find the region and the account in it. */
function signedFor(arn: string): Readonly<Record<string, string>> {
  const region = parseFunctionArn(arn)?.region ?? 'us-east-1';
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
  const credential = `local/${day}/${region}/lambda/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    'x-amz-date': `${day}T000000Z`,
  };
}
