/** Writes structured lines: one for each request, and one more for each management operation. */
export interface Logger {
  write(line: RequestLine): void;
  /** Keeps who did what, or tried to, to the pools of the deployment or to the access to them. */
  record(line: AuditLine): void;
}

/** Holds nothing that a caller sent, except ids that their shape declares safe. */
export interface RequestLine {
  readonly event: 'request.answered';
  /** `warn` with notices, `error` on faults. */
  readonly level: 'info' | 'warn' | 'error';
  /** `undefined` when no operation was recognised. */
  readonly operation: string | undefined;
  readonly poolId?: string | undefined;
  readonly clientId?: string | undefined;
  /** `ok`, or the name of the error that was answered. */
  readonly outcome: string;
  readonly status: number;
  readonly durationMs: number;
  readonly requestId: string;
  /** Whether this was the first request of its function instance. */
  readonly coldStart: boolean;
  /** The flow by which somebody signs in, where the request named one. */
  readonly flow?: string | undefined;
  /** What somebody who signs in was asked for next. */
  readonly challenge?: string | undefined;
  /** How many tokens were handed out. */
  readonly tokens?: number | undefined;
  /** Whether it was refused because of too many failures before. */
  readonly locked?: true | undefined;
  /** Whether it was begun again, because the settings of its pool had changed meanwhile. */
  readonly reloaded?: true | undefined;
  /** What went wrong on the side, without failing it. */
  readonly notices?: readonly string[] | undefined;
  /** What went wrong inside, with its causes; only on faults. */
  readonly fault?: FaultDetail | undefined;
}

export interface FaultDetail {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: FaultDetail | undefined;
}

/** Like a request's line, it holds nothing that a caller sent but ids whose form is safe to show. */
export interface AuditLine {
  readonly event: 'management.recorded';
  /** `pools`: an operation of the API; `access`: one on policies, principals, keys or the outbox. */
  readonly plane: 'pools' | 'access';
  /** When it was answered, as ISO 8601 in UTC. */
  readonly time: string;
  readonly operation: string;
  readonly access: 'List' | 'Read' | 'Write' | 'Tagging' | 'Permissions management';
  /** ARN of the principal; `anonymous` where signatures are not checked, `unknown` where the check failed. */
  readonly actor: string;
  /** The key that signed. */
  readonly accessKeyId?: string | undefined;
  /** The key that is said to have signed, where that was not proved. */
  readonly claimedKeyId?: string | undefined;
  /** ARN; absent where the request named none, or was refused before it was read. */
  readonly resource?: string | undefined;
  /** `ok`, or the name of the error that was answered. */
  readonly outcome: string;
  readonly requestId: string;
  readonly sourceIp: string;
  readonly region: string;
}
