/** What runs functions on one machine: those of a trigger map, or those of the very process that started the service. */
import type { Triggers } from '../../../core/ports/triggers.ts';
import { lambdaCaller } from '../../lambda/lambda-caller.ts';
import { moduleCaller, type TriggerFunctions } from '../../triggers/module-triggers.ts';
import { type FunctionCaller, patientTriggers } from '../../triggers/patient-triggers.ts';
import type { Route } from '../gateway-route.ts';
import { givenNames } from '../own-hosts.ts';
import type { StartSettings } from '../start-settings.ts';
import type { Terminal } from '../terminal.ts';
import type { Surroundings } from './function-environment.ts';
import { invocationLog } from './invocations.ts';
import { invocationsPath, invocationsRoute } from './invocations-route.ts';
import { mappedFunctions } from './mapped-functions.ts';
import { moduleFunctions } from './module-functions.ts';
import { openTriggerMap } from './trigger-map-file.ts';
import { type PoolsHere, unmappedFunctions } from './unmapped-functions.ts';

export interface LocalTriggers {
  readonly triggers: Triggers;
  /** The page of invocations, at `path`. */
  readonly route: Route;
  readonly path: string;
  /** To be told when the service answers: functions that are modules wait for it. */
  serve(surroundings: Surroundings): void;
  /** Tells of what pools name and nobody runs. */
  warnOf(pools: PoolsHere): Promise<void>;
  close(): Promise<void>;
}

/** Refuses a map that is wrong. */
export async function openTriggers(
  given: string | TriggerFunctions,
  settings: StartSettings,
  terminal: Pick<Terminal, 'say' | 'warn'>,
): Promise<LocalTriggers> {
  const { triggerTimeout: timeout, triggerAttempts: attempts } = settings;
  const invocations = invocationLog();
  const served = Promise.withResolvers<Surroundings>();
  const opened =
    typeof given === 'string'
      ? await openMapped(given, settings, terminal, served.promise)
      : { caller: moduleCaller(given), warnOf: async () => {}, close: async () => {} };
  return {
    triggers: patientTriggers(invocations.recorded(opened.caller), { timeout, attempts }),
    route: invocationsRoute(invocations, givenNames(settings)),
    path: invocationsPath,
    serve: served.resolve,
    warnOf: opened.warnOf,
    close: opened.close,
  };
}

interface Opened extends Pick<LocalTriggers, 'warnOf' | 'close'> {
  readonly caller: FunctionCaller;
}

async function openMapped(
  path: string,
  { triggerTimeout: timeout, region }: StartSettings,
  { say, warn }: Pick<Terminal, 'say' | 'warn'>,
  surroundings: Promise<Surroundings>,
): Promise<Opened> {
  const map = await openTriggerMap(path, { say, warn });
  const modules = moduleFunctions({ surroundings, timeout, region, say, warn });
  const openLambda = async () => lambdaCaller({ region, partition: 'aws' });
  const onMissing = (arn: string) => warn(`The trigger map ${path} has no function ${arn}.`);
  return {
    caller: mappedFunctions({ map, modules, timeout, openLambda, onMissing }),
    async warnOf(pools) {
      for await (const line of unmappedFunctions(await map.current(), pools)) warn(line);
    },
    close: modules.close,
  };
}
