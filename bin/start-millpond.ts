/** Starts the whole service in this process: for `npm start`, and for tests of what is built on it. */
import { join } from 'node:path';
import { messageLine } from '../lambdas/adapters/local/announce.ts';
import { apiCaller } from '../lambdas/adapters/local/api-caller.ts';
import { type Closing, closing } from '../lambdas/adapters/local/closing.ts';
import { holdDataFolder } from '../lambdas/adapters/local/data-folder.ts';
import { type Endpoints, openEndpoints } from '../lambdas/adapters/local/endpoints.ts';
import type { Outbox } from '../lambdas/adapters/local/outbox.ts';
import { applySeed, type Seeded } from '../lambdas/adapters/local/seed.ts';
import { type NamedSeed, readSeeds } from '../lambdas/adapters/local/seed-file.ts';
import { type MillpondOptions, type StartSettings, settle } from '../lambdas/adapters/local/start-settings.ts';
import { type StillClock, stillClock } from '../lambdas/adapters/local/still-clock.ts';
import { systemClock } from '../lambdas/adapters/system/system-clock.ts';
import type { Clock } from '../lambdas/core/ports/clock.ts';

export type { MillpondOptions } from '../lambdas/adapters/local/start-settings.ts';
export { type StillClock, stillClock } from '../lambdas/adapters/local/still-clock.ts';

export interface Millpond extends AsyncDisposable {
  readonly endpoint: string;
  readonly httpsEndpoint?: string | undefined;
  /** The file to trust for `httpsEndpoint`. */
  readonly caFile?: string | undefined;
  /** Base of issuers: a pool's own is `<issuer>/<pool id>`. */
  readonly issuer: string;
  /** Of requests that are not signed for one. */
  readonly region: string;
  /** The folder; absent in memory. */
  readonly data?: string | undefined;
  /** Messages with their codes; stays empty when messages are sent. */
  readonly outbox: Outbox;
  /** Absent when messages are sent. */
  readonly outboxPage?: string | undefined;
  /** Ids of what the seeds describe. */
  readonly seeded: Seeded;
  readonly clock: Clock;
  /** Answers what is in flight, then ends; calling it again changes nothing. */
  close(): Promise<void>;
}
