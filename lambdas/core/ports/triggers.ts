/** Runs the functions that a pool names for its trigger points. */

export interface Triggers {
  /**
   * The answer of the function behind `arn` to the event, as it came; it may be asked more than once, where it did not
   * answer in time. No attempt begins that might not end `within` so many milliseconds. Rejects with `TriggerFailed` when
   * the function failed, with its own words, with `TriggerUnreachable` when it did not answer, and with `TriggersNotRun`.
   */
  invoke(arn: string, event: TriggerEvent, within?: number): Promise<unknown>;
  /** Hands the event to a function whose outcome nobody waits for. Rejects when it was not taken, as `invoke` does. */
  send(arn: string, event: TriggerEvent): Promise<void>;
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
  override readonly name: string = 'TriggerUnreachable';
}

/** What another attempt may well get an answer to: nobody answered in time, or too many asked. */
export class TriggerBusy extends TriggerUnreachable {
  override readonly name = 'TriggerBusy';
}
