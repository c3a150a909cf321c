/** Every port an operation can name in `uses`. */
import type { Replica } from '../model/replica.ts';
import type { ResourceServer } from '../model/resource-server.ts';
import type { UiCustomization } from '../model/ui-customization.ts';
import type { AttemptStore } from './attempt-store.ts';
import type { ClientStore } from './client-store.ts';
import type { Clock } from './clock.ts';
import type { CodeStore } from './code-store.ts';
import type { CssReader } from './css-reader.ts';
import type { DomainStore } from './domain-store.ts';
import type { FamilyStore } from './family-store.ts';
import type { GroupStore } from './group-store.ts';
import type { IdentityProviderStore } from './identity-provider-store.ts';
import type { Jobs } from './jobs.ts';
import type { Messenger } from './messenger.ts';
import type { NonceStore } from './nonce-store.ts';
import type { Pace } from './pace.ts';
import type { PoolStore } from './pool-store.ts';
import type { ModularPowers } from './powers.ts';
import type { ProvisionedLimits } from './provisioned-limits.ts';
import type { Random } from './random.ts';
import type { RecordStore } from './record-store.ts';
import type { Sealer } from './sealer.ts';
import type { Settings } from './settings.ts';
import type { Signer } from './signer.ts';
import type { StyleStore } from './style-store.ts';
import type { TermsStore } from './terms-store.ts';
import type { UserStore } from './user-store.ts';

export interface Ports {
  readonly pools: PoolStore;
  readonly clients: ClientStore;
  readonly domains: DomainStore;
  readonly identityProviders: IdentityProviderStore;
  readonly resourceServers: RecordStore<ResourceServer>;
  readonly replicas: RecordStore<Replica>;
  readonly styles: StyleStore;
  readonly terms: TermsStore;
  /** By client, or `everyClient`. They need no bound. `taken` means that there is one, or that the client is gone. */
  readonly uiCustomizations: RecordStore<UiCustomization>;
  readonly groups: GroupStore;
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
  readonly cssReader: CssReader;
  readonly provisionedLimits: ProvisionedLimits;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
}
