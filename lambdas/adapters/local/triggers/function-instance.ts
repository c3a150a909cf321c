/** One thread that runs a function: one event at a time, until it fails to answer, dies, or its files have changed. */
import { stat } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { Worker } from 'node:worker_threads';
import { TriggerFailed } from '../../../core/ports/triggers.ts';
import { timedOut } from '../../triggers/patient-triggers.ts';
import { codeOf } from '../error-code.ts';
import { wordsOfExit, wordsOfFailure, wordsOfNoMemory } from './function-faults.ts';
import { type FunctionData, type FunctionRequest, type FunctionSaid, momentText } from './function-messages.ts';
import { writeLines } from './function-output.ts';

export interface FunctionThread extends FunctionData {
  readonly environment: Readonly<Record<string, string>>;
  /** In MB. */
  readonly memory: number;
  readonly say: (line: string) => void;
  readonly warn: (line: string) => void;
}

export interface FunctionInstance {
  isAlive(): boolean;
  /** Whether a file that it was loaded from has been written since. */
  isStale(): Promise<boolean>;
  /** The answer as JSON. A handler that runs when `signal` is aborted is ended with its thread. */
  run(request: FunctionRequest, signal: AbortSignal): Promise<string>;
  end(): Promise<void>;
}

/** As Lambda allows, in milliseconds. */
const longestLoading = 10_000;

interface Running extends PromiseWithResolvers<string> {
  readonly requestId: string;
}

export function startInstance(thread: FunctionThread): FunctionInstance {
  const worker = startWorker(thread);
  const files = new Map<string, string>();
  const loading = Promise.withResolvers<void>();
  // Whoever runs something hears of it.
  loading.promise.catch(() => undefined);
  let isAlive = true;
  let running: Running | undefined;

  function lose(wordsFor: (requestId: string) => Error): void {
    isAlive = false;
    clearTimeout(late);
    const cause = wordsFor(running?.requestId ?? 'none');
    loading.reject(cause);
    running?.reject(cause);
    void worker.terminate();
  }
  const late = setTimeout(() => lose(timedOut), longestLoading).unref();

  function hear(said: FunctionSaid): void {
    if (said.kind === 'file') files.set(said.path, said.moment);
    else if (said.kind === 'unfit') lose(() => new TriggerFailed(said.message));
    else if (said.kind === 'loaded') {
      clearTimeout(late);
      loading.resolve();
    } else settle(running, said);
  }
  worker.on('message', hear);
  worker.on('error', (error) => {
    thread.warn(`[${thread.context.functionName}] ${wordsOfFailure(error)}`);
    lose((requestId) => new TriggerFailed(wordsOfCrash(error, requestId)));
  });
  worker.on('exit', (code) => {
    if (isAlive) lose((requestId) => new TriggerFailed(wordsOfExit(requestId, code)));
  });

  return {
    isAlive: () => isAlive,
    isStale: () => anyChanged(files),

    async run(request, signal) {
      // What loads slowly is not ended with the first attempt: the next one finds it further on.
      await unlessAborted(loading.promise, signal);
      if (!isAlive) throw timedOut();
      running = { requestId: request.requestId, ...Promise.withResolvers<string>() };
      const giveUp = () => lose(timedOut);
      signal.addEventListener('abort', giveUp, { once: true });
      worker.postMessage(request);
      try {
        return await running.promise;
      } finally {
        signal.removeEventListener('abort', giveUp);
        running = undefined;
      }
    },

    async end() {
      lose(timedOut);
      await worker.terminate();
    },
  };
}

function settle(running: Running | undefined, said: Extract<FunctionSaid, { readonly requestId: string }>): void {
  if (running?.requestId !== said.requestId) return;
  if (said.kind === 'answer') running.resolve(said.text);
  else running.reject(new TriggerFailed(said.message));
}

function startWorker({ module, handler, context, environment, memory, say, warn }: FunctionThread): Worker {
  const compileCache = getCompileCacheDir();
  const worker = new Worker(new URL('./function-program.ts', import.meta.url), {
    workerData: { module, handler, context } satisfies FunctionData,
    env: { ...(compileCache !== undefined && { NODE_COMPILE_CACHE: compileCache }), ...environment },
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  worker.unref();
  writeLines(worker.stdout, context.functionName, say);
  writeLines(worker.stderr, context.functionName, warn);
  return worker;
}

const wordsOfCrash = (error: unknown, requestId: string): string =>
  codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY' ? wordsOfNoMemory(requestId) : wordsOfFailure(error);

async function anyChanged(files: ReadonlyMap<string, string>): Promise<boolean> {
  const changes = [...files].map(async ([path, moment]) => {
    const now = await stat(path).then(momentText, () => 'gone');
    return now !== moment;
  });
  return (await Promise.all(changes)).includes(true);
}

export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) throw timedOut();
  const aborted = Promise.withResolvers<never>();
  const giveUp = () => aborted.reject(timedOut());
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
