/** What the worker asks of the table, and no operation does. */
import type { Clock } from '../../core/ports/clock.ts';
import type { JobStore } from '../../core/ports/job-store.ts';
import type { Leftovers } from '../../core/ports/leftovers.ts';
import type { PoolDirectory } from '../../core/ports/pool-directory.ts';
import type { UserCounts } from '../../core/ports/user-counts.ts';
import { textIn } from './fields.ts';
import { jobStore } from './job-store.ts';
import { directory } from './keys.ts';
import { listPage } from './paging.ts';
import { purgePool } from './purge.ts';
import { purgeGroup } from './purge-group.ts';
import { purgeUser } from './purge-user.ts';
import { sweepAssets } from './sweep-assets.ts';
import type { Table } from './table.ts';
import { userCounts } from './user-counts.ts';

export interface WorkerStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
  /** `never`: this process is the only writer. `always`: others write as well, and indexes may lag behind. */
  readonly versionCheck: 'never' | 'always';
}

export interface WorkerStores {
  readonly jobStore: JobStore;
  readonly leftovers: Leftovers;
  readonly userCounts: UserCounts;
  readonly poolDirectory: PoolDirectory;
}

/** DynamoDB's indexes follow the table within a second or so; an engine that only this process uses is never behind. */
const indexDelays = { never: 0, always: 5 * 60_000 } as const;

export function dynamodbWorkerStores({ table, clock, versionCheck }: WorkerStoreOptions): WorkerStores {
  const indexDelay = indexDelays[versionCheck];
  return {
    jobStore: jobStore({ table }),
    leftovers: {
      purgePool: (left) => purgePool({ table, clock, indexDelay }, left),
      sweepAssets: (left) => sweepAssets(table, left),
      purgeGroup: (left) => purgeGroup({ table, clock, indexDelay }, left),
      purgeUser: (left) => purgeUser(table, left),
    },
    userCounts: userCounts({ table, indexDelay }),
    poolDirectory: { list: (page) => listPage(table, directory, page, (item) => textIn(item, 'id')) },
  };
}
