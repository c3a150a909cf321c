/** The ports of the service on one machine: stores over one table, keys in files, work on threads of their own. */
import type { ServicePorts } from '../core/pipeline/exchange.ts';
import type { Clock } from '../core/ports/clock.ts';
import type { Jobs } from '../core/ports/jobs.ts';
import type { KeyRotation } from '../core/ports/key-rotation.ts';
import type { KeyWrap } from '../core/ports/key-wrap.ts';
import type { Logger } from '../core/ports/logger.ts';
import type { Messenger } from '../core/ports/messenger.ts';
import type { Pace } from '../core/ports/pace.ts';
import type { ModularPowers } from '../core/ports/powers.ts';
import type { Random } from '../core/ports/random.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { Triggers } from '../core/ports/triggers.ts';
import { deploymentOf } from '../core/rules/deployment.ts';
import { cssTreeReader } from './css-tree/css-tree-reader.ts';
import { ringStore } from './dynamodb/ring-store.ts';
import { signingKeyStore } from './dynamodb/signing-key-store.ts';
import { dynamodbStores } from './dynamodb/stores.ts';
import type { Table } from './dynamodb/table.ts';
import { dynamodbWorkerStores, type WorkerStores } from './dynamodb/worker-stores.ts';
import { encryptionSdk } from './encryption-sdk/encryption-sdk.ts';
import { senderKeys } from './local/sender-keys.ts';
import { simpleWebAuthn } from './simplewebauthn/passkey-verifier.ts';
import type { KeyPairs } from './system/key-pairs.ts';
import { keyRotation } from './system/key-rotation.ts';
import { ringSealer } from './system/ring-sealer.ts';
import { sealedKeyMaker } from './system/sealed-key-maker.ts';
import { sealedSigner } from './system/sealed-signer.ts';
import { steadyPace } from './system/steady-pace.ts';
import { tokenBuckets } from './system/token-buckets.ts';
import { noTriggers } from './triggers/no-triggers.ts';

/** What differs from one start to the next, and what a test stands in for. */
export interface OneMachine {
  readonly table: Table;
  readonly wrap: KeyWrap;
  readonly powers: ModularPowers;
  readonly pairs: KeyPairs;
  readonly messenger: Messenger;
  readonly logger: Logger;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  /** `always` where another process writes to the same table. */
  readonly versionCheck?: 'never' | 'always';
  readonly pace?: Pace;
  /** Absent: pools that name functions are refused what needs them. */
  readonly triggers?: Triggers;
  /** Absent: jobs wait until somebody looks for them. */
  readonly jobs?: Jobs;
}

/** Several times as long (ms) as a refused guess takes on a machine that is not busy. */
const stepOfRefusals = 10;

/** Half a year, in milliseconds: after it, a signing key gets a successor. */
const lifetimeOfKeys = 180 * 24 * 60 * 60_000;

/** Importing and calling this starts nothing: whoever made the parts ends them. */
export function oneMachinePorts(machine: OneMachine): ServicePorts {
  const { table, wrap, clock, random, pairs, versionCheck = 'never' } = machine;
  const { pace = steadyPace({ length: stepOfRefusals }), jobs = { wake: async () => {} } } = machine;
  const sealer = ringSealer({ rings: ringStore({ table }), wrap, clock, random });
  const { rings: _rings, signingKeys, ...stores } = dynamodbStores({ table, clock, random, sealer, versionCheck });
  return {
    ...stores,
    jobs,
    sealer,
    signer: sealedSigner({ keys: signingKeys, sealer, clock, random, pairs }),
    powers: machine.powers,
    pace,
    messenger: machine.messenger,
    codeEncryption: encryptionSdk(senderKeys({ sealer, random, home: deploymentOf(machine.settings) }).generateDataKey),
    triggers: machine.triggers ?? noTriggers,
    cssReader: cssTreeReader,
    passkeyVerifier: simpleWebAuthn,
    logger: machine.logger,
    settings: machine.settings,
    clock,
    random,
    signatures: 'open',
    rates: machine.settings.rates && tokenBuckets({ clock }),
  };
}

/** What the worker on one machine works with, beside what `oneMachinePorts` made. */
export function oneMachineWorker(
  { table, pairs, versionCheck = 'never' }: Pick<OneMachine, 'table' | 'pairs' | 'versionCheck'>,
  { sealer, clock, random }: Pick<ServicePorts, 'sealer' | 'clock' | 'random'>,
): WorkerStores & { readonly keyRotation: KeyRotation } {
  const maker = sealedKeyMaker({ sealer, pairs, clock, random, lifetime: lifetimeOfKeys });
  return {
    ...dynamodbWorkerStores({ table, clock, versionCheck }),
    keyRotation: keyRotation({ keys: signingKeyStore({ table }), clock, maker }),
  };
}
