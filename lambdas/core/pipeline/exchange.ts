/** What the steps of the pipeline know of one request, and the form of a step. */
import type { Call, Operation, Operations, PersonCall } from '../contract/operation.ts';
import type { Refusal } from '../contract/errors.ts';
import type { ApiRequest } from '../model/api-request.ts';
import type { Ports } from '../ports/index.ts';
import type { Principal, SignatureCheck } from '../ports/signature-check.ts';
import type { FunctionContext, GatewayAnswer, GatewayEvent } from './gateway-events.ts';

/** What a function is composed of: the ports of its operations, and those of the pipeline itself. */
export interface ServicePorts extends Ports {
  /** `open` asks for a signature on signed operations without checking it: for one machine alone. */
  readonly signatures: 'open' | SignatureCheck;
  /** What the edge in front proves itself with; without it nobody is believed to be the edge. */
  readonly originSecret?: string | undefined;
}

export interface EntryOptions {
  /** Whether operations may be called by query parameters as well; query strings end up in access logs. */
  readonly queryForm?: boolean | undefined;
  /** Hears of refusals that the operation does not declare; what it throws becomes the outcome of the invocation. */
  readonly onUndeclared?: ((operation: Operation, refusal: Refusal) => void) | undefined;
}

/** One composed function, the same for all of its requests. */
export interface Entry {
  readonly operations: Operations;
  readonly options: EntryOptions;
  ports(): ServicePorts | Promise<ServicePorts>;
  /** True for the first request alone. */
  isColdStart(): boolean;
}

/** How the operation and its parameters were written. */
export type WireForm = 'json' | 'query';

export interface Exchange {
  readonly entry: Entry;
  coldStart: boolean;
  requestId: string;
  ports: ServicePorts;
  startedAt: number;
  request: ApiRequest;
  form: WireForm;
  operation: Operation;
  call: Call | PersonCall;
  /** Who signed, where signatures are checked. */
  principal: Principal;
  input: Readonly<Record<string, unknown>>;
  /** Whether the operation itself has been reached. */
  invoked: boolean;
  output: unknown;
  /** Set once the request is answered, for the line that is logged. */
  outcome: Outcome;
}

export interface Outcome {
  readonly name: string;
  readonly status: number;
  readonly fault?: unknown;
}

/** An exchange in which the named parts are settled; the others may not be there yet. */
export type With<Settled extends keyof Exchange> = Pick<Exchange, Settled | 'entry'> & Partial<Exchange>;

export interface Moment<Settled extends keyof Exchange = never> {
  readonly event: GatewayEvent;
  readonly context: FunctionContext | undefined;
  readonly internal: With<Settled>;
  readonly error?: unknown;
  response?: GatewayAnswer | undefined;
}

type Hook<Settled extends keyof Exchange, Result> = (moment: Moment<Settled>) => Result;

/** A middleware. `before` runs in the order of the list and may answer early; `Settled` is what it relies on. */
export interface Step<Settled extends keyof Exchange = never> {
  readonly before?: Hook<Settled, GatewayAnswer | undefined | void | Promise<void>>;
  readonly after?: Hook<Settled, void>;
  readonly onError?: Hook<never, void>;
}
