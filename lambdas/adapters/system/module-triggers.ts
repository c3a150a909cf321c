/** Runs functions of this very process, for a pool on one machine and for tests. */
import { setTimeout as delay } from 'node:timers/promises';
import { type TriggerEvent, TriggerFailed, type Triggers, TriggerUnreachable } from '../../core/ports/triggers.ts';

/** Takes an event and answers it, changed, as a handler on AWS does; `never`, so that it may name the type it takes. */
export type TriggerFunction = (event: never) => unknown;

/** By ARN, as `LambdaConfig` names them. */
export type TriggerFunctions = Readonly<Record<string, TriggerFunction>>;

export interface ModuleTriggersOptions {
  /** In milliseconds. A function that takes longer is not waited for, but it cannot be stopped. */
  readonly timeout?: number;
}

const longestAnswer = 6 * 1024 * 1024;

export function moduleTriggers(functions: TriggerFunctions, { timeout = 5000 }: ModuleTriggersOptions = {}): Triggers {
  return {
    async invoke(arn, event) {
      const run = Object.hasOwn(functions, arn) ? functions[arn] : undefined;
      if (!run) throw new TriggerUnreachable('ResourceNotFoundException');
      return parted(await inTime(timeout, () => outcomeOf(run, event)));
    },
  };
}

async function outcomeOf(run: TriggerFunction, event: TriggerEvent): Promise<unknown> {
  try {
    // A copy of the event, which is what the function was written for.
    return await run(parted(event) as never);
  } catch (cause) {
    throw new TriggerFailed(wordsOf(cause));
  }
}

async function inTime<T>(timeout: number, work: () => Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = delay(timeout, undefined, { signal: timer.signal }).then(() => {
    throw new TriggerUnreachable('Socket timeout while invoking Lambda function');
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    timer.abort();
    await late.catch(() => undefined);
  }
}

/** As JSON carries it: nothing that the function keeps or changes later is the service's own. */
function parted(value: unknown): unknown {
  const text = textOf(value);
  if (text === undefined) return undefined;
  if (text.length > longestAnswer) {
    throw new TriggerFailed(`Response payload size exceeded maximum allowed payload size (${longestAnswer} bytes).`);
  }
  return JSON.parse(text);
}

function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    throw new TriggerFailed('Unable to stringify response body');
  }
}

/** Functions may throw anything, such as what refuses to be made a text. */
function wordsOf(cause: unknown): string {
  try {
    return cause instanceof Error ? String(cause.message) : String(cause);
  } catch {
    return 'unknown';
  }
}
