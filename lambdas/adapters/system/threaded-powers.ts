/** Modular powers in OpenSSL on threads of their own: for a process that serves many requests at once. */
import { getCompileCacheDir } from 'node:module';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ModularPowers } from '../../core/ports/powers.ts';
import { generator } from './group-power.ts';
import type { PowerAnswer, PowerRequest } from './powers-worker.ts';

export interface ThreadedPowers extends ModularPowers {
  /** Ends the threads; what they had not answered is rejected. */
  close(): Promise<void>;
}

/** The main thread only passes messages on. */
export const threadedPowers = (threads = availableParallelism()): ThreadedPowers => {
  const lanes = Array.from({ length: threads }, openLane);
  const of = (base: Uint8Array, exponent: Uint8Array) => leastLoaded(lanes).power(base, exponent);
  return {
    of,
    ofGenerator: (exponent) => of(generator, exponent),
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
};

interface Lane {
  readonly load: () => number;
  power(base: Uint8Array, exponent: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(power: Uint8Array): void;
  reject(error: Error): void;
}

/** One thread with those who wait for it. A thread that dies takes its waiters along; the next power starts another. */
const openLane = (): Lane => {
  const waiting = new Map<number, Waiting>();
  let closed = false;
  let last = 0;

  const settle = (worker: Worker, answer: PowerAnswer) => {
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (waiting.size === 0) worker.unref();
    if ('power' in answer) waiter?.resolve(answer.power);
    else waiter?.reject(new RangeError(`No power: ${answer.fault}`));
  };
  const lose = (worker: Worker, error: Error) => {
    if (worker !== current) return;
    current = undefined;
    for (const waiter of waiting.values()) waiter.reject(error);
    waiting.clear();
  };
  const start = () => startWorker(settle, lose);
  // A thread takes some fifty milliseconds to start: at first need, so that the process itself is up at once.
  let current: Worker | undefined;

  return {
    load: () => waiting.size,
    power(base, exponent) {
      if (closed) return Promise.reject(new Error('The powers are closed'));
      current ??= start();
      const id = ++last;
      // Idle threads let the process end; a thread that somebody waits for does not.
      if (waiting.size === 0) current.ref();
      const answer = new Promise<Uint8Array>((resolve, reject) => waiting.set(id, { resolve, reject }));
      current.postMessage({ id, base: alone(base), exponent: alone(exponent) } satisfies PowerRequest);
      return answer;
    },
    async close() {
      closed = true;
      await current?.terminate();
    },
  };
};

/** A thread keeps nothing between two powers, but unless it is told so it lets a hundred megabytes of garbage pile up. */
const threadLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16 };

const startWorker = (
  settle: (worker: Worker, answer: PowerAnswer) => void,
  lose: (worker: Worker, error: Error) => void,
): Worker => {
  const compileCache = getCompileCacheDir();
  const worker = new Worker(new URL('./powers-worker.ts', import.meta.url), {
    // A cache of compiled code that the process has is of use to its threads as well.
    env: compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache },
    execArgv: [],
    resourceLimits: threadLimits,
  });
  worker.unref();
  worker.on('message', (answer: PowerAnswer) => settle(worker, answer));
  worker.on('error', (error) => lose(worker, error));
  worker.on('exit', () => lose(worker, new Error('A thread for powers ended')));
  return worker;
};

/** A message carries the whole buffer that its bytes are part of, and small ones share one of eight kilobytes. */
const alone = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

const leastLoaded = (lanes: readonly Lane[]): Lane =>
  lanes.reduce((best, lane) => (lane.load() < best.load() ? lane : best));
