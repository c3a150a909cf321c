/**
 * Counts the users of every pool anew, and corrects counters that say something else.
 *
 * People come and go while they are counted: of everybody who did, nobody knows whether they were. So counters also
 * count changes, and only what the changes meanwhile cannot explain is taken for a drift. A count that is off by less
 * than their number stays as it is, until a week comes in which fewer users come and go. As the index may lag behind,
 * a drift is believed when it is still there in a second count, begun once everything from before has reached the index.
 */
import type { Counting, Tally, WorkKinds } from '../../core/model/job.ts';
import type { Cursor } from '../../core/model/page.ts';
import type { WorkerPorts } from '../ports.ts';
import type { Progress, Step } from '../step.ts';

type RecountProgress = Progress<WorkKinds['recount']>;

export const recount: Step<'recount'> = (ports, { after, counting }) =>
  counting ? countOn(ports, counting) : begin(ports, after);

async function begin(ports: WorkerPorts, after: Cursor | undefined): Promise<RecountProgress> {
  const { items, next } = await ports.poolDirectory.list({ limit: 1, after });
  const [poolId] = items;
  if (poolId === undefined) return {};
  const before = await ports.userCounts.tally(poolId);
  if (before === undefined) return goOnWith(next);
  return countOn(ports, { poolId, next, before, counted: 0, isSettled: ports.userCounts.delay === 0 });
}

async function countOn(ports: WorkerPorts, counting: Counting): Promise<RecountProgress> {
  const { counted, next } = await ports.userCounts.count(counting.poolId, counting.after);
  const soFar = { ...counting, counted: counting.counted + counted, after: next };
  return next === undefined ? conclude(ports, soFar) : { left: { kind: 'recount', counting: soFar } };
}

/** Others may change the counters in between; a pool where that always happens gets its turn in a week. */
const tries = 5;

async function conclude(ports: WorkerPorts, counting: Counting): Promise<RecountProgress> {
  const { poolId, next, isSettled } = counting;
  for (let made = 0; made < tries; made += 1) {
    const now = await ports.userCounts.tally(poolId);
    const drift = now ? driftOf(counting, now) : 0;
    if (now === undefined || drift === 0) break;
    if (!isSettled) return countAgain(ports, counting, now);
    if ((await ports.userCounts.correct(poolId, now, drift)) === 'corrected') break;
  }
  return goOnWith(next);
}

/** As computed from the counters at every try, so a correction that was made already is not made again. */
function driftOf({ counted, before }: Counting, now: Tally): number {
  const meanwhile = now.changes - before.changes;
  const [least, most] = [counted - meanwhile, counted + meanwhile];
  if (now.users < least) return least - now.users;
  return now.users > most ? most - now.users : 0;
}

const countAgain = (
  { clock, userCounts }: WorkerPorts,
  { poolId, next }: Counting,
  before: Tally,
): RecountProgress => ({
  left: { kind: 'recount', counting: { poolId, next, before, counted: 0, isSettled: true } },
  notBefore: clock.now() + userCounts.delay,
});

const goOnWith = (next: Cursor | undefined): RecountProgress => ({ left: next && { kind: 'recount', after: next } });
