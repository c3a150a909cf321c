/** How a worker takes up a job: alone, for as long as it has time, and what becomes of a job that fails. */
import { describe, expect, test } from 'vitest';
import { jobKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { StaleConfiguration } from '../../lambdas/core/ports/stale-configuration.ts';
import type { WorkerPorts } from '../../lambdas/worker/ports.ts';
import { runDue } from '../../lambdas/worker/run-due.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { aClock } from '../ports/open-stores.ts';
import { anOwnTable } from '../support/own-table.ts';
import { hurried, testWorker, untiring } from '../support/worker.ts';

const id = 'rotate-keys';
const minute = 60_000;
const hour = 60 * minute;

/** A job of `pages` steps, each of which rotates the keys of one pool. */
async function aJob(pages: number, rotate: (poolId: string) => Promise<void> = async () => {}) {
  const table = await anOwnTable();
  const clock = aClock();
  const rotated: string[] = [];
  const ports: Partial<WorkerPorts> = {
    poolDirectory: {
      async list({ after }) {
        const page = after === undefined ? 1 : Number(after['page']);
        return { items: [`pool-${page}`], next: page < pages ? { page: page + 1 } : undefined };
      },
    },
    keyRotation: {
      async rotate(poolId) {
        await rotate(poolId);
        rotated.push(poolId);
      },
    },
  };
  const aWorker = (more: Partial<WorkerPorts> = {}) => testWorker({ clock, table, ...ports, ...more });
  await aWorker().jobStore.add({ id, work: { kind: 'rotate-keys' }, notBefore: clock.now() });
  const row = () => table.get(jobKey(id), { consistent: true });
  return { table, clock, rotated, aWorker, row };
}

describe('A worker', () => {
  test('takes step after step until nothing is left, and breathes in between', async () => {
    const { aWorker, rotated, row } = await aJob(3);
    let breaths = 0;
    const breathe = async () => {
      breaths += 1;
    };
    const worker = aWorker();
    expect(await runJob(worker, id, { ...untiring, breathe })).toBe('idle');
    expect([rotated, breaths, await row()]).toEqual([['pool-1', 'pool-2', 'pool-3'], 2, undefined]);
    expect(worker.lines).toMatchObject([{ kind: id, jobId: id, outcome: 'done', steps: 3, attempt: 1, level: 'info' }]);
  });

  test('stops when its time is up, and goes on there at the next call', async () => {
    const { aWorker, rotated } = await aJob(3);
    const worker = aWorker();
    const outcomes = [];
    for (let call = 0; call < 4; call += 1) outcomes.push(await runJob(worker, id, hurried));
    expect(outcomes).toEqual(['more', 'more', 'idle', 'idle']);
    expect(rotated).toEqual(['pool-1', 'pool-2', 'pool-3']);
    expect(worker.lines.map(({ outcome }) => outcome)).toEqual(['more', 'more', 'done']);
  });

  test('has nothing to do for a job that is not there, is not due, or is somebody else’s', async () => {
    const { aWorker, clock } = await aJob(1);
    const worker = aWorker();
    expect(await runJob(worker, 'unknown', untiring)).toBe('idle');
    await worker.jobStore.add({ id: 'recount', work: { kind: 'recount' }, notBefore: clock.now() + 1 });
    expect(await runJob(worker, 'recount', untiring)).toBe('idle');
    await worker.jobStore.lease(id, { token: 'theirs', now: clock.now(), until: clock.now() + 1 });
    expect(await runJob(worker, id, untiring)).toBe('idle');
    expect(worker.lines).toEqual([]);
  });

  test('is the only one of many that does a step', async () => {
    const { aWorker, rotated } = await aJob(5);
    await Promise.all(Array.from({ length: 10 }, () => runJob(aWorker(), id, untiring)));
    expect(rotated).toEqual(['pool-1', 'pool-2', 'pool-3', 'pool-4', 'pool-5']);
  });

  test('ends quietly once another one has taken its job over', async () => {
    let meanwhile = async (): Promise<void> => {};
    const { aWorker, clock, rotated, row } = await aJob(3, () => meanwhile());
    const [slow, next] = [aWorker(), aWorker()];
    meanwhile = async () => {
      meanwhile = async () => {};
      clock.advance(10 * minute);
      expect(await runJob(next, id, hurried)).toBe('more');
    };
    expect(await runJob(slow, id, untiring)).toBe('idle');
    expect(slow.lines).toMatchObject([{ outcome: 'lost', steps: 1, level: 'info' }]);
    expect(await row()).toMatchObject({ w: JSON.stringify({ kind: 'rotate-keys', after: { page: 2 } }) });
    await runJob(next, id, untiring);
    expect(rotated).toEqual(['pool-1', 'pool-1', 'pool-2', 'pool-3']);
  });

  test('lets nobody take a job over that gets further now and then', async () => {
    const { aWorker, clock, rotated } = await aJob(4);
    const other = aWorker();
    const breathe = async () => {
      expect(await runJob(other, id, untiring)).toBe('idle');
      clock.advance(minute);
    };
    await runJob(aWorker(), id, { ...untiring, breathe });
    expect(rotated).toEqual(['pool-1', 'pool-2', 'pool-3', 'pool-4']);
    expect(other.lines).toEqual([]);
  });

  test('keeps the keys of other pools moving when those of one cannot be moved, and says so', async () => {
    const { aWorker, rotated, row } = await aJob(3, async (poolId) => {
      if (poolId === 'pool-1') throw new StaleConfiguration(poolId);
      if (poolId === 'pool-2') throw new TypeError('stuck');
    });
    const worker = aWorker();
    expect(await runJob(worker, id, untiring)).toBe('idle');
    expect([rotated, await row()]).toEqual([['pool-3'], undefined]);
    expect(worker.lines).toMatchObject([
      { outcome: 'done', level: 'error', fault: { name: 'TypeError', message: 'stuck' } },
    ]);
  });
});

describe('A job that fails', () => {
  class Broken extends Error {
    override readonly name = 'Broken';
  }
  const broken = (): Partial<WorkerPorts> => ({
    poolDirectory: { list: () => Promise.reject(new Broken('of ada@example.com')) },
  });

  test('is left to be tried again, with the name of the error and nothing else of it', async () => {
    const { aWorker, clock, row } = await aJob(1);
    const worker = aWorker(broken());
    await expect(runJob(worker, id, untiring)).rejects.toThrow(Broken);
    expect(await row()).toMatchObject({ at: 1, er: 'Broken', nb: clock.now() + minute });
    expect(JSON.stringify(await row())).not.toContain('ada');
    expect(worker.lines).toMatchObject([{ outcome: 'failed', level: 'error', fault: { name: 'Broken' } }]);
    expect(await runJob(aWorker(), id, untiring)).toBe('idle');
    clock.advance(minute);
    expect(await row()).toBeDefined();
    await runJob(aWorker(), id, untiring);
    expect(await row()).toBeUndefined();
  });

  test('rests the longer the more often it fails in a row', async () => {
    const { aWorker, clock } = await aJob(1);
    const asked: number[] = [];
    const restAfter = (attempts: number) => {
      asked.push(attempts);
      return 1;
    };
    for (let made = 0; made < 3; made += 1) {
      await runJob(aWorker(broken()), id, { ...untiring, restAfter }).catch(() => {});
      clock.advance(1);
    }
    expect(asked).toEqual([1, 2, 3]);
  });

  test('counts its failures from where it got further', async () => {
    const { aWorker, clock } = await aJob(3);
    const asked: number[] = [];
    const restAfter = (attempts: number) => asked.push(attempts);
    await runJob(aWorker(broken()), id, { ...untiring, restAfter }).catch(() => {});
    clock.advance(minute);
    const { list } = aWorker().poolDirectory;
    const brokenLater: Partial<WorkerPorts> = {
      poolDirectory: { list: (page) => (page.after ? Promise.reject(new Broken('later')) : list(page)) },
    };
    await runJob(aWorker(brokenLater), id, { ...untiring, restAfter }).catch(() => {});
    expect(asked).toEqual([1, 1]);
  });

  test('is taken up when its lease runs out, should even that not be written', async () => {
    const { aWorker, clock, rotated } = await aJob(1);
    const worker = aWorker(broken());
    const jobStore = { ...worker.jobStore, rest: () => Promise.reject(new Error('away')) };
    await expect(runJob({ ...worker, jobStore }, id, untiring)).rejects.toThrow(Broken);
    expect(await runJob(aWorker(), id, untiring)).toBe('idle');
    expect(rotated).toEqual([]);
    clock.advance(2 * minute);
    await runJob(aWorker(), id, untiring);
    expect(rotated).toEqual(['pool-1']);
  });

  test('does not keep others waiting', async () => {
    const { aWorker, clock, rotated } = await aJob(1);
    const worker = aWorker({
      leftovers: {
        purgePool: () => Promise.reject(new Broken('x')),
        purgeUser: async () => ({}),
        purgeGroup: async () => ({}),
        sweepAssets: async () => {},
      },
    });
    const work = { kind: 'purge-user', poolId: 'p', un: 'ada', sub: 's', removedAt: 0 } as const;
    await worker.jobStore.add({ id: 'a', work: { kind: 'purge-pool', pool: {} as never, removedAt: 0 }, notBefore: 0 });
    await worker.jobStore.add({ id: 'b', work, notBefore: 1 });
    await runDue(worker, untiring);
    expect(worker.lines.map(({ jobId, outcome }) => [jobId, outcome])).toEqual([
      ['a', 'failed'],
      ['b', 'done'],
      [id, 'done'],
    ]);
    expect(rotated).toEqual(['pool-1']);
    expect(await worker.jobStore.due(clock.now() + hour - 1)).toEqual(['a']);
  });
});

describe('The regular look at all jobs', () => {
  test('sees to it that keys are moved along every hour and users counted every week', async () => {
    const table = await anOwnTable();
    const clock = aClock();
    const rotated: string[] = [];
    const counted: unknown[] = [];
    const worker = testWorker({
      clock,
      table,
      poolDirectory: {
        async list({ limit }) {
          // A recount asks for one pool after the other.
          if (limit > 1) return { items: ['pool'] };
          counted.push(limit);
          return { items: [] };
        },
      },
      keyRotation: { rotate: async (poolId) => void rotated.push(poolId) },
    });
    for (let passed = 0; passed <= 15 * 24; passed += 1) {
      await runDue(worker, untiring);
      clock.advance(hour);
    }
    // An hour after a job is done, the look at which it is added again; an hour later it is due.
    expect(rotated.length).toBeGreaterThan(175);
    expect(counted).toHaveLength(2);
  });

  test('takes up nothing any more once there is no time', async () => {
    const { aWorker, rotated } = await aJob(1);
    await runDue(aWorker(), hurried);
    expect(rotated).toEqual([]);
  });
});
