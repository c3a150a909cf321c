/** Sign-ins in two steps, between which the client does work of its own that is no part of the figures. */
import { type Figures, figuresOf } from './load.ts';

/** The first step. Answers what the client does next, which answers the second step. */
export type Begin = (index: number) => Promise<() => Promise<Finish>>;
type Finish = () => Promise<unknown>;

export interface StepLoad {
  readonly name: string;
  readonly concurrency: number;
  readonly seconds: number;
  /** Sign-ins, those before the measurement included, after which what they take is used up. */
  readonly most?: number | undefined;
  /** Told how many were begun before it. */
  readonly begin: Begin;
}

/** Sign-ins at a time that take the first step together, wait for their clients, and take the second one. */
const batchOf = (concurrency: number): number => Math.max(16, 8 * concurrency);

export async function measureSteps({ name, concurrency, seconds, most, begin }: StepLoad): Promise<Figures> {
  const size = batchOf(concurrency);
  await runBatch({ begin, concurrency, size, from: 0 });
  const durations: number[] = [];
  let elapsed = 0;
  for (let from = size; elapsed < seconds * 1000 && from + size <= (most ?? Infinity); from += size) {
    const batch = await runBatch({ begin, concurrency, size, from });
    durations.push(...batch.durations);
    elapsed += batch.elapsed;
  }
  return figuresOf(name, concurrency, durations, elapsed);
}

interface Batch extends Pick<StepLoad, 'begin' | 'concurrency'> {
  readonly size: number;
  readonly from: number;
}

async function runBatch({ begin, concurrency, size, from }: Batch) {
  const indexes = Array.from({ length: size }, (_, index) => from + index);
  const first = await timed(concurrency, indexes, begin);
  // Whatever clients do, some at a time, so that they ask the service for codes as gently as people.
  const between = await timed(4, first.results, (prepare) => prepare());
  const second = await timed(concurrency, between.results, (finish) => finish());
  return {
    elapsed: first.elapsed + second.elapsed,
    durations: first.durations.map((duration, index) => duration + (second.durations[index] ?? 0)),
  };
}

/** In order of what was given, so many at a time; times in milliseconds. */
async function timed<T, R>(concurrency: number, given: readonly T[], run: (value: T) => Promise<R>) {
  const results: R[] = [];
  const durations: number[] = [];
  const rest = given.entries();
  const lane = async (): Promise<void> => {
    for (const [index, value] of rest) {
      const sentAt = performance.now();
      results[index] = await run(value);
      durations[index] = performance.now() - sentAt;
    }
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: concurrency }, lane));
  return { results, durations, elapsed: performance.now() - startedAt };
}
