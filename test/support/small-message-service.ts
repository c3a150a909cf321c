/** What the small SES, SNS and Lambda share: a server on this machine, its calls, refusals, faults on demand. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One question to the policy of a role; a request may raise several. */
export interface MessageCall {
  readonly accessKeyId: string;
  /** As in a policy: `ses:SendEmail`. */
  readonly action: string;
  /** An ARN, or `*` where the service knows none. */
  readonly resource: string;
}

export interface AnsweredMessageCall extends MessageCall {
  /** `ok`, or the name of the error. */
  readonly outcome: string;
}

export interface SmallServiceOptions {
  /** That the callers belong to. */
  readonly account?: string;
  /** Hears of each call; `denied` is answered with the service's refusal. */
  readonly onCall?: (call: MessageCall) => 'denied' | undefined | void | Promise<'denied' | undefined | void>;
}

/** An error as the service names it. */
export class ServiceRefusal extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface SmallService {
  readonly url: string;
  /** All calls so far, eldest first. */
  readonly calls: readonly AnsweredMessageCall[];
  /** The next requests fail with this error instead of being done. */
  fail(times: number, refusal: ServiceRefusal): void;
  /** The next requests find the connection closed instead of an answer. */
  hangUp(times: number): void;
  close(): Promise<void>;
}

/** A request whose signature names its caller; the signature itself is taken on trust. */
export interface SignedRequest {
  readonly method: string;
  readonly path: string;
  readonly region: string;
  readonly account: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How the one or the other speaks. */
export interface Dialect {
  /** The name that requests are signed for. */
  readonly service: string;
  /** What the caller must be allowed, or a refusal. Called once for each request. */
  read(request: SignedRequest): {
    readonly needs: readonly Omit<MessageCall, 'accessKeyId'>[];
    perform(): Answer | Promise<Answer>;
  };
  denied(call: MessageCall): ServiceRefusal;
  refuse(refusal: ServiceRefusal): Answer;
}

interface State {
  readonly dialect: Dialect;
  readonly options: SmallServiceOptions;
  readonly calls: AnsweredMessageCall[];
  readonly faults: (ServiceRefusal | 'hang up')[];
}

export async function startSmallService(dialect: Dialect, options: SmallServiceOptions): Promise<SmallService> {
  const state: State = { dialect, options, calls: [], faults: [] };
  const server = createServer((request, response) => void serve(state, request, response));
  const url = await listen(server);
  return {
    url,
    calls: state.calls,
    fail: (times, refusal) => void state.faults.push(...Array<ServiceRefusal>(times).fill(refusal)),
    hangUp: (times) => void state.faults.push(...Array<'hang up'>(times).fill('hang up')),
    close: () => close(server),
  };
}

/** What a service can be made to answer, by the name of the error: its status, its words, and its code where the name is not it. */
export type Faults<Name extends string> = Readonly<
  Record<Name, readonly [status: number, text: string, code?: string]>
>;

/** `fail` by name; `usual` where none is given. */
export const failingBy =
  <Name extends string>(service: Pick<SmallService, 'fail'>, faults: Faults<Name>, usual: NoInfer<Name>) =>
  (times: number, name: Name = usual): void => {
    const [status, text, code = name] = faults[name];
    service.fail(times, new ServiceRefusal(code, text, status));
  };

export const xmlAnswer = (status: number, body: string): Answer => ({
  status,
  headers: { 'Content-Type': 'text/xml' },
  body,
});

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  const fault = state.faults.shift();
  if (fault === 'hang up') {
    request.socket.destroy();
    return;
  }
  const { status, headers, body: answered } = await answer(state, request, body, fault);
  response.writeHead(status, { ...headers, 'x-amzn-RequestId': crypto.randomUUID() }).end(answered);
}

async function answer(
  { dialect, options, calls }: State,
  request: IncomingMessage,
  body: string,
  fault: ServiceRefusal | undefined,
): Promise<Answer> {
  const asked: MessageCall[] = [];
  const record = (outcome: string) => calls.push(...asked.map((call) => ({ ...call, outcome })));
  try {
    const { accessKeyId, region } = signerOf(request, dialect.service);
    const { account = '123456789012' } = options;
    const { method = '', url: path = '', headers } = request;
    const { needs, perform } = dialect.read({ method, path, region, account, headers, body });
    asked.push(...needs.map((need) => ({ accessKeyId, ...need })));
    for (const call of asked) if ((await options.onCall?.(call)) === 'denied') throw dialect.denied(call);
    if (fault) throw fault;
    const done = await perform();
    record('ok');
    return done;
  } catch (error) {
    const refusal = error instanceof ServiceRefusal ? error : new ServiceRefusal('InternalFailure', String(error), 500);
    record(refusal.code);
    return dialect.refuse(refusal);
  }
}

function signerOf({ headers }: IncomingMessage, service: string) {
  const [, accessKeyId, region, signedFor] =
    /Credential=([^/]+)\/\d{8}\/([\w-]+)\/([\w-]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined || signedFor !== service) {
    throw new ServiceRefusal('MissingAuthenticationToken', 'Request is missing Authentication Token', 403);
  }
  return { accessKeyId, region };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Bound to an address, not to a path.
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
