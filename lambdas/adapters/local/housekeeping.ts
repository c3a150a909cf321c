/** Clears away messages that are too old, and does the jobs that are due: now and then, and when it is woken. */
import { setTimeout as wait } from 'node:timers/promises';
import type { LocalJobs } from './local-jobs.ts';
import type { Outbox } from './outbox.ts';

export interface HousekeepingOptions {
  /** Does the jobs that are due, as long as there is time. What fails is tried again at a later call. */
  readonly work: (shift: LocalShift) => Promise<void>;
  readonly woken: LocalJobs['woken'];
  readonly outbox: Pick<Outbox, 'expire'>;
  /** Hears of a round that failed; the next one comes anyway. */
  readonly report: (error: unknown) => void;
  /** As `setTimeout` of node:timers/promises; rejects when the signal is given. */
  readonly pause?: ((milliseconds: number, signal: AbortSignal) => Promise<unknown>) | undefined;
}

/** Under what terms jobs are worked at beside everything else that the process does. */
export interface LocalShift {
  /** Until the process is about to end. */
  hasTime(): boolean;
  breathe(): Promise<unknown>;
  restAfter(attempts: number): number;
}

export interface Housekeeping {
  /** Resolves when nothing of it is under way any more. */
  stop(): Promise<void>;
}

const everyMs = 60_000;
/** Between two steps, for others. */
const breathMs = 25;
const longestRestMs = 60 * 60_000;

const unobtrusively = (milliseconds: number, signal: AbortSignal) =>
  wait(milliseconds, undefined, { signal, ref: false });

export function startHousekeeping(options: HousekeepingOptions): Housekeeping {
  const { report, woken, pause = unobtrusively } = options;
  const stopped = new AbortController();
  const { signal } = stopped;
  const shift: LocalShift = {
    hasTime: () => !signal.aborted,
    // What is to end during a breath ends after it, in order.
    breathe: () => pause(breathMs, signal).catch(() => undefined),
    restAfter: (attempts) => Math.min(everyMs * 2 ** (attempts - 1), longestRestMs),
  };

  async function run(): Promise<void> {
    let wake = woken();
    for (;;) {
      const isWoken = await untilEither(wake, (until) => pause(everyMs, until), signal);
      if (isWoken) wake = woken();
      await tidy(options, shift).catch((error) => {
        if (!signal.aborted) report(error);
      });
    }
  }

  const running = run().catch((error) => {
    if (!signal.aborted) throw error;
  });
  return {
    stop() {
      stopped.abort();
      return running;
    },
  };
}

/** Whether it was the wake-up that came. Rejects when the signal is given; the pause that is not needed ends. */
async function untilEither(
  wake: Promise<void>,
  pause: (until: AbortSignal) => Promise<unknown>,
  signal: AbortSignal,
): Promise<boolean> {
  const settled = new AbortController();
  const paused = pause(AbortSignal.any([signal, settled.signal])).then(() => false);
  // Once woken, nobody waits for it any more.
  paused.catch(() => undefined);
  try {
    return await Promise.race([wake.then(() => true), paused]);
  } finally {
    settled.abort();
  }
}

async function tidy({ work, outbox }: HousekeepingOptions, shift: LocalShift): Promise<void> {
  await outbox.expire();
  await work(shift);
}
