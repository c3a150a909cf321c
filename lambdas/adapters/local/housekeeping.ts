/** Clears away, now and then, what deleted pools left behind and which messages are too old. */
import { setTimeout as wait } from 'node:timers/promises';
import type { PoolStore } from '../../core/ports/pool-store.ts';
import type { Outbox } from './outbox.ts';

export interface HousekeepingOptions {
  readonly pools: Pick<PoolStore, 'unpurged' | 'purge'>;
  readonly outbox: Pick<Outbox, 'expire'>;
  /** Hears of a round that failed; the next one comes anyway. */
  readonly report: (error: unknown) => void;
  /** As `setTimeout` of node:timers/promises; rejects when the signal is given. */
  readonly pause?: ((milliseconds: number, signal: AbortSignal) => Promise<unknown>) | undefined;
}

export interface Housekeeping {
  /** Resolves when nothing of it is under way any more. */
  stop(): Promise<void>;
}

const everyMs = 60_000;
/** Between two steps, for others. */
const breathMs = 25;

const unobtrusively = (milliseconds: number, signal: AbortSignal) =>
  wait(milliseconds, undefined, { signal, ref: false });

export function startHousekeeping(options: HousekeepingOptions): Housekeeping {
  const { report, pause = unobtrusively } = options;
  const stopped = new AbortController();
  const { signal } = stopped;

  async function run(): Promise<void> {
    for (;;) {
      await pause(everyMs, signal);
      await tidy(options, () => pause(breathMs, signal)).catch((error) => {
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

/** Resumable: a purge that is cut short goes on in the next round, or at the next start. */
async function tidy({ pools, outbox }: HousekeepingOptions, breathe: () => Promise<unknown>): Promise<void> {
  await outbox.expire();
  for (const poolId of await pools.unpurged()) {
    while ((await pools.purge(poolId)) === 'more') await breathe();
  }
}
