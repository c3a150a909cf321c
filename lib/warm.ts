/** Keeps instances of the function that signs people in ready, where the operator pays for that. */
import { Alias, type IFunction, type IVersion } from 'aws-cdk-lib/aws-lambda';
import type { FunctionName } from './functions.ts';
import type { RoomFunction } from './room-function.ts';
import type { Settings } from './settings.ts';

const warmed: readonly FunctionName[] = ['auth', 'rooms'];

/** What routes lead to: functions, or the name of their version that is kept warm. */
export function keepWarm(
  functions: ReadonlyMap<FunctionName, RoomFunction>,
  { provisionedConcurrency }: Settings,
): ReadonlyMap<FunctionName, IFunction> {
  const toTarget = (name: FunctionName, one: RoomFunction): IFunction =>
    provisionedConcurrency > 0 && warmed.includes(name) ? aliasOf(one, provisionedConcurrency) : one;
  return new Map([...functions].map(([name, one]) => [name, toTarget(name, one)]));
}

// The library's classes write the optional members of its interfaces in another way: hence the two casts.
function aliasOf(one: RoomFunction, provisionedConcurrentExecutions: number): IFunction {
  const version = one.currentVersion as IVersion;
  return new Alias(one, 'Live', { aliasName: 'live', version, provisionedConcurrentExecutions }) as IFunction;
}
