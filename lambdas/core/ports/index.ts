/** Every port an operation can name in `uses`. */
import type { AttemptStore } from './attempt-store.ts';
import type { ClientStore } from './client-store.ts';
import type { Clock } from './clock.ts';
import type { CodeStore } from './code-store.ts';
import type { FamilyStore } from './family-store.ts';
import type { Jobs } from './jobs.ts';
import type { Messenger } from './messenger.ts';
import type { NonceStore } from './nonce-store.ts';
import type { Pace } from './pace.ts';
import type { PoolStore } from './pool-store.ts';
import type { ModularPowers } from './powers.ts';
import type { Random } from './random.ts';
import type { Sealer } from './sealer.ts';
import type { Settings } from './settings.ts';
import type { Signer } from './signer.ts';
import type { UserStore } from './user-store.ts';

export interface Ports {
  readonly pools: PoolStore;
  readonly clients: ClientStore;
  readonly users: UserStore;
  readonly codes: CodeStore;
  readonly attempts: AttemptStore;
  readonly families: FamilyStore;
  readonly nonces: NonceStore;
  readonly jobs: Jobs;
  readonly signer: Signer;
  readonly sealer: Sealer;
  readonly powers: ModularPowers;
  readonly pace: Pace;
  readonly messenger: Messenger;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
}
