/** Runs what the trigger map has in place of a function, as the map is at that moment. */
import { TriggerUnreachable } from '../../../core/ports/triggers.ts';
import type { FunctionCaller } from '../../triggers/patient-triggers.ts';
import { atEndpoint, atUrl } from './invoke-api.ts';
import type { ModuleFunctions } from './module-functions.ts';
import { findFunction, type MappedFunction } from './trigger-map.ts';
import type { TriggerMapFile } from './trigger-map-file.ts';

export interface MappedOptions {
  readonly map: TriggerMapFile;
  readonly modules: ModuleFunctions;
  /** How long (ms) an attempt may take. */
  readonly timeout: number;
  /** Of functions on AWS; asked for when the first of them is run. */
  readonly openLambda: () => Promise<FunctionCaller>;
  /** Hears of each function that is not in the map. */
  readonly onMissing: (arn: string) => void;
}

export function mappedFunctions({ map, modules, timeout, openLambda, onMissing }: MappedOptions): FunctionCaller {
  let lambda: Promise<FunctionCaller> | undefined;

  function callerFor(entry: MappedFunction): FunctionCaller | Promise<FunctionCaller> {
    if ('module' in entry) return modules.callerOf(entry);
    if ('url' in entry) return atUrl(entry.url, { timeout });
    if ('endpoint' in entry) return atEndpoint(entry.endpoint, { timeout });
    lambda ??= openLambda();
    return lambda;
  }

  async function find(arn: string): Promise<FunctionCaller> {
    const entry = findFunction(await map.current(), arn);
    if (entry) return callerFor(entry);
    onMissing(arn);
    throw new TriggerUnreachable('ResourceNotFoundException');
  }

  return {
    async call(arn, event, signal) {
      const { call } = await find(arn);
      return call(arn, event, signal);
    },
    async send(arn, event, watch) {
      const { send } = await find(arn);
      return send(arn, event, watch);
    },
  };
}
