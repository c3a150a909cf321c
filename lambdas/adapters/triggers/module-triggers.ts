/** Functions of this very process, for a service that is started inside a test. */
import { type TriggerEvent, TriggerFailed, type Triggers, TriggerUnreachable } from '../../core/ports/triggers.ts';
import { answerTooLong, longestAnswer } from './answer-bounds.ts';
import { type FunctionCaller, type Patience, patientTriggers } from './patient-triggers.ts';

/** Takes an event and answers it, changed, as a handler on AWS does; `never`, so that it may name the type it takes. */
export type TriggerFunction = (event: never) => unknown;

/** By ARN, as `LambdaConfig` names them. */
export type TriggerFunctions = Readonly<Record<string, TriggerFunction>>;

export const moduleTriggers = (functions: TriggerFunctions, patience?: Patience): Triggers =>
  patientTriggers(moduleCaller(functions), patience);

/** What takes too long is not waited for, but it cannot be stopped. */
export function moduleCaller(functions: TriggerFunctions): FunctionCaller {
  const functionOf = (arn: string): TriggerFunction => {
    const run = Object.hasOwn(functions, arn) ? functions[arn] : undefined;
    if (!run) throw new TriggerUnreachable('ResourceNotFoundException');
    return run;
  };
  return {
    async call(arn, event) {
      return parted(await outcomeOf(functionOf(arn), event));
    },
    async send(arn, event, watch) {
      const ending = outcomeOf(functionOf(arn), event);
      // Nobody waits for it, and what comes of it is its own affair.
      ending.catch(() => undefined);
      watch?.(ending);
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

/** As JSON carries it: nothing that the function keeps or changes later is the service's own. */
function parted(value: unknown): unknown {
  const text = textOf(value);
  if (text === undefined) return undefined;
  if (text.length > longestAnswer) throw new TriggerFailed(answerTooLong);
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
