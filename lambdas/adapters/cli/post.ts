/** One POST to the service, and its answer: JSON, or a sentence that says why there is none. */
import { isObject } from '../../core/contract/is-object.ts';
import { type CannotDo, failed } from './cannot-do.ts';
import { printable } from './printable.ts';
import type { Answer } from './workplace.ts';

export interface Posted {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long (ms) to wait for the whole answer. */
  readonly patience: number;
}

export async function post(posted: Posted): Promise<Answer> {
  const { status, type, text } = await exchange(posted);
  const body = readJson(text);
  if (status < 200 || status > 299) throw refusalOf(status, { type, body });
  if (!body) throw failed(`${posted.url} answered with something else than JSON. Is it the endpoint of Millpond?`);
  return body;
}

interface Received {
  readonly status: number;
  /** Name of the error, where a gateway says it beside the body. */
  readonly type: string | null;
  readonly text: string;
}

async function exchange({ url, headers, body, patience }: Posted): Promise<Received> {
  try {
    // A signature is for one address: what is somewhere else is not what was meant.
    const init = { method: 'POST', headers, body, redirect: 'manual', signal: AbortSignal.timeout(patience) } as const;
    const answer = await fetch(url, init);
    return { status: answer.status, type: answer.headers.get('x-amzn-errortype'), text: await answer.text() };
  } catch (error) {
    throw unanswered(url, patience, error);
  }
}

/** Of what went wrong only the code is told: messages may quote headers, and tokens are among these. */
function unanswered(url: string, patience: number, error: unknown): CannotDo {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return failed(`${url} did not answer within ${patience / 1000} seconds.`);
  }
  const { cause } = error instanceof Error ? error : {};
  const code = isObject(cause) && typeof cause['code'] === 'string' ? cause['code'] : 'no connection';
  const hint = /SELF_SIGNED|LEAF_SIGNATURE|ISSUER_CERT/.test(code)
    ? '; name the file of its authority in NODE_EXTRA_CA_CERTS'
    : '';
  return failed(`${url} cannot be reached (${code})${hint}.`);
}

/** `undefined` where it is no JSON object. */
function readJson(text: string): Answer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

interface Refused {
  readonly type: string | null;
  readonly body: Answer | undefined;
}

/** In the form of the service, or of the gateway in front of it, which has no `__type` and writes `Message` at times. */
function refusalOf(status: number, { type, body = {} }: Refused): CannotDo {
  const said = body['message'] ?? body['Message'];
  const written = String(body['__type'] ?? type ?? '');
  const name = printable(written.replace(/^.*#/, '').replace(/:.*$/, '')) || `HTTP ${status}`;
  const sentence = typeof said === 'string' && said !== '' ? printable(said) : 'no reason was given';
  return failed(`${name}: ${sentence}${body['__type'] === undefined ? hintFor(status) : ''}`);
}

/** Where the gateway answered, the service was never asked. */
function hintFor(status: number): string {
  if (status === 403) return ' (IAM has to allow execute-api:Invoke on this route to whoever signs)';
  if (status === 404 || (status >= 300 && status < 400)) return ' (is it the endpoint of Millpond?)';
  return '';
}
