/** Functions that are modules of this machine, each in threads of its own. */
import { randomBytes, randomUUID } from 'node:crypto';
import { relative } from 'node:path';
import type { TriggerEvent } from '../../../core/ports/triggers.ts';
import type { FunctionCaller } from '../../triggers/patient-triggers.ts';
import { parseFunctionArn } from './function-arn.ts';
import { functionEnvironment, type Surroundings } from './function-environment.ts';
import { startInstance } from './function-instance.ts';
import { functionInstances, type InstanceBounds } from './function-instances.ts';
import type { FunctionFacts } from './function-messages.ts';
import type { InstanceKind } from './function-slots.ts';
import type { ModuleFunction } from './trigger-map.ts';

export interface ModuleOptions {
  /** Nothing runs before it is known. */
  readonly surroundings: Promise<Surroundings>;
  /** How long (ms) an event that is waited for may take. */
  readonly timeout: number;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
  /** The region of functions whose ARN has none. */
  readonly region: string;
  readonly bounds?: InstanceBounds | undefined;
}

export interface ModuleFunctions {
  callerOf(entry: ModuleFunction): FunctionCaller;
  close(): Promise<void>;
}

/** How long (ms) what nobody waits for may take. */
const longestUnwatched = 60_000;

export function moduleFunctions({ surroundings, timeout, region, say, warn, bounds }: ModuleOptions): ModuleFunctions {
  const instances = functionInstances(bounds);

  async function kindOf(arn: string, entry: ModuleFunction): Promise<InstanceKind> {
    const around = await surroundings;
    const { handler = 'handler', memory = 128, module } = entry;
    const context = factsOf(arn, memory);
    const environment = functionEnvironment(around, parseFunctionArn(arn)?.region ?? region, context, entry);
    return {
      key: JSON.stringify([arn, entry]),
      start: () => startInstance({ module, handler, memory, context, environment, say, warn }),
      replaced: () => say(`[${context.functionName}] ${relative('', module)} has changed and was loaded again.`),
    };
  }

  async function run(entry: ModuleFunction, arn: string, event: TriggerEvent, signal: AbortSignal, within: number) {
    const request = { requestId: randomUUID(), event: JSON.stringify(event), deadline: Date.now() + within };
    const text = await instances.lend(await kindOf(arn, entry), signal, (instance) => instance.run(request, signal));
    return JSON.parse(text);
  }

  return {
    callerOf: (entry) => ({
      call: (arn, event, signal) => run(entry, arn, event, signal, timeout),
      async send(arn, event, watch) {
        const done = run(entry, arn, event, AbortSignal.timeout(longestUnwatched), longestUnwatched);
        done.catch((cause) => warn(`[${factsOf(arn, 0).functionName}] ${cause.message}`));
        watch?.(done);
      },
    }),
    close: instances.close,
  };
}

function factsOf(arn: string, memory: number): FunctionFacts {
  const { name = 'function', qualifier = '$LATEST' } = parseFunctionArn(arn) ?? {};
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '/');
  return {
    functionName: name,
    functionVersion: qualifier,
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memory),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `${day}/[${qualifier}]${randomBytes(16).toString('hex')}`,
  };
}
