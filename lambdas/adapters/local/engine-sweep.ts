/** Removes expired rows now and then, which the embedded engine never does by itself. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../core/ports/clock.ts';
import { ttlAttribute } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';

export interface SweepOptions {
  readonly table: Table;
  readonly clock: Clock;
  /** Hears of a sweep that failed; the next one comes anyway. */
  readonly report?: ((error: unknown) => void) | undefined;
  /** As `setTimeout` of node:timers/promises; rejects when the signal is given. */
  readonly pause?: ((milliseconds: number, signal: AbortSignal) => Promise<unknown>) | undefined;
}

export interface Sweep {
  /** Resolves when no request of it is under way any more. */
  stop(): Promise<void>;
}

const firstMs = 60_000;
const everyMs = 3_600_000;
const step = 500;
/** Between two steps, for others. */
const breathMs = 25;

const unobtrusively = (milliseconds: number, signal: AbortSignal) =>
  wait(milliseconds, undefined, { signal, ref: false });

export function startSweep({ table, clock, report = () => {}, pause = unobtrusively }: SweepOptions): Sweep {
  const stopped = new AbortController();
  const { signal } = stopped;
  const breathe = () => pause(breathMs, signal);
  async function run(): Promise<void> {
    await pause(firstMs, signal);
    for (;;) {
      await sweepExpired(table, clock.now(), breathe).catch((error) => {
        if (!signal.aborted) report(error);
      });
      signal.throwIfAborted();
      await pause(everyMs, signal);
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

/** Answers how many rows it removed. `breathe` is awaited between two steps; what it throws ends the sweep. */
export async function sweepExpired(table: Table, now: number, breathe: () => Promise<unknown> = async () => {}) {
  const expiredBefore = Math.floor(now / 1000);
  // A row that was given more time since it was read is not garbage.
  const isExpired = {
    expression: '#ttl < :before',
    names: { '#ttl': ttlAttribute },
    values: { ':before': expiredBefore },
  };
  let removed = 0;
  let after: Awaited<ReturnType<Table['scan']>>['next'];
  do {
    const { items, next } = await table.scan({ limit: step, after, expiredBefore });
    for (const { PK, SK } of items) {
      if ((await table.remove({ PK, SK }, isExpired)) === 'done') removed += 1;
    }
    after = next;
    await breathe();
  } while (after !== undefined);
  return removed;
}
