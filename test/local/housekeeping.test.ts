/** What is done now and then, that a job wakes it, and that a failure does not end it. */
import { describe, expect, test } from 'vitest';
import { type HousekeepingOptions, startHousekeeping } from '../../lambdas/adapters/local/housekeeping.ts';
import { localJobs } from '../../lambdas/adapters/local/local-jobs.ts';

const EVERY_MS = 60_000;

/** Pauses that last until they are let go. */
function pauses() {
  const begun: { readonly milliseconds: number; readonly signal: AbortSignal; go(): void }[] = [];
  let heard = Promise.withResolvers<void>();
  return {
    pause: (milliseconds: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
        begun.push({ milliseconds, signal, go: resolve });
        heard.resolve();
      }),
    /** The next pause, once it has begun. */
    async next() {
      await heard.promise;
      heard = Promise.withResolvers();
      const pause = begun.shift();
      if (!pause) throw new Error('No pause has begun.');
      return pause;
    },
  };
}

function start(options: Partial<HousekeepingOptions> = {}) {
  const { jobs, woken } = localJobs();
  const done: string[] = [];
  const reported: unknown[] = [];
  const { pause, next } = pauses();
  const housekeeping = startHousekeeping({
    work: async () => void done.push('work'),
    woken,
    outbox: { expire: async () => void done.push('expire') },
    report: (error) => reported.push(error),
    pause,
    ...options,
  });
  return { jobs, done, reported, next, housekeeping };
}

describe('housekeeping', () => {
  test('lets the outbox expire and does the jobs that are due, every minute', async () => {
    const { done, next, housekeeping } = start();
    for (let round = 1; round <= 3; round += 1) {
      const pause = await next();
      expect([pause.milliseconds, done.length]).toEqual([EVERY_MS, 2 * (round - 1)]);
      pause.go();
    }
    await next();
    expect(done).toEqual(['expire', 'work', 'expire', 'work', 'expire', 'work']);
    await housekeeping.stop();
  });

  test('begins at once when it is woken, and lets go of the pause', async () => {
    const { done, next, jobs, housekeeping } = start();
    const pause = await next();
    await jobs.wake('a');
    const another = await next();
    expect(done).toEqual(['expire', 'work']);
    expect(pause.signal.aborted).toBe(true);
    another.go();
    await next();
    expect(done).toHaveLength(4);
    await housekeeping.stop();
  });

  test('does another round for a job that was written while it was at the former ones', async () => {
    let rounds = 0;
    const busy = Promise.withResolvers<void>();
    const { next, jobs, housekeeping } = start({
      async work() {
        rounds += 1;
        if (rounds === 1) await busy.promise;
      },
    });
    (await next()).go();
    await jobs.wake('a');
    await jobs.wake('b');
    busy.resolve();
    await next();
    await next();
    expect(rounds).toBe(2);
    await housekeeping.stop();
  });

  test('works with a breath between two steps, until it is stopped', async () => {
    const steps: number[] = [];
    const { next, reported, housekeeping } = start({
      async work({ hasTime, breathe }) {
        while (hasTime()) {
          steps.push(steps.length);
          await breathe();
        }
      },
    });
    (await next()).go();
    const breath = await next();
    expect(breath.milliseconds).toBeLessThan(EVERY_MS);
    breath.go();
    await next();
    await housekeeping.stop();
    expect([steps, reported]).toEqual([[0, 1], []]);
  });

  test('leaves a job alone for the longer the more often it fails, an hour at most', async () => {
    const rests: number[] = [];
    const { next, housekeeping } = start({
      work: async ({ restAfter }) => void rests.push(...[1, 2, 3, 20].map(restAfter)),
    });
    (await next()).go();
    await next();
    expect(rests).toEqual([1, 2, 4, 60].map((minutes) => minutes * 60_000));
    await housekeeping.stop();
  });

  test('reports a round that failed, and begins the next one', async () => {
    const { next, reported, housekeeping } = start({ work: () => Promise.reject(new Error('away')) });
    (await next()).go();
    (await next()).go();
    await next();
    expect(reported).toEqual([new Error('away'), new Error('away')]);
    await housekeeping.stop();
  });
});
