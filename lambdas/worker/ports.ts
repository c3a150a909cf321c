/** What the worker is composed of. */
import type { Clock } from '../core/ports/clock.ts';
import type { JobLog } from '../core/ports/job-log.ts';
import type { JobStore } from '../core/ports/job-store.ts';
import type { Jobs } from '../core/ports/jobs.ts';
import type { KeyRotation } from '../core/ports/key-rotation.ts';
import type { Leftovers } from '../core/ports/leftovers.ts';
import type { PoolDirectory } from '../core/ports/pool-directory.ts';
import type { Random } from '../core/ports/random.ts';
import type { UserCounts } from '../core/ports/user-counts.ts';

export interface WorkerPorts {
  readonly jobStore: JobStore;
  readonly jobs: Jobs;
  readonly leftovers: Leftovers;
  readonly userCounts: UserCounts;
  readonly poolDirectory: PoolDirectory;
  readonly keyRotation: KeyRotation;
  readonly jobLog: JobLog;
  readonly clock: Clock;
  readonly random: Random;
}
