/** Messages of the queue, and rows of jobs, that nobody of ours has written. */
import { describe, expect, test } from 'vitest';
import { jobKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import type { Work } from '../../lambdas/core/model/job.ts';
import { workerEntry } from '../../lambdas/worker/index.ts';
import { aClock } from '../ports/open-stores.ts';
import { anOwnTable, everyRowOf } from '../support/own-table.ts';
import { testWorker } from '../support/worker.ts';

async function aFunction() {
  const table = await anOwnTable();
  const clock = aClock();
  const purged: unknown[] = [];
  const worker = testWorker({
    clock,
    table,
    jobs: { wake: async () => undefined },
    leftovers: {
      purgePool: async (work) => {
        purged.push(work);
        return 'done';
      },
      purgeUser: async (work) => {
        purged.push(work);
        return { next: undefined };
      },
      purgeGroup: async (work) => {
        purged.push(work);
        return {};
      },
      sweepAssets: async (work) => void purged.push(work),
    },
  });
  const handler = workerEntry(() => ({ ...worker, pause: async () => undefined }));
  const context = { getRemainingTimeInMillis: () => 900_000 };
  const sayText = (body: string) => handler({ Records: [{ body }] }, context);
  return { table, clock, worker, purged, sayText, say: (message: unknown) => sayText(JSON.stringify(message)) };
}

describe('A message', () => {
  test.each([
    { job: '../POOLS/@' },
    { job: '__proto__' },
    { job: 'constructor' },
    { job: 'recount\u0000' },
    { job: '*' },
    { job: 'x'.repeat(500) },
    { job: 'nobody', work: { kind: 'purge-pool', pool: { id: 'eu-west-1_Live' }, removedAt: 0 } },
    { job: 'nobody', kind: 'purge-user', poolId: 'p', un: 'ada', sub: 's' },
  ])('that names a job that there is not does nothing: %j', async (message) => {
    const { say, purged, table, worker } = await aFunction();
    await say(message);
    expect([purged, await everyRowOf(table), worker.lines]).toEqual([[], [], []]);
  });

  test.each([
    '{"job":"secret-of-somebody"',
    'secret-of-somebody',
    '{"secret-of-somebody":1}',
    '["secret-of-somebody"]',
  ])('that cannot be read is not repeated in what is logged of it: %s', async (body) => {
    const { sayText } = await aFunction();
    const fault: unknown = await sayText(body).catch((error: unknown) => error);
    const { message, stack, cause } = fault instanceof Error ? fault : new Error('secret: nothing was thrown');
    expect(`${message}${stack}${cause}`).not.toContain('secret');
  });

  test('does not run a job before its time, nor one that somebody else is at', async () => {
    const { say, worker, clock, purged } = await aFunction();
    const work = { kind: 'purge-user', poolId: 'p', un: 'ada', sub: 's', removedAt: 0 } as const;
    await worker.jobStore.add({ id: 'later', work, notBefore: clock.now() + 1 });
    await worker.jobStore.add({ id: 'taken', work, notBefore: clock.now() });
    await worker.jobStore.lease('taken', { token: 'x', now: clock.now(), until: clock.now() + 60_000 });
    await say({ job: 'later' });
    await say({ job: 'taken' });
    expect(purged).toEqual([]);
  });
});

describe('A job', () => {
  test.each(['drop-table', 'constructor', 'toString', '__proto__', ''])(
    'of the kind %j, which there is not, fails and is left for somebody to look at',
    async (kind) => {
      const { say, worker, clock, table } = await aFunction();
      // As a later version, or somebody at the table, would write it.
      await worker.jobStore.add({ id: 'odd', work: { kind } as unknown as Work, notBefore: clock.now() });
      await expect(say({ job: 'odd' })).rejects.toThrow('A job of a kind that the worker does not know');
      expect(await table.get(jobKey('odd'))).toMatchObject({ er: 'Error' });
    },
  );
});
