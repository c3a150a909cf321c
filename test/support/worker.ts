/** A worker on the table of the tests, with nobody who wakes it. */
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { dynamodbWorkerStores } from '../../lambdas/adapters/dynamodb/worker-stores.ts';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { Clock } from '../../lambdas/core/ports/clock.ts';
import type { JobLine } from '../../lambdas/core/ports/job-log.ts';
import { poolPurgeId } from '../../lambdas/core/rules/job-ids.ts';
import type { WorkerPorts } from '../../lambdas/worker/ports.ts';
import { runJob, type Shift } from '../../lambdas/worker/run-job.ts';
import { testTable } from './table.ts';

export interface TestWorker extends WorkerPorts {
  /** What it wrote of its attempts. */
  readonly lines: readonly JobLine[];
}

export interface WorkerChoice extends Partial<WorkerPorts> {
  readonly clock: Clock;
  readonly table?: Table | undefined;
  readonly versionCheck?: 'never' | 'always' | undefined;
}

export function testWorker({ table = testTable(), versionCheck = 'never', ...given }: WorkerChoice): TestWorker {
  const lines: JobLine[] = [];
  return {
    ...dynamodbWorkerStores({ table, clock: given.clock, versionCheck }),
    jobs: { wake: async () => {} },
    keyRotation: { rotate: async () => {} },
    jobLog: { write: (line) => void lines.push(line) },
    random: systemRandom,
    ...given,
    lines,
  };
}

const minute = 60_000;

/** Has all the time in the world. */
export const untiring: Shift = { hasTime: () => true, breathe: async () => {}, restAfter: () => minute };

/** Takes one step at a time. */
export const hurried: Shift = { ...untiring, hasTime: () => false };

export const purgePool = (worker: WorkerPorts, poolId: string): Promise<'more' | 'idle'> =>
  runJob(worker, poolPurgeId(poolId), untiring);

/** Whether something is left of a removed pool that the worker will purge, now or later. */
export async function isUnpurged({ jobStore }: Pick<WorkerPorts, 'jobStore'>, poolId: string): Promise<boolean> {
  return (await jobStore.due(Number.POSITIVE_INFINITY)).includes(poolPurgeId(poolId));
}
