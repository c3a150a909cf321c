/** The worker as a Lambda function: events of SQS in, wake-ups out. */
import { describe, expect, test } from 'vitest';
import { workerEntry } from '../../lambdas/worker/index.ts';
import { aClock } from '../ports/open-stores.ts';
import { anOwnTable } from '../support/own-table.ts';
import { testWorker } from '../support/worker.ts';

const minute = 60_000;

/** A function whose queue is written down, with a job that takes three steps of five minutes each. */
async function aFunction(fault?: Error) {
  const table = await anOwnTable();
  const clock = aClock();
  const woken: string[] = [];
  const breaths: number[] = [];
  let left = 15 * minute;
  let made = 0;
  const worker = testWorker({
    clock,
    table,
    jobs: { wake: async (id) => void woken.push(id) },
    leftovers: {
      purgePool: () => Promise.reject(new Error('not asked for')),
      async purgeUser({ after }) {
        if (fault) throw fault;
        left -= 5 * minute;
        const step = Number(after?.['step'] ?? 1);
        return { next: step < 3 ? { step: step + 1 } : undefined };
      },
      purgeGroup: () => Promise.reject(new Error('not asked for')),
      sweepAssets: () => Promise.reject(new Error('not asked for')),
    },
  });
  const handler = workerEntry(() => {
    made += 1;
    return { ...worker, pause: async (milliseconds) => void breaths.push(milliseconds) };
  });
  const work = { kind: 'purge-user', poolId: 'p', un: 'ada', sub: 's', removedAt: 0 } as const;
  await worker.jobStore.add({ id: 'job', work, notBefore: clock.now() });
  const context = { getRemainingTimeInMillis: () => left };
  return {
    worker,
    clock,
    woken,
    breaths,
    timesMade: () => made,
    say: (...messages: readonly unknown[]) =>
      handler({ Records: messages.map((message) => ({ body: JSON.stringify(message) })) }, context),
    sayText: (body: string) => handler({ Records: [{ body }] }, context),
    anotherInvocation: () => {
      left = 15 * minute;
    },
  };
}

describe('The worker', () => {
  test('does the job that a message names, with a breath between two steps', async () => {
    const { say, worker, woken, breaths } = await aFunction();
    await say({ job: 'job' });
    expect(woken).toEqual([]);
    expect(worker.lines).toMatchObject([{ outcome: 'done', steps: 3 }]);
    expect(breaths).toEqual([250, 250]);
  });

  test('wakes itself before its time is up, and the next call goes on', async () => {
    const { say, worker, woken, anotherInvocation, clock } = await aFunction();
    const work = { kind: 'purge-user', poolId: 'p', un: 'bob', sub: 's', removedAt: 0 } as const;
    await worker.jobStore.add({ id: 'another', work, notBefore: clock.now() });
    await say({ job: 'job' }, { job: 'another' });
    // The first one took all of the time, so the other one gets a step.
    expect(woken).toEqual(['another']);
    anotherInvocation();
    await say({ job: 'another' });
    expect(woken).toEqual(['another']);
    expect(worker.lines.map(({ jobId, outcome, steps }) => [jobId, outcome, steps])).toEqual([
      ['job', 'done', 3],
      ['another', 'more', 1],
      ['another', 'done', 2],
    ]);
  });

  test('wakes at each tick a worker for every job that is due', async () => {
    const { say, woken, clock, worker } = await aFunction();
    await say({ tick: true });
    expect(woken).toEqual(['job']);
    await worker.jobStore.lease('job', { token: 'theirs', now: clock.now(), until: clock.now() + minute });
    await say({ tick: true });
    expect(woken).toEqual(['job']);
    clock.advance(60 * minute);
    await say({ tick: true });
    expect(woken).toEqual(['job', 'job', 'rotate-keys']);
  });

  test('wakes no more than a hundred workers at a tick', async () => {
    const { say, woken, worker, clock } = await aFunction();
    for (let number = 0; number < 120; number += 1) {
      await worker.jobStore.add({
        id: `job-${number}`,
        work: { kind: 'recount' },
        notBefore: clock.now() - 120 + number,
      });
    }
    await say({ tick: true });
    expect(woken).toEqual(Array.from({ length: 100 }, (_, number) => `job-${number}`));
  });

  test('fails with a job that fails, so that the message comes again and finds the job due', async () => {
    const { say, worker, clock } = await aFunction(new TypeError('broken'));
    for (let delivery = 1; delivery <= 5; delivery += 1) {
      await expect(say({ job: 'job' })).rejects.toThrow('broken');
      clock.advance(16 * minute);
    }
    expect(worker.lines.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
    // From then on it is tried every hour, then every other one, and so on.
    await say({ job: 'job' });
    clock.advance(44 * minute);
    await expect(say({ job: 'job' })).rejects.toThrow('broken');
    clock.advance(60 * minute);
    await say({ job: 'job' });
    clock.advance(60 * minute);
    await expect(say({ job: 'job' })).rejects.toThrow('broken');
    for (let day = 0; day < 9; day += 1) {
      clock.advance(24 * 60 * minute);
      await expect(say({ job: 'job' })).rejects.toThrow('broken');
    }
  });

  test('lets a message pass whose job is done, or somebody else’s', async () => {
    const { say, worker, woken } = await aFunction();
    await say({ job: 'job' });
    await say({ job: 'job' }, { job: 'unknown' });
    expect(worker.lines).toHaveLength(1);
    expect(woken).toEqual([]);
  });

  test.each([['{}'], ['null'], ['[]'], ['{"job":""}'], ['{"job":7}'], ['{"tick":"yes"}'], ['"job"']])(
    'refuses the message %s without repeating it',
    async (body) => {
      const { sayText, worker } = await aFunction();
      await expect(sayText(body)).rejects.toThrow('A message of the queue asks for nothing that the worker knows.');
      expect(worker.lines).toEqual([]);
    },
  );

  test('refuses a message that is not JSON', async () => {
    const { sayText } = await aFunction();
    await expect(sayText('job')).rejects.toThrow();
  });

  test('is not cut short by itself when its time runs out', async () => {
    const { say, worker } = await aFunction();
    // The first job takes all of the time; there is none left for the messages behind it.
    await say({ job: 'job' }, { job: 'unknown' }, { tick: true });
    expect(worker.lines).toHaveLength(1);
  });

  test('makes its ports once, when the first message comes', async () => {
    const { say, timesMade } = await aFunction();
    expect(timesMade()).toBe(0);
    await say({ tick: true });
    await say({ tick: true });
    expect(timesMade()).toBe(1);
  });
});
