/** What is cleared away now and then, and that a failure does not end it. */
import { describe, expect, test } from 'vitest';
import { startHousekeeping } from '../../lambdas/adapters/local/housekeeping.ts';

const EVERY_MS = 60_000;

/** Pauses that last until they are let go. */
function pauses() {
  const begun: { readonly milliseconds: number; go(): void }[] = [];
  let heard = Promise.withResolvers<void>();
  return {
    pause: (milliseconds: number, signal: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason));
        begun.push({ milliseconds, go: resolve });
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

describe('housekeeping', () => {
  test('lets the outbox expire and purges deleted pools, with a breath between two steps', async () => {
    const done: string[] = [];
    const steps = new Map([
      ['a', ['more', 'done'] as const],
      ['b', ['done'] as const],
    ]);
    const left = new Map([...steps].map(([poolId, outcomes]) => [poolId, [...outcomes]]));
    const { pause, next } = pauses();
    const housekeeping = startHousekeeping({
      pools: {
        unpurged: async () => [...left.keys()],
        async purge(poolId) {
          done.push(`purge ${poolId}`);
          return left.get(poolId)?.shift() ?? 'done';
        },
      },
      outbox: { expire: async () => void done.push('expire') },
      report: (error) => done.push(String(error)),
      pause,
    });
    const first = await next();
    expect([first.milliseconds, done]).toEqual([EVERY_MS, []]);
    first.go();
    const breath = await next();
    expect(breath.milliseconds).toBeLessThan(EVERY_MS);
    breath.go();
    expect((await next()).milliseconds).toBe(EVERY_MS);
    expect(done).toEqual(['expire', 'purge a', 'purge a', 'purge b']);
    await housekeeping.stop();
  });

  test('reports a round that failed, and begins the next one', async () => {
    const reported: unknown[] = [];
    const { pause, next } = pauses();
    const housekeeping = startHousekeeping({
      pools: { unpurged: () => Promise.reject(new Error('away')), purge: async () => 'done' },
      outbox: { expire: async () => undefined },
      report: (error) => reported.push(error),
      pause,
    });
    (await next()).go();
    (await next()).go();
    await next();
    expect(reported).toEqual([new Error('away'), new Error('away')]);
    await housekeeping.stop();
  });

  test('stops in the middle of a purge', async () => {
    const reported: unknown[] = [];
    const { pause, next } = pauses();
    const housekeeping = startHousekeeping({
      pools: { unpurged: async () => ['a'], purge: async () => 'more' },
      outbox: { expire: async () => undefined },
      report: (error) => reported.push(error),
      pause,
    });
    (await next()).go();
    await next();
    await housekeeping.stop();
    expect(reported).toEqual([]);
  });
});
