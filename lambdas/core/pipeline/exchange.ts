/** What the steps of the pipeline know of one request, and the form of a step. */
import type { Refusal } from '../contract/errors.ts';
import type { Call, Operation, Operations, PersonCall } from '../contract/operation.ts';
import type { ApiRequest } from '../model/api-request.ts';
import type { Ports } from '../ports/index.ts';
import type { Logger } from '../ports/logger.ts';
import type { RateLimits } from '../ports/rate-limits.ts';
import type { Identity, SignatureCheck } from '../ports/signature-check.ts';
import type { Answer, FunctionContext, GatewayEvent } from './gateway-events.ts';

/** What a function is composed of: the ports of its operations, but for what each request has for itself, and those of the pipeline. */
export interface ServicePorts extends Omit<Ports, 'notices'> {
  readonly logger: Logger;
  /** `open` asks for a signature on signed operations without checking it: for one machine alone. */
  readonly signatures: 'open' | SignatureCheck;
  /** Absent: requests are not counted. */
  readonly rates?: RateLimits | undefined;
  /** What the edge in front proves itself with; without it nobody is believed to be the edge. */
  readonly originSecret?: string | undefined;
}

export interface EntryOptions {
  /** Whether operations may be called by query parameters as well; query strings end up in access logs. */
  readonly queryForm?: boolean | undefined;
  /** Hears of refusals that the operation does not declare; what it throws becomes the outcome of the invocation. */
  readonly onUndeclared?: ((operation: Operation, refusal: Refusal) => void) | undefined;
  /** Hears of faults, likewise. */
  readonly onFault?: ((fault: unknown) => void) | undefined;
}

/** One composed function, the same for all of its requests. */
export interface Entry {
  readonly operations: Operations;
  readonly options: EntryOptions;
  ports(): ServicePorts | Promise<ServicePorts>;
  /** True for the first request alone. */
  isColdStart(): boolean;
}

/** How a request comes in: as the event of a gateway, or already in the form that everything behind sees. */
export type Arrival = GatewayEvent | ApiRequest;

/** How the operation and its parameters were written. */
export type WireForm = 'json' | 'query';

export type Input = Readonly<Record<string, unknown>>;

export interface Exchange {
  readonly entry: Entry;
  ports: ServicePorts;
  /** Whether this is the first request of the function instance. */
  coldStart: boolean;
  startedAt: number;
  request: ApiRequest;
  form: WireForm;
  operation: Operation;
  call: Call | PersonCall;
  /** Who signed, where signatures are checked. */
  identity: Identity;
  /** Typed by the shape of the input, its bounds not looked at yet. */
  decoded: unknown;
  input: Input;
  /** Whether the operation itself has been reached. */
  invoked: boolean;
  /** Set when it was begun again, because the settings of its pool had changed meanwhile. */
  reloaded: true;
  /** What went wrong on the side, for the line that is logged. */
  notices: readonly string[];
  output: unknown;
  /** Set once the request is answered, for the line that is logged. */
  outcome: Outcome;
}

export interface Outcome {
  /** `ok`, or the name of the error. */
  readonly name: string;
  readonly status: number;
  readonly fault?: unknown;
}

/** An exchange in which the named parts are settled; the others may not be there yet. */
export type With<Settled extends keyof Exchange> = Pick<Exchange, Settled | 'entry'> & Partial<Exchange>;

export interface Moment<Settled extends keyof Exchange = never> {
  readonly event: Arrival;
  readonly context: FunctionContext | undefined;
  readonly internal: With<Settled>;
  readonly error?: unknown;
}

type Hook<Settled extends keyof Exchange, Result> = (moment: Moment<Settled>) => Result;

/** A middleware. `before` runs in the order of the list and may answer early; `Settled` is what it relies on. */
export interface Step<Settled extends keyof Exchange = never> {
  readonly before: Hook<Settled, Answer | undefined | void | Promise<void>>;
  /** Turns what any step threw into the answer. */
  readonly onError?: Hook<never, Answer>;
}
