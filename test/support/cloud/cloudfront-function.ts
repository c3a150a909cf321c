/** Executes the source of a CloudFront Function, with events and limits of its runtime. */
import vm from 'node:vm';
import { type Header, headerOf, type WebAnswer, type WebRequest } from './web.ts';

interface Value {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
}

type Valued = Readonly<Record<string, Value>>;

export interface FunctionRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Valued;
  readonly headers: Valued;
  readonly cookies: Valued;
}

interface FunctionAnswer {
  readonly statusCode: number;
  readonly headers?: Valued;
  readonly body?: string | { readonly data: string; readonly encoding: 'text' | 'base64' };
}

/** What is done with a request: it goes on, changed, or is answered here. */
export type Verdict = { readonly request: WebRequest } | { readonly answer: WebAnswer };

export type ViewerFunction = (request: WebRequest) => Promise<Verdict>;

/** For a source that is larger, the deployment fails (bytes). */
const mostBytes = 10 * 1024;
/** Of processor time: far more than the share that the service grants. */
const mostMs = 100;

/** Functions may neither change these nor add them ("Restrictions on edge functions", CloudFront developer guide). */
const disallowed =
  /^(connection|expect|keep-alive|proxy-(authenticate|authorization|connection)|trailer|upgrade|x-accel-(buffering|charset|limit-rate|redirect)|x-amz-cf-.*|x-amzn-(auth|cf-billing|cf-id|cf-xff|errortype|fle-profile|header-count|header-order|lambda-integration-tag|requestid)|x-cache|x-edge-.*|x-forwarded-proto|x-real-ip)$/;
/** As well, at a viewer's request. */
const readOnly = /^(content-length|host|transfer-encoding|via)$/;

/** `mostMsWaited`: by the clock, which runs on while a busy machine does something else. */
export function viewerFunction(
  source: string,
  distribution: { readonly id: string; readonly host: string },
  mostMsWaited = 5_000,
): ViewerFunction {
  if (Buffer.byteLength(source) > mostBytes) throw new Error('The function is larger than CloudFront takes');
  // Each execution begins anew; nothing but the language is there, and strings make no code.
  const script = new vm.Script(`${source}\n;handler(JSON.parse(event));`, { filename: 'viewer-request.js' });

  return async (request) => {
    const given = requestOf(request);
    const event = {
      version: '1.0',
      context: {
        distributionDomainName: distribution.host,
        distributionId: distribution.id,
        eventType: 'viewer-request',
        requestId: crypto.randomUUID(),
      },
      viewer: { ip: request.sourceIp },
      request: given,
    };
    const context = vm.createContext(
      { event: JSON.stringify(event), console: { log() {} } },
      { codeGeneration: { strings: false, wasm: false } },
    );
    const before = process.threadCpuUsage();
    const running = script.runInContext(context, { timeout: mostMsWaited });
    requireQuick(process.threadCpuUsage(before));
    // In JSON, as it leaves the runtime.
    const result: FunctionRequest | FunctionAnswer = JSON.parse(JSON.stringify(await running));
    if ('statusCode' in result) return { answer: answerOf(result) };
    requireUntouched(given, result);
    return { request: changed(request, result) };
  };
}

function requestOf(request: WebRequest): FunctionRequest {
  const names = new Set(request.headers.map(([name]) => name.toLowerCase()));
  names.delete('cookie');
  const cookies = (headerOf(request, 'cookie') ?? '').split(/; */).filter(Boolean);
  const pairs = request.query.split('&').filter(Boolean);
  return {
    method: request.method,
    uri: request.path,
    querystring: valued(pairs.map((pair) => splitPair(pair))),
    headers: valued(
      request.headers
        .filter(([name]) => name.toLowerCase() !== 'cookie')
        .map(([name, value]) => [name.toLowerCase(), value]),
    ),
    cookies: valued(cookies.map((pair) => splitPair(pair))),
  };
}

const splitPair = (pair: string): Header => {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
};

function valued(pairs: readonly Header[]): Valued {
  const byName = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, all]) => {
      const values = all.map(([, value]) => ({ value }));
      return [name, { value: values[0]?.value ?? '', ...(values.length > 1 && { multiValue: values }) }];
    }),
  );
}

const pairsOf = (values: Valued): readonly Header[] =>
  Object.entries(values).flatMap(([name, { value, multiValue }]) =>
    (multiValue ?? [{ value }]).map((one): Header => [name, one.value]),
  );

/** Microseconds. */
function requireQuick({ user, system }: NodeJS.CpuUsage): void {
  const used = (user + system) / 1000;
  if (used > mostMs) throw new Error(`The function took ${used} ms of processor time`);
}

function requireUntouched(before: FunctionRequest, after: FunctionRequest): void {
  if (after.method !== before.method) throw new Error('The function changes the method');
  if (!after.uri.startsWith('/')) throw new Error(`The function makes no path: ${after.uri}`);
  const names = new Set([...Object.keys(before.headers), ...Object.keys(after.headers)]);
  for (const name of names) {
    if (name !== name.toLowerCase()) throw new Error(`The function names a header in capitals: ${name}`);
    if (
      (disallowed.test(name) || readOnly.test(name)) &&
      JSON.stringify(before.headers[name]) !== JSON.stringify(after.headers[name])
    ) {
      throw new Error(`The function changes the header ${name}`);
    }
  }
}

function changed(request: WebRequest, { uri, querystring, headers, cookies }: FunctionRequest): WebRequest {
  const jar = pairsOf(cookies).map(([name, value]) => `${name}=${value}`);
  return {
    ...request,
    path: uri,
    query: pairsOf(querystring)
      .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
      .join('&'),
    headers: [...pairsOf(headers), ...(jar.length > 0 ? [['cookie', jar.join('; ')] as const] : [])],
  };
}

/** The service answers 502 in place of what is refused here. */
function answerOf({ statusCode, headers = {}, body = '' }: FunctionAnswer): WebAnswer {
  const bad = Object.keys(headers).find((name) => disallowed.test(name) || name !== name.toLowerCase());
  if (bad !== undefined) throw new Error(`The function answers with the header ${bad}`);
  const bytes =
    typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.data, body.encoding === 'text' ? 'utf8' : 'base64');
  return { status: statusCode, headers: pairsOf(headers), body: bytes };
}
