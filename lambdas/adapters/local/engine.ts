/** The embedded engine: a child process at a loopback address of its own that is started again when it dies. */
import { setTimeout as wait } from 'node:timers/promises';
import { badMachine } from './cannot-start.ts';
import { findFreeAddress } from './engine-address.ts';
import { findEngine } from './engine-binary.ts';
import { type EngineFolder, openFolder } from './engine-folder.ts';
import { type Address, EngineFailed, type EngineProcess, requireHealthy, startProcess } from './engine-process.ts';

export interface EngineOptions {
  /** The folder of its file; absent: in memory. */
  readonly data?: string | undefined;
  /** Runs each time that the engine has come up, before it counts as ready: an engine in memory comes back empty. */
  readonly prepare?: ((endpoint: string) => Promise<unknown>) | undefined;
  /** Hears, as sentences, of what happens between start and stop. */
  readonly report?: ((sentence: string) => void) | undefined;
  /** Of the program; absent: the installed one. */
  readonly binary?: string | undefined;
}

export interface Engine {
  /** The same over all restarts. */
  readonly endpoint: string;
  /** Of the process that runs now; `undefined` while there is none. */
  readonly pid: number | undefined;
  /** Settles with the restart that is under way; `undefined` when there is none. Rejects once the engine is stopped. */
  restarting(): Promise<void> | undefined;
  /** Rejects unless the engine answers. */
  requireHealthy(): Promise<void>;
  /** Within a second, with everything written. */
  stop(): Promise<void>;
}

export async function startEngine(options: EngineOptions = {}): Promise<Engine> {
  const binary = options.binary ?? findEngine();
  const folder = options.data === undefined ? undefined : await openFolder(options.data);
  try {
    const { address, running } = await startOnFreeAddress({ ...options, binary, folder });
    return supervise({ ...options, binary, folder, address }, running);
  } catch (error) {
    await folder?.release();
    throw error instanceof EngineFailed ? badMachine(`${error.message}.`, error) : error;
  }
}

interface Launch extends EngineOptions {
  readonly binary: string;
  readonly folder: EngineFolder | undefined;
  readonly address: Address;
}

const mostAddresses = 5;

/** Between finding a port and using it, somebody else may take it. */
async function startOnFreeAddress(launch: Omit<Launch, 'address'>) {
  for (let tried = 1; ; tried += 1) {
    const address = await findFreeAddress();
    try {
      return { address, running: await start({ ...launch, address }) };
    } catch (error) {
      if (!(error instanceof EngineFailed) || !/in use/i.test(error.message) || tried >= mostAddresses) throw error;
    }
  }
}

const endpointOf = ({ host, port }: Address): string => `http://${host}:${port}`;

async function start({ binary, address, folder, prepare }: Launch): Promise<EngineProcess> {
  const running = await startProcess({ binary, address, file: folder?.file });
  try {
    await folder?.remember(running.pid);
    await prepare?.(endpointOf(address));
  } catch (error) {
    await running.end();
    throw error;
  }
  return running;
}

function supervise(launch: Launch, first: EngineProcess): Engine {
  const { address, folder, report = () => {} } = launch;
  const stopped = new AbortController();
  let current: EngineProcess | undefined;
  let restarting: Promise<void> | undefined;
  let stopping: Promise<void> | undefined;

  function adopt(process: EngineProcess): void {
    current = process;
    restarting = undefined;
    const adoptedAt = performance.now();
    void process.ended.then((reason) => {
      current = undefined;
      if (stopped.signal.aborted) return;
      report(`The table engine ended (${reason}) and is started again${folder ? '' : '; what it held is lost'}.`);
      restarting = restart(performance.now() - adoptedAt);
      // Whoever waits hears of it; nobody may be waiting.
      restarting.catch(() => {});
    });
  }

  async function restart(livedMs: number): Promise<void> {
    for (let failures = livedMs < longestPauseMs ? 1 : 0; ; failures += 1) {
      await wait(pauseAfter(failures), undefined, { signal: stopped.signal, ref: false });
      const started = await start(launch).catch((error: Error) => report(`${error.message}.`));
      if (started) return adopt(started);
    }
  }

  async function stop(): Promise<void> {
    stopped.abort();
    // A start that is under way comes to its end first, so that its process can be ended.
    await restarting?.catch(() => {});
    await current?.end();
    await folder?.release();
  }

  adopt(first);
  return {
    endpoint: endpointOf(address),
    get pid() {
      return current?.pid;
    },
    restarting: () => restarting,
    requireHealthy: () => requireHealthy(address),
    stop() {
      stopping ??= stop();
      return stopping;
    },
  };
}

const firstPauseMs = 100;
const longestPauseMs = 5000;

/** An engine that has lived for a while comes back at once. */
const pauseAfter = (failures: number): number =>
  failures === 0 ? 0 : Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
