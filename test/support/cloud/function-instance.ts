/** Runs in a worker thread: one instance of a Lambda function, with nothing but its bundle and its environment. */
import '../close-network.ts';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { shiftClock } from './shifted-clock.ts';

export interface InstanceData {
  readonly file: string;
  readonly exportName: string;
  readonly clock: SharedArrayBuffer;
}

export interface Invocation {
  /** JSON. */
  readonly event: string;
  readonly context: Readonly<Record<string, string>>;
  /** How long (ms) it may take. */
  readonly timeoutMs: number;
}

export type Report =
  | { readonly kind: 'result'; readonly json: string }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string }
  /** A promise that nobody waited for has failed. */
  | { readonly kind: 'left behind'; readonly message: string };

type Handler = (event: unknown, context: object) => Promise<unknown>;

const { file, exportName, clock }: InstanceData = workerData;
shiftClock(clock);

process.on('unhandledRejection', (reason) => report({ kind: 'left behind', message: textOf(reason) }));
parentPort?.on('message', (invocation: Invocation) => void run(invocation).then(report));

let loading: Promise<Handler> | undefined;

async function run({ event, context, timeoutMs }: Invocation): Promise<Report> {
  // By the clock that tests move: time that is up for them is up for the function.
  const startedAt = Date.now();
  try {
    loading ??= load();
    const handler = await loading;
    const result = await handler(JSON.parse(event), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, timeoutMs - (Date.now() - startedAt)),
    });
    return { kind: 'result', json: JSON.stringify(result ?? null) };
  } catch (error) {
    const { name, message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'error', name, message, stack };
  }
}

async function load(): Promise<Handler> {
  const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
  const handler = module[exportName];
  if (typeof handler !== 'function') throw new Error(`${file} exports no function ${exportName}`);
  // Checked above as far as it can be.
  return handler as Handler;
}

const report = (one: Report): void => parentPort?.postMessage(one);

const textOf = (reason: unknown): string =>
  reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
