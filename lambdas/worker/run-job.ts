/** Takes up one job: step by step, as long as there is time, keeping after each step how far it is. */
import type { LeasedJob, Work } from '../core/model/job.ts';
import { describeFault } from '../core/pipeline/describe-fault.ts';
import type { JobLine } from '../core/ports/job-log.ts';
import { uuid } from '../core/rules/identifiers.ts';
import type { WorkerPorts } from './ports.ts';
import { takeStep } from './steps.ts';

/** Under what terms a worker works. */
export interface Shift {
  /** Whether to begin another step. */
  hasTime(): boolean;
  /** Between two steps, for others who use the table. */
  breathe(): Promise<unknown>;
  /** How long (ms) a job that has failed so often in a row is left alone. */
  restAfter(attempts: number): number;
}

/** Longer than any step takes; so long after its worker has died, another one takes the job over. */
const leaseLength = 120_000;

type Outcome = JobLine['outcome'];

interface Attempt {
  readonly job: LeasedJob;
  readonly startedAt: number;
  steps: number;
  /** Attempts in a row that got no step further. */
  failures: number;
  passedOver: unknown;
}

/**
 * `more`: time is up, and the job is to be gone on with at once. `idle`: there is nothing to do now for this worker.
 * Rejects with what went wrong once the job is left to be tried again.
 */
export async function runJob(ports: WorkerPorts, jobId: string, shift: Shift): Promise<'more' | 'idle'> {
  const now = ports.clock.now();
  const lease = { token: uuid(ports.random), now, until: now + leaseLength };
  const job = await ports.jobStore.lease(jobId, lease);
  if (!job) return 'idle';
  const attempt: Attempt = { job, startedAt: now, steps: 0, failures: job.attempts, passedOver: undefined };
  try {
    const outcome = await takeSteps(ports, attempt, shift);
    report(ports, attempt, outcome, attempt.passedOver);
    return outcome === 'more' ? 'more' : 'idle';
  } catch (fault) {
    await leave(ports, attempt, fault, shift);
    report(ports, attempt, 'failed', fault);
    throw fault;
  }
}

async function takeSteps(ports: WorkerPorts, attempt: Attempt, shift: Shift): Promise<Outcome> {
  const { jobStore, clock } = ports;
  const { job } = attempt;
  let { work }: { work: Work } = job;
  for (;;) {
    const { left, notBefore, passedOver } = await takeStep(ports, work);
    attempt.steps += 1;
    attempt.passedOver ??= passedOver;
    if (left === undefined) return (await jobStore.finish(job)) === 'finished' ? 'done' : 'lost';
    if (notBefore !== undefined) return rested(await jobStore.rest(job, { work: left, notBefore }), 'resting');
    await shift.breathe();
    const now = clock.now();
    if (!shift.hasTime()) return rested(await jobStore.rest(job, { work: left, notBefore: now }), 'more');
    // Somebody took it for abandoned: they go on from here, or from a step before.
    if ((await jobStore.checkpoint(job, left, now + leaseLength)) === 'lost') return 'lost';
    attempt.failures = 1;
    work = left;
  }
}

const rested = (kept: 'kept' | 'lost', outcome: Outcome): Outcome => (kept === 'kept' ? outcome : 'lost');

/** If even that fails, the lease runs out, and the job is taken up again then. */
async function leave({ jobStore, clock }: WorkerPorts, { job, failures }: Attempt, fault: unknown, shift: Shift) {
  const rest = { notBefore: clock.now() + shift.restAfter(failures), failure: nameOf(fault) };
  await jobStore.rest(job, rest).catch(() => undefined);
}

/** Messages may repeat what callers sent; names are those of classes. */
const nameOf = (fault: unknown): string => (fault instanceof Error ? fault.name : typeof fault);

function report({ jobLog, clock }: WorkerPorts, attempt: Attempt, outcome: Outcome, fault: unknown): void {
  const { job, startedAt, steps, failures } = attempt;
  jobLog.write({
    event: 'job.attempted',
    level: fault === undefined ? 'info' : 'error',
    kind: job.work.kind,
    jobId: job.id,
    outcome,
    steps,
    attempt: failures,
    durationMs: clock.now() - startedAt,
    ...(fault !== undefined && { fault: describeFault(fault) }),
  });
}
