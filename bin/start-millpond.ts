/** Starts the whole service in this process: for `npm start`, and for tests of what is built on it. */
import { join } from 'node:path';
import { messageLine } from '../lambdas/adapters/local/announce.ts';
import { apiCaller } from '../lambdas/adapters/local/api-caller.ts';
import { type Closing, closing } from '../lambdas/adapters/local/closing.ts';
import { makeDataFolder } from '../lambdas/adapters/local/data-folder.ts';
import { type Endpoints, openEndpoints } from '../lambdas/adapters/local/endpoints.ts';
import { startSweep } from '../lambdas/adapters/local/engine-sweep.ts';
import { healthRoute } from '../lambdas/adapters/local/health.ts';
import { startHousekeeping } from '../lambdas/adapters/local/housekeeping.ts';
import { masterKeyFile, masterKeyInMemory } from '../lambdas/adapters/local/master-key.ts';
import { type OpenTable, openTable } from '../lambdas/adapters/local/open-table.ts';
import { type Outbox, openOutbox } from '../lambdas/adapters/local/outbox.ts';
import { outboxApi } from '../lambdas/adapters/local/outbox-api.ts';
import { outboxFile } from '../lambdas/adapters/local/outbox-file.ts';
import { noOutboxRoute, outboxPath, outboxRoute } from '../lambdas/adapters/local/outbox-route.ts';
import { applySeed, type Seeded } from '../lambdas/adapters/local/seed.ts';
import { type NamedSeed, readSeeds } from '../lambdas/adapters/local/seed-file.ts';
import { smtpMessenger } from '../lambdas/adapters/local/smtp-messenger.ts';
import { type MillpondOptions, type StartSettings, settle } from '../lambdas/adapters/local/start-settings.ts';
import { type StillClock, stillClock } from '../lambdas/adapters/local/still-clock.ts';
import { oneMachinePorts } from '../lambdas/adapters/one-machine.ts';
import { keyPairs } from '../lambdas/adapters/system/key-pairs.ts';
import { threadedPowers } from '../lambdas/adapters/system/openssl-powers.ts';
import { systemClock } from '../lambdas/adapters/system/system-clock.ts';
import { systemRandom } from '../lambdas/adapters/system/system-random.ts';
import type { ServicePorts } from '../lambdas/core/pipeline/exchange.ts';
import { pipeline } from '../lambdas/core/pipeline/pipeline.ts';
import type { Clock } from '../lambdas/core/ports/clock.ts';
import type { Messenger } from '../lambdas/core/ports/messenger.ts';
import { rooms } from '../lambdas/index.ts';
import { isWellKnown, wellKnown } from '../lambdas/wellknown/index.ts';

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
