/** Writes structured lines; the pipeline writes one for each request. */
export interface Logger {
  write(line: RequestLine): void;
}

/** Holds nothing that a caller sent, except ids that their shape declares safe. */
export interface RequestLine {
  readonly event: 'request.answered';
  readonly level: 'info' | 'error';
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
  /** What went wrong inside, with its causes; only on faults. */
  readonly fault?: FaultDetail | undefined;
}

export interface FaultDetail {
  readonly name: string;
  readonly message: string;
  readonly stack?: string | undefined;
  readonly cause?: FaultDetail | undefined;
}
