/** A Lambda function on this machine: its bundle in worker threads, one event at a time in each. */
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import type { InstanceData, Invocation, Report } from './function-instance.ts';

export interface FunctionSettings {
  /** Its `ROOM`. */
  readonly room: string;
  readonly name: string;
  readonly arn: string;
  readonly logGroup: string;
  /** Of its bundle. */
  readonly file: string;
  readonly exportName: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMegabytes: number;
  readonly timeoutMs: number;
  readonly clock: SharedArrayBuffer;
  /** Hears of what no caller of the function would: promises that were left behind, threads that died. */
  readonly onFault: (fault: Error) => void;
}

export interface CloudFunction {
  readonly room: string;
  readonly arn: string;
  readonly timeoutMs: number;
  /** What it has written, line by line. */
  readonly lines: readonly string[];
  /** How many events it was given. */
  readonly invocations: number;
  /** Resolves with what it answers. Rejects with a `FunctionError` when it throws, takes too long or is killed. */
  invoke(event: unknown): Promise<unknown>;
  /** Ends all of its instances, whatever they are doing. */
  kill(): Promise<void>;
}

export class FunctionError extends Error {
  override readonly name = 'FunctionError';
}

/** Lambda takes and gives no more (bytes). */
const mostBytes = 6 * 1024 * 1024;

interface Instance {
  readonly worker: Worker;
  run(invocation: Invocation): Promise<Report>;
}

export function cloudFunction(settings: FunctionSettings): CloudFunction {
  const idle: Instance[] = [];
  const all = new Set<Instance>();
  const lines: string[] = [];
  let invocations = 0;

  function start(): Instance {
    const instance = startInstance(settings, lines, () => {
      all.delete(instance);
      const at = idle.indexOf(instance);
      if (at >= 0) idle.splice(at, 1);
    });
    all.add(instance);
    return instance;
  }

  async function invoke(event: unknown): Promise<unknown> {
    invocations += 1;
    const json = JSON.stringify(event);
    requireBounded(json, 'event');
    const instance = idle.pop() ?? start();
    const report = await instance.run({ event: json, context: contextOf(settings), timeoutMs: settings.timeoutMs });
    if (all.has(instance)) idle.push(instance);
    if (report.kind === 'result') {
      requireBounded(report.json, 'answer');
      return JSON.parse(report.json);
    }
    throw new FunctionError(
      report.kind === 'error' ? `${report.name}: ${report.message}\n${report.stack}` : report.message,
    );
  }

  return {
    room: settings.room,
    arn: settings.arn,
    timeoutMs: settings.timeoutMs,
    lines,
    get invocations() {
      return invocations;
    },
    invoke,
    async kill() {
      await Promise.all([...all].map(({ worker }) => worker.terminate()));
    },
  };
}

function startInstance(settings: FunctionSettings, lines: string[], onEnd: () => void): Instance {
  const { file, exportName, clock, memoryMegabytes, environment, room } = settings;
  const worker = new Worker(new URL('./function-instance.ts', import.meta.url), {
    env: { ...environment },
    workerData: { file, exportName, clock } satisfies InstanceData,
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  worker.unref();
  for (const output of [worker.stdout, worker.stderr]) {
    createInterface(output).on('line', (line) => lines.push(line));
  }
  let settle: ((report: Report) => void) | undefined;
  const done = (report: Report): void => {
    const waiting = settle;
    settle = undefined;
    if (waiting) waiting(report);
    else if (report.kind === 'error') settings.onFault(new Error(`${room}: ${report.message}`));
  };
  worker.on('message', (report: Report) => {
    if (report.kind === 'left behind') settings.onFault(new Error(`${room} left a promise behind: ${report.message}`));
    else done(report);
  });
  worker.on('error', (error) =>
    done({ kind: 'error', name: error.name, message: error.message, stack: error.stack ?? '' }),
  );
  worker.on('exit', (code) => {
    onEnd();
    if (settle) done({ kind: 'error', name: 'Runtime.ExitError', message: `the process ended (${code})`, stack: '' });
  });
  return {
    worker,
    run(invocation) {
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          done({
            kind: 'error',
            name: 'Sandbox.Timedout',
            message: `Task timed out after ${invocation.timeoutMs} ms`,
            stack: '',
          });
          void worker.terminate();
        }, invocation.timeoutMs);
        settle = (report) => {
          clearTimeout(timer);
          resolve(report);
        };
        worker.postMessage(invocation);
      });
    },
  };
}

const contextOf = ({ name, arn, memoryMegabytes, logGroup }: FunctionSettings): Invocation['context'] => ({
  awsRequestId: crypto.randomUUID(),
  functionName: name,
  functionVersion: '$LATEST',
  invokedFunctionArn: arn,
  memoryLimitInMB: String(memoryMegabytes),
  logGroupName: logGroup,
  logStreamName: '2026/01/01/[$LATEST]0123456789abcdef',
});

function requireBounded(json: string, what: string): void {
  if (Buffer.byteLength(json) > mostBytes) throw new FunctionError(`The ${what} is larger than Lambda takes`);
}
