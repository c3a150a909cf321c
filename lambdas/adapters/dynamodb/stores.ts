/** All stores over one table. */
import type { Clock } from '../../core/ports/clock.ts';
import type { Ports } from '../../core/ports/index.ts';
import type { Random } from '../../core/ports/random.ts';
import type { RingStore } from '../../core/ports/ring-store.ts';
import type { SigningKeyStore } from '../../core/ports/signing-key-store.ts';
import { attemptStore } from './attempt-store.ts';
import { challengeStateStore } from './challenge-state-store.ts';
import type { SecretSealer } from './client-rows.ts';
import { clientStore } from './client-store.ts';
import { codeStore } from './code-store.ts';
import { configuration } from './configuration.ts';
import { deviceStore } from './device-store.ts';
import { domainStore } from './domain-store.ts';
import { familyStore } from './family-store.ts';
import { groupStore } from './group-store.ts';
import { identityProviderStore } from './identity-provider-store.ts';
import { nonceStore } from './nonce-store.ts';
import { passkeyStore } from './passkey-store.ts';
import { poolStore } from './pool-store.ts';
import { provisionedLimits } from './provisioned-limits.ts';
import { recordStore } from './record-store.ts';
import { replicaKind } from './replica-rows.ts';
import { resourceServerKind } from './resource-server-rows.ts';
import { ringStore } from './ring-store.ts';
import { signingKeyStore } from './signing-key-store.ts';
import { softwareTokenStore } from './software-token-store.ts';
import { styleStore } from './style-store.ts';
import type { Table } from './table.ts';
import { termsStore } from './terms-store.ts';
import { uiCustomizationKind } from './ui-customization-rows.ts';
import { userSessionStore } from './user-session-store.ts';
import { userStore } from './user-store.ts';

export interface StoreOptions {
  readonly table: Table;
  readonly clock: Clock;
  readonly random: Random;
  /** Seals the secrets of clients and identity providers; it may rest on the rings of this very table, see `ringStore`. */
  readonly sealer: SecretSealer;
  /** `never`: this process is the only writer. `always`: others write as well, and are noticed by the pool's version. */
  readonly versionCheck: 'never' | 'always';
}

type Named =
  | 'pools'
  | 'clients'
  | 'domains'
  | 'identityProviders'
  | 'resourceServers'
  | 'replicas'
  | 'styles'
  | 'terms'
  | 'uiCustomizations'
  | 'groups'
  | 'users'
  | 'codes'
  | 'attempts'
  | 'families'
  | 'nonces'
  | 'challengeStates'
  | 'softwareTokens'
  | 'passkeys'
  | 'devices'
  | 'userSessions'
  | 'provisionedLimits';

export interface Stores extends Pick<Ports, Named> {
  readonly rings: RingStore;
  readonly signingKeys: SigningKeyStore;
}

/** One set for each process: it holds the cache of configuration and the guesses in flight. */
export function dynamodbStores(given: StoreOptions): Stores {
  const options = {
    ...given,
    configuration: configuration(given),
  };
  return {
    pools: poolStore(options),
    clients: clientStore(options),
    domains: domainStore(options),
    identityProviders: identityProviderStore(options),
    resourceServers: recordStore(options, resourceServerKind),
    replicas: recordStore(options, replicaKind),
    styles: styleStore(options),
    terms: termsStore(options),
    uiCustomizations: recordStore(options, uiCustomizationKind),
    groups: groupStore(options),
    users: userStore(options),
    codes: codeStore(options),
    attempts: attemptStore(options),
    families: familyStore(options),
    nonces: nonceStore(options),
    challengeStates: challengeStateStore(options),
    softwareTokens: softwareTokenStore(options),
    passkeys: passkeyStore(options),
    devices: deviceStore(options),
    userSessions: userSessionStore(options),
    provisionedLimits: provisionedLimits(options),
    rings: ringStore(options),
    signingKeys: signingKeyStore(options),
  };
}
