/** The ports of the functions on AWS: stores over DynamoDB, keys in KMS, messages by SES and SNS, jobs by SQS, triggers. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ServicePorts } from '../core/pipeline/exchange.ts';
import type { KeyRotation } from '../core/ports/key-rotation.ts';
import { type Environment, readEnvironment } from './aws-environment.ts';
import {
  codeEncryptionOf,
  jobsOf,
  keyMakerOf,
  messengerOf,
  outboxOf,
  partsOf,
  signaturesOf,
  signerOf,
  triggersOf,
  versionCheck,
} from './aws-parts.ts';
import { cssTreeReader } from './css-tree/css-tree-reader.ts';
import { accessStores } from './dynamodb/access-stores.ts';
import { rateCounters } from './dynamodb/rate-counters.ts';
import { dynamodbWorkerStores } from './dynamodb/worker-stores.ts';
import { simpleWebAuthn } from './simplewebauthn/passkey-verifier.ts';
import { inlinePowers } from './system/inline-powers.ts';
import { keyRotation } from './system/key-rotation.ts';
import { rsaSigner } from './system/rsa-signer.ts';
import { steadyPace } from './system/steady-pace.ts';
import { systemClock as clock } from './system/system-clock.ts';
import { systemRandom as random } from './system/system-random.ts';

/** Several times as long (ms) as a refused guess takes, its reads included. */
const stepOfRefusals = 25;

const openParts = (env: Environment) => partsOf(readEnvironment(env));

/** Of a room. Rejects where the stack has not told the function what it needs. What few rooms need loads when it is asked. */
export async function awsPorts(env: Environment): Promise<ServicePorts> {
  const parts = openParts(env);
  const { table, stores, sealer, logger, settings, told } = parts;
  const { rings: _rings, signingKeys: _signingKeys, ...named } = stores;
  await openSeals(sealer);
  return {
    ...named,
    sealer,
    signer: signerOf(parts),
    powers: inlinePowers(),
    pace: steadyPace({ length: stepOfRefusals }),
    messenger: messengerOf(parts),
    codeEncryption: codeEncryptionOf(parts),
    triggers: triggersOf(parts),
    cssReader: cssTreeReader,
    passkeyVerifier: simpleWebAuthn,
    jobs: jobsOf(parts),
    logger,
    settings,
    clock,
    random,
    signatures: signaturesOf(parts),
    originSecret: told.originSecret,
    rates: settings.rates && rateCounters({ table, clock, random }),
  };
}

/**
 * While a function is made it has a whole core, which it may not have afterwards: the data key is opened, and with it the
 * connections to table and KMS. What fails is asked for again by the first request.
 */
async function openSeals(sealer: ServicePorts['sealer']): Promise<void> {
  await sealer.digest('', { purpose: 'code', poolId: '' }).catch(() => undefined);
}

/** Of the documents that verifiers read: keys are listed, not made, and nothing is opened. */
export function awsWellKnownPorts(env: Environment) {
  const { stores, logger, settings } = openParts(env);
  const signer = rsaSigner({ keys: stores.signingKeys, clock });
  return { pools: stores.pools, signer, logger, settings, clock };
}

/** Of the room that gives credentials to callers whom IAM knows. */
export function awsCredentialsPorts(env: Environment) {
  const parts = openParts(env);
  const { table, sealer, logger, settings } = parts;
  return { ...accessStores({ table, sealer }), messages: outboxOf(parts), sealer, logger, settings, clock, random };
}

/** Of the worker. */
export function awsWorkerPorts(env: Environment) {
  const parts = openParts(env);
  const { table, logger, stores } = parts;
  const rotation: KeyRotation = keyRotation({ keys: stores.signingKeys, clock, maker: keyMakerOf(parts) });
  return {
    ...dynamodbWorkerStores({ table, clock, versionCheck }),
    jobs: jobsOf(parts),
    keyRotation: rotation,
    jobLog: logger,
    clock,
    random,
    pause,
  };
}
