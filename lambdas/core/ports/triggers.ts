/** Runs the functions that a pool names for its trigger points. */

export interface Triggers {
  /**
   * The answer of the function behind `arn` to the event, as it came. Rejects with `TriggerFailed` when the function
   * failed, with its own words, with `TriggerUnreachable` when it did not answer, and with `TriggersNotRun`.
   */
  invoke(arn: string, event: TriggerEvent): Promise<unknown>;
}

/** As functions written for the original expect it. */
export interface TriggerEvent {
  readonly version: string;
  readonly triggerSource: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userName?: string | undefined;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
}

/** The function threw; the message is its own. */
export class TriggerFailed extends Error {
  override readonly name = 'TriggerFailed';
}

/** The deployment runs no functions at all. */
export class TriggersNotRun extends Error {
  override readonly name = 'TriggersNotRun';
}

/** There is no such function, or it did not answer in time; the message says which, in the words of the service. */
export class TriggerUnreachable extends Error {
  override readonly name = 'TriggerUnreachable';
}
