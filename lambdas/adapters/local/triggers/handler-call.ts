/** Runs a handler, whichever of the three styles it is written in: a promise, a callback, or a context with methods. */
import { wordsOfExit } from './function-faults.ts';
import type { FunctionFacts, FunctionRequest } from './function-messages.ts';

export type Handler = (event: unknown, context: unknown, callback: Callback) => unknown;

type Callback = (error?: unknown, answer?: unknown) => void;

export interface HandlerCall {
  /** Resolves with what the handler answers, rejects with what it fails with. */
  readonly answer: Promise<unknown>;
  /** To be called when the thread has nothing left to do: what has not answered by then never will. */
  drained(): void;
}

/** How Lambda has it: a handler that neither answers nor promises to has answered null. */
export function callHandler(handler: Handler, facts: FunctionFacts, request: FunctionRequest): HandlerCall {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const callback: Callback = (error, answer) =>
    error === undefined || error === null ? resolve(answer) : reject(error);
  let isPromised = false;
  try {
    const given = handler(JSON.parse(request.event), contextOf(facts, request, callback), callback);
    isPromised = isThenable(given);
    // Followed rather than resolved with: what never comes can still be given up.
    if (isPromised) Promise.resolve(given).then(resolve, reject);
  } catch (error) {
    reject(error);
  }
  const drained = () => (isPromised ? reject(new Error(wordsOfExit(request.requestId, 0))) : resolve(null));
  return { answer: promise, drained };
}

const isThenable = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

const contextOf = (facts: FunctionFacts, { requestId, deadline }: FunctionRequest, callback: Callback) => ({
  ...facts,
  awsRequestId: requestId,
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  succeed: (answer?: unknown) => callback(null, answer),
  fail: (error?: unknown) => callback(error ?? 'handled', undefined),
  done: callback,
});
