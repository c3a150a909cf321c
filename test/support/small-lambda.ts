/** A small Lambda on this machine: Invoke with what it refuses, and functions that run as handlers do. */
import {
  type Answer,
  type Dialect,
  failingBy,
  type MessageCall,
  ServiceRefusal,
  type SignedRequest,
  type SmallService,
  type SmallServiceOptions,
  startSmallService,
} from './small-message-service.ts';

/** Takes an event and answers it, changed; `never`, so that it may name the type that it takes. */
type Handler = (event: never) => unknown;

export interface SmallFunction {
  readonly handler: Handler;
  readonly tags?: Readonly<Record<string, string>>;
  /** Versions and aliases that there are. */
  readonly qualifiers?: readonly string[];
}

/** What a runtime of its own may answer, and whatever stands between it and the caller: anything. */
export class RawAnswer {
  readonly text: string;
  readonly others: Partial<Omit<Answer, 'body'>>;

  constructor(text: string, others: RawAnswer['others'] = {}) {
    this.text = text;
    this.others = others;
  }
}

export interface Invocation {
  /** As it was asked for, with its qualifier. */
  readonly arn: string;
  readonly type: string;
  readonly event: unknown;
}

export interface SmallLambda extends Omit<SmallService, 'fail'> {
  /** For `AWS_ENDPOINT_URL_LAMBDA`. */
  readonly url: string;
  /** By ARN, without a qualifier. */
  readonly functions: Map<string, SmallFunction>;
  /** All that was run, eldest first. */
  readonly invocations: readonly Invocation[];
  tagsOf(arn: string): Readonly<Record<string, string>>;
  /** The next requests fail with this error instead of being done. */
  fail(times: number, name?: LambdaFault): void;
}

const faults = {
  TooManyRequestsException: [429, 'Rate Exceeded.'],
  ServiceException: [500, 'The AWS Lambda service encountered an internal error.'],
  EC2ThrottledException: [502, 'Amazon EC2 throttled AWS Lambda during Lambda function initialization.'],
  ResourceConflictException: [409, 'The function is being created.'],
  KMSDisabledException: [502, 'Lambda was unable to decrypt the environment variables.'],
  InvalidRuntimeException: [502, 'The runtime specified is not supported.'],
  RequestTooLargeException: [413, 'Request must be smaller than 6291456 bytes for the InvokeFunction operation'],
  'not a name: arn:aws:lambda': [503, '<html>Service Unavailable</html>'],
} as const;

export type LambdaFault = keyof typeof faults;

export async function startSmallLambda(options: SmallServiceOptions = {}): Promise<SmallLambda> {
  const functions = new Map<string, SmallFunction>();
  const invocations: Invocation[] = [];
  const service = await startSmallService(dialectOf(functions, invocations), options);
  return {
    ...service,
    functions,
    invocations,
    tagsOf: (arn) => functions.get(partsOf(arn).plain)?.tags ?? {},
    fail: failingBy(service, faults, 'TooManyRequestsException'),
  };
}

const dialectOf = (functions: ReadonlyMap<string, SmallFunction>, invocations: Invocation[]): Dialect => ({
  service: 'lambda',
  read(request) {
    const invocation = readInvocation(request);
    return {
      needs: [{ action: 'lambda:InvokeFunction', resource: invocation.arn }],
      async perform() {
        const { handler } = requireFunction(functions, invocation, request.region);
        invocations.push(invocation);
        if (invocation.type === 'Event') {
          outcomeOf(handler, invocation.event).catch(() => undefined);
          return { status: 202, body: '' };
        }
        return outcomeOf(handler, invocation.event);
      },
    };
  },
  denied: ({ accessKeyId, action, resource }: MessageCall) =>
    new ServiceRefusal(
      'AccessDeniedException',
      `User: ${accessKeyId} is not authorized to perform: ${action} on resource: ${resource} ` +
        `because no identity-based policy allows the ${action} action`,
      403,
    ),
  refuse: ({ code, message, status }) => ({
    status,
    headers: { 'Content-Type': 'application/json', 'x-amzn-ErrorType': code },
    body: JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message }),
  }),
});

function readInvocation({ method, path, headers, body }: SignedRequest): Invocation {
  const [, name = '', qualifier] =
    /^\/2015-03-31\/functions\/([^/?]+)\/invocations(?:\?Qualifier=([^&]+))?$/.exec(path) ?? [];
  if (method !== 'POST' || name === '') throw new ServiceRefusal('UnknownOperationException', 'Unknown', 404);
  if (body.length > 6 * 1024 * 1024) {
    const [status, text] = faults.RequestTooLargeException;
    throw new ServiceRefusal('RequestTooLargeException', text, status);
  }
  const arn = decodeURIComponent(name) + (qualifier === undefined ? '' : `:${decodeURIComponent(qualifier)}`);
  return { arn, type: String(headers['x-amz-invocation-type'] ?? 'RequestResponse'), event: JSON.parse(body) };
}

/** Lambda looks for functions in the region that it was asked in. */
function requireFunction(
  functions: ReadonlyMap<string, SmallFunction>,
  { arn }: Invocation,
  region: string,
): SmallFunction {
  const { plain, qualifier } = partsOf(arn);
  const found = arn.split(':')[3] === region ? functions.get(plain) : undefined;
  if (!found || ![undefined, '$LATEST', ...(found.qualifiers ?? [])].includes(qualifier)) {
    throw new ServiceRefusal('ResourceNotFoundException', `Function not found: ${arn}`, 404);
  }
  return found;
}

/** An ARN of a function has seven parts, and an eighth where it names a version or an alias. */
function partsOf(arn: string): { readonly plain: string; readonly qualifier: string | undefined } {
  const parts = arn.split(':');
  return { plain: parts.slice(0, 7).join(':'), qualifier: parts[7] };
}

/** As the runtime for Node.js answers: what a handler throws, it says with its type. */
async function outcomeOf(handler: Handler, event: unknown): Promise<Answer> {
  try {
    const answer: unknown = await handler(event as never);
    if (answer instanceof RawAnswer) return { ...done(answer.text), ...answer.others };
    return done(JSON.stringify(answer ?? null));
  } catch (error) {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return failed({ errorType: name, errorMessage: message, trace: stack.split('\n') });
  }
}

const done = (body: string): Answer =>
  body.length > 6 * 1024 * 1024
    ? failed({
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
      })
    : { status: 200, headers: ofFunction, body };

const failed = (payload: object): Answer => ({
  status: 200,
  headers: { ...ofFunction, 'X-Amz-Function-Error': 'Unhandled' },
  body: JSON.stringify(payload),
});

const ofFunction = { 'Content-Type': 'application/json', 'X-Amz-Executed-Version': '$LATEST' };
