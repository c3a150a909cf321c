/** The map from the functions that pools name to what runs in their place on this machine. */
import { isFunctionName, parseFunctionArn } from './function-arn.ts';

export interface ModuleFunction {
  /** A file; in the document, seen from the folder of the map. */
  readonly module: string;
  /** The name of its export; `handler` when absent. */
  readonly handler?: string | undefined;
  /** Variables, as the function's configuration on AWS has them. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
  /** In MB; 128 when absent. */
  readonly memory?: number | undefined;
}

/** Speaks the Invoke API at this very URL. */
export interface UrlFunction {
  readonly url: string;
}

/** Speaks Lambda's API below this URL. */
export interface EndpointFunction {
  readonly endpoint: string;
}

/** The real function of that ARN, on AWS. */
export interface RealFunction {
  readonly lambda: true;
}

export type MappedFunction = ModuleFunction | UrlFunction | EndpointFunction | RealFunction;

/** By ARN, by name, or `*` for all others. */
export type TriggerMap = ReadonlyMap<string, MappedFunction>;

export const isMapKey = (text: string): boolean =>
  text === '*' || isFunctionName(text) || parseFunctionArn(text) !== undefined;

/** The nearest entry: the ARN, the ARN without its version or alias, the name, then all others. */
export function findFunction(map: TriggerMap, arn: string): MappedFunction | undefined {
  const { unqualified = arn, name = arn } = parseFunctionArn(arn) ?? {};
  return map.get(arn) ?? map.get(unqualified) ?? map.get(name) ?? map.get('*');
}
