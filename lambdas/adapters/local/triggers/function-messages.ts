/** What the service and the thread of a function say to each other. */

export interface FunctionData {
  /** The file. */
  readonly module: string;
  readonly handler: string;
  /** The part of the context that is the same for every event. */
  readonly context: FunctionFacts;
}

export interface FunctionFacts {
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface FunctionRequest {
  readonly requestId: string;
  /** As JSON. */
  readonly event: string;
  /** In milliseconds since 1970. */
  readonly deadline: number;
}

export type FunctionSaid =
  /** Before a file is read: when it was written, in milliseconds, and its length. */
  | { readonly kind: 'file'; readonly path: string; readonly moment: string }
  | { readonly kind: 'loaded' }
  /** It cannot be loaded. */
  | { readonly kind: 'unfit'; readonly message: string }
  /** As JSON. */
  | { readonly kind: 'answer'; readonly requestId: string; readonly text: string }
  | { readonly kind: 'failure'; readonly requestId: string; readonly message: string };

/** Two of these differ when the file was written in between. */
export const momentText = ({ mtimeMs, size }: { readonly mtimeMs: number; readonly size: number }): string =>
  `${mtimeMs} ${size}`;
