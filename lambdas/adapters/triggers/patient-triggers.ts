/** Asks functions as the original does: five seconds each time, and again where nobody answered or too many asked. */
import { setTimeout as delay } from 'node:timers/promises';
import { TriggerBusy, type TriggerEvent, type Triggers } from '../../core/ports/triggers.ts';

/** One attempt of one technology. */
export interface FunctionCaller {
  /** As `Triggers.invoke`, with `TriggerBusy` for what another attempt may help; given up when `signal` is aborted. */
  call(arn: string, event: TriggerEvent, signal: AbortSignal): Promise<unknown>;
  /** As `Triggers.send`, with `TriggerBusy` likewise. Nobody waits for how it ends; who can see that may `watch` it. */
  send(arn: string, event: TriggerEvent, watch?: Watch): Promise<void>;
}

export type Watch = (ending: Promise<unknown>) => void;

export interface Patience {
  /** For each attempt, in milliseconds. */
  readonly timeout?: number | undefined;
  readonly attempts?: number | undefined;
}

/** What is left of a request (ms) must do for more than the attempt: its own answer has to leave as well. */
const reserve = 500;

export const timedOut = () => new TriggerBusy('Socket timeout while invoking Lambda function');

export function patientTriggers(
  { call, send }: FunctionCaller,
  { timeout = 5000, attempts = 3 }: Patience = {},
): Triggers {
  async function attempt(arn: string, event: TriggerEvent, until: number, left: number): Promise<unknown> {
    if (performance.now() + timeout + reserve > until) throw timedOut();
    try {
      return await inTime(timeout, (signal) => call(arn, event, signal));
    } catch (cause) {
      if (!(cause instanceof TriggerBusy) || left === 1) throw cause;
      return attempt(arn, event, until, left - 1);
    }
  }
  async function handOver(arn: string, event: TriggerEvent, until: number, left: number): Promise<void> {
    try {
      await send(arn, event);
    } catch (cause) {
      // What took all the time may have been taken in the end, and somebody waits.
      if (!(cause instanceof TriggerBusy) || left === 1 || performance.now() >= until) throw cause;
      await handOver(arn, event, until, left - 1);
    }
  }
  return {
    invoke: (arn, event, within = Number.POSITIVE_INFINITY) =>
      attempt(arn, event, performance.now() + within, attempts),
    send: (arn, event) => handOver(arn, event, performance.now() + timeout, attempts),
  };
}

async function inTime<T>(timeout: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [late, done] = [new AbortController(), new AbortController()];
  const timer = delay(timeout, undefined, { signal: done.signal }).then(() => {
    late.abort();
    throw timedOut();
  });
  try {
    return await Promise.race([work(late.signal), timer]);
  } finally {
    done.abort();
    await timer.catch(() => undefined);
  }
}
