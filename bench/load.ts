/** A closed loop: so many callers at a time, each sending its next request when the last one is answered. */

export interface Load {
  readonly name: string;
  readonly concurrency: number;
  readonly seconds: number;
  /** One operation; told how many were begun before it. */
  readonly run: (index: number) => Promise<unknown>;
}

export interface Figures {
  readonly name: string;
  readonly concurrency: number;
  readonly operations: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly median: number;
  readonly p95: number;
  readonly p99: number;
}

/** A failed operation ends the measurement: figures of refusals say nothing. */
export async function measure({ name, concurrency, seconds, run }: Load): Promise<Figures> {
  let index = 0;
  const warmUntil = performance.now() + Math.min(1000, seconds * 250);
  await callers(
    concurrency,
    () => performance.now() < warmUntil,
    () => run(index++),
  );

  const durations: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  await callers(
    concurrency,
    () => performance.now() < until,
    async () => {
      const sentAt = performance.now();
      await run(index++);
      durations.push(performance.now() - sentAt);
    },
  );
  return figuresOf(name, concurrency, durations, performance.now() - startedAt);
}

async function callers(count: number, goesOn: () => boolean, run: () => Promise<unknown>): Promise<void> {
  const caller = async (): Promise<void> => {
    while (goesOn()) await run();
  };
  await Promise.all(Array.from({ length: count }, caller));
}

export function figuresOf(name: string, concurrency: number, durations: readonly number[], elapsedMs: number): Figures {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return {
    name,
    concurrency,
    operations: sorted.length,
    perSecond: (sorted.length * 1000) / elapsedMs,
    median: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
  };
}
