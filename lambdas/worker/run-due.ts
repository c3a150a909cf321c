/** The regular look at all jobs: adds those that come again and again, and finds those whose time has come. */
import { standingJobId } from '../core/rules/job-ids.ts';
import type { WorkerPorts } from './ports.ts';
import { runJob, type Shift } from './run-job.ts';

const hour = 3_600_000;

/** Each is done, forgotten, and added again at the next look. */
const standing = [
  { kind: 'recount', every: 7 * 24 * hour },
  { kind: 'rotate-keys', every: hour },
] as const;

type DuePorts = Pick<WorkerPorts, 'jobStore' | 'clock'>;

/** The ids of jobs that are due, longest due first. */
async function findDue({ jobStore, clock }: DuePorts): Promise<readonly string[]> {
  const now = clock.now();
  for (const { kind, every } of standing) {
    await jobStore.add({ id: standingJobId(kind), work: { kind }, notBefore: now + every });
  }
  return jobStore.due(now);
}

/** Whoever is not woken now is at the next look: it keeps the queue short. */
const mostWoken = 100;

/** For workers that a queue calls. */
export async function wakeDue(ports: DuePorts & Pick<WorkerPorts, 'jobs'>): Promise<void> {
  const due = await findDue(ports);
  for (const jobId of due.slice(0, mostWoken)) await ports.jobs.wake(jobId);
}

/** For a worker that has no queue: does here what is due. What fails does not keep the others waiting. */
export async function runDue(ports: WorkerPorts, shift: Shift): Promise<void> {
  for (const jobId of await findDue(ports)) {
    if (!shift.hasTime()) return;
    // It is in the log, and in the row of the job.
    await runJob(ports, jobId, shift).catch(() => undefined);
  }
}
