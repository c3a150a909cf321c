/** Keeps jobs in one partition; each change of a job rests on the lease of whoever makes it. */
import type { Held, JobStore } from '../../core/ports/job-store.ts';
import { and, assign, has, increase, isAbsent, isPresent, together } from './expressions.ts';
import { document } from './fields.ts';
import { decodeLeased, dueAtIn, encodeJob, isDueAt, workedOn } from './job-rows.ts';
import { jobKey, jobs } from './keys.ts';
import { everyItem } from './paging.ts';
import type { Expression, Table } from './table.ts';

export function jobStore({ table }: { readonly table: Table }): JobStore {
  const change = async ({ id, token }: Held, expression: Expression): Promise<'kept' | 'lost'> =>
    'item' in (await table.update(jobKey(id), expression, has('lt', token))) ? 'kept' : 'lost';

  return {
    async add(job) {
      return (await table.put(encodeJob(job), isAbsent)) === 'done' ? 'added' : 'known';
    },

    async lease(id, { token, now, until }) {
      const taken = together(assign({ lt: token, lx: until }), increase('at', 1));
      const outcome = await table.update(jobKey(id), taken, and(isPresent, isDueAt(now)));
      return 'item' in outcome ? decodeLeased(outcome.item) : undefined;
    },

    checkpoint: (job, work, until) => change(job, workedOn(work, until)),

    rest: (job, { notBefore, work, failure }) =>
      change(
        job,
        assign({
          nb: notBefore,
          lt: undefined,
          lx: undefined,
          er: failure,
          ...(work && { w: document(work) }),
          ...(failure === undefined && { at: 0 }),
        }),
      ),

    async finish({ id, token }) {
      return (await table.remove(jobKey(id), has('lt', token))) === 'done' ? 'finished' : 'lost';
    },

    async due(now) {
      const rows = await everyItem(table, { ...jobs, consistent: true });
      const due = rows.filter((row) => dueAtIn(row) <= now);
      return due.toSorted((one, other) => dueAtIn(one) - dueAtIn(other)).map(({ SK }) => SK);
    },
  };
}
