/** What every job store promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Job, LeasedJob, Work } from '../../lambdas/core/model/job.ts';
import type { JobStore } from '../../lambdas/core/ports/job-store.ts';
import { aPool } from '../support/model.ts';
import { inParallel } from './open-stores.ts';

/** A store that holds no job yet; each call of `another` is another process on the same jobs. */
export type OpenJobStore = () => Promise<{ readonly store: JobStore; readonly another: () => JobStore }>;

const now = 1_000_000;
const length = 1000;
const recount: Work = { kind: 'recount' };
const further: Work = { kind: 'recount', after: { PK: 'POOLS', SK: 'a' } };
const aJob = (members: Partial<Job> = {}): Job => ({ id: randomUUID(), work: recount, notBefore: now, ...members });

export function jobStoreContract(name: string, open: OpenJobStore): void {
  const withJob = async (members?: Partial<Job>) => {
    const stores = await open();
    const job = aJob(members);
    await stores.store.add(job);
    return { ...stores, job };
  };
  const lease = (store: JobStore, { id }: Pick<Job, 'id'>, at = now, token: string = randomUUID()) =>
    store.lease(id, { token, now: at, until: at + length });
  const mustLease = async (store: JobStore, job: Pick<Job, 'id'>, at = now): Promise<LeasedJob> => {
    const leased = await lease(store, job, at);
    if (!leased) throw new Error('There was nothing to lease.');
    return leased;
  };

  describe(`${name} as a job store`, () => {
    test('gives back work as it was added', async () => {
      const { store, another } = await open();
      const pool = aPool({ settings: { AliasAttributes: ['email'] }, tags: { team: 'a b' } });
      for (const work of [
        { kind: 'purge-pool', pool, removedAt: 7 },
        {
          kind: 'purge-user',
          poolId: pool.id,
          un: 'ada \u{1F511}',
          sub: 's',
          removedAt: 7,
          after: { PK: 'a', SK: 'b' },
        },
        { kind: 'purge-group', poolId: pool.id, groupId: 'g', removedAt: 7, after: { g1p: 'p', g1s: 's' } },
        {
          kind: 'recount',
          counting: {
            poolId: pool.id,
            before: { users: 1, changes: 2 },
            counted: 3,
            after: { PK: 'x' },
            isSettled: true,
          },
        },
        { kind: 'rotate-keys', after: { PK: 'POOLS' } },
      ] as const) {
        const job = aJob({ work });
        expect(await store.add(job)).toBe('added');
        expect(await lease(another(), job, now, 'mine')).toEqual({ id: job.id, work, token: 'mine', attempts: 1 });
      }
    });

    test('keeps the job that is there already', async () => {
      const { store, job } = await withJob();
      expect(await store.add({ ...job, work: further })).toBe('known');
      expect((await mustLease(store, job)).work).toEqual(recount);
    });

    test('has no job that was never added', async () => {
      const { store } = await open();
      expect(await lease(store, aJob())).toBeUndefined();
      expect(await store.due(now)).toEqual([]);
    });

    test('hands a job to one of many who ask at once', async () => {
      const { another, job } = await withJob();
      const leased = await inParallel(20, () => lease(another(), job));
      expect(leased.filter((each) => each !== undefined)).toHaveLength(1);
    });

    test('hands out no job before its time', async () => {
      const { store, job } = await withJob({ notBefore: now + 1 });
      expect(await lease(store, job)).toBeUndefined();
      expect(await store.due(now)).toEqual([]);
      expect(await store.due(now + 1)).toEqual([job.id]);
      expect(await lease(store, job, now + 1)).toBeDefined();
    });

    test('hands a job over once the lease has run out, and counts attempts', async () => {
      const { store, another, job } = await withJob();
      const former = await mustLease(store, job);
      expect(await lease(another(), job, now + length - 1)).toBeUndefined();
      expect(await store.due(now + length - 1)).toEqual([]);
      expect(await store.due(now + length)).toEqual([job.id]);
      const next = await mustLease(another(), job, now + length);
      expect(next).toMatchObject({ work: recount, attempts: 2 });
      expect(next.token).not.toBe(former.token);
    });

    test('lets nobody change a job whose lease is somebody else’s', async () => {
      const { store, another, job } = await withJob();
      const former = await mustLease(store, job);
      const next = await mustLease(another(), job, now + length);
      expect(await store.checkpoint(former, further, now + 9 * length)).toBe('lost');
      expect(await store.rest(former, { work: further, notBefore: now })).toBe('lost');
      expect(await store.rest(former, { notBefore: now, failure: 'Error' })).toBe('lost');
      expect(await store.finish(former)).toBe('lost');
      expect(await store.due(now + length)).toEqual([]);
      expect(await another().checkpoint(next, further, now + 3 * length)).toBe('kept');
      expect((await mustLease(store, job, now + 3 * length)).work).toEqual(further);
    });

    test('lets whoever is late go on as long as nobody has taken over', async () => {
      const { store, job } = await withJob();
      const leased = await mustLease(store, job);
      expect(await store.checkpoint(leased, further, now + 5 * length)).toBe('kept');
      expect(await lease(store, job, now + 4 * length)).toBeUndefined();
      expect(await store.finish(leased)).toBe('finished');
    });

    test('extends the lease by a checkpoint, keeps the work, and counts attempts from there', async () => {
      const { store, another, job } = await withJob();
      await mustLease(store, job);
      const leased = await mustLease(store, job, now + length);
      expect(leased.attempts).toBe(2);
      expect(await store.checkpoint(leased, further, now + 3 * length)).toBe('kept');
      expect(await lease(another(), job, now + 3 * length - 1)).toBeUndefined();
      expect(await mustLease(another(), job, now + 3 * length)).toMatchObject({ work: further, attempts: 2 });
    });

    test('lets a job rest with what is done of it', async () => {
      const { store, another, job } = await withJob();
      const leased = await mustLease(store, job);
      expect(await store.rest(leased, { work: further, notBefore: now + 10 })).toBe('kept');
      expect(await lease(another(), job, now + 9)).toBeUndefined();
      expect(await mustLease(another(), job, now + 10)).toMatchObject({ work: further, attempts: 1 });
    });

    test('counts the attempts of a job that rests because it failed', async () => {
      const { store, job } = await withJob();
      for (let made = 1; made <= 3; made += 1) {
        const leased = await mustLease(store, job, now + 10 * made);
        expect(leased).toMatchObject({ work: recount, attempts: made });
        await store.rest(leased, { notBefore: now + 10 * (made + 1), failure: 'Unavailable' });
      }
    });

    test('forgets a job that is finished, and may be given it again', async () => {
      const { store, job } = await withJob();
      const leased = await mustLease(store, job);
      expect(await store.finish(leased)).toBe('finished');
      expect(await store.due(now + 9 * length)).toEqual([]);
      expect(await store.checkpoint(leased, further, now)).toBe('lost');
      expect(await store.rest(leased, { notBefore: now })).toBe('lost');
      expect(await lease(store, job, now + 9 * length)).toBeUndefined();
      expect(await store.add(job)).toBe('added');
    });

    test('names due jobs in the order in which they became so', async () => {
      const { store } = await open();
      const ids = ['c', 'a', 'd', 'b'];
      for (const [at, id] of ids.entries()) await store.add(aJob({ id, notBefore: now - 10 + at }));
      await store.add(aJob({ id: 'later', notBefore: now + 1 }));
      expect(await store.due(now)).toEqual(ids);
    });
  });
}
