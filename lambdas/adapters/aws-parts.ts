/** What the functions on AWS are put together from. Making the parts sends nothing yet. */
import { limitSettings } from '../core/contract/limits-document.ts';
import type { CodeEncryption } from '../core/ports/code-encryption.ts';
import type { Jobs } from '../core/ports/jobs.ts';
import type { Messenger } from '../core/ports/messenger.ts';
import type { Settings } from '../core/ports/settings.ts';
import type { SignatureCheck } from '../core/ports/signature-check.ts';
import type { Triggers } from '../core/ports/triggers.ts';
import type { AwsEnvironment } from './aws-environment.ts';
import { awsMessenger } from './aws-messenger.ts';
import { accessStores } from './dynamodb/access-stores.ts';
import { dynamodbTable } from './dynamodb/dynamodb-table.ts';
import { outboxMessenger, outboxStore } from './dynamodb/outbox-store.ts';
import { ringStore } from './dynamodb/ring-store.ts';
import { dynamodbClient, sdkWire } from './dynamodb/sdk-wire.ts';
import { dynamodbStores, type Stores } from './dynamodb/stores.ts';
import type { Table } from './dynamodb/table.ts';
import { textBudget } from './dynamodb/text-budget.ts';
import { encryptionSdk } from './encryption-sdk/encryption-sdk.ts';
import { kmsClient } from './kms/kms-client.ts';
import { kmsDataKeys } from './kms/kms-data-keys.ts';
import { kmsKeyMaker } from './kms/kms-key-maker.ts';
import { kmsKeySigner } from './kms/kms-key-signer.ts';
import { kmsKeyWrap } from './kms/kms-key-wrap.ts';
import { lambdaCaller } from './lambda/lambda-caller.ts';
import { powertoolsLogger } from './powertools/powertools-logger.ts';
import { signatureCheck } from './sigv4/signature-check.ts';
import { sqsJobs } from './sqs/sqs-jobs.ts';
import type { KeyMaker } from './system/key-kinds.ts';
import { keyPairs } from './system/key-pairs.ts';
import { ringSealer } from './system/ring-sealer.ts';
import { rsaSigner } from './system/rsa-signer.ts';
import { sealedKeyMaker } from './system/sealed-key-maker.ts';
import { sealedKeySigner } from './system/sealed-key-signer.ts';
import { systemClock as clock } from './system/system-clock.ts';
import { systemRandom as random } from './system/system-random.ts';
import { patientTriggers } from './triggers/patient-triggers.ts';

export type Parts = ReturnType<typeof partsOf>;

/** Several functions write to the table, so each asks whether what it keeps in memory is still true. */
export const versionCheck = 'always';

/** What every function has. */
export function partsOf(told: AwsEnvironment) {
  const { region, tableName, wrapKeyArn, issuerBase, account, partition, room } = told;
  const table: Table = dynamodbTable({ wire: sdkWire(dynamodbClient({ region })), tableName });
  const logger = powertoolsLogger({ room });
  const kms = kmsClient({ region });
  const patience = { onThrottle: () => logger.count('KmsThrottles') };
  const wrap = kmsKeyWrap({ client: kms, keyArn: wrapKeyArn, patience });
  const sealer = ringSealer({ rings: ringStore({ table }), wrap, clock, random });
  const stores: Stores = dynamodbStores({ table, clock, random, sealer, versionCheck });
  const settings: Settings = { issuerBase, account, partition, region, ...limitSettings(told.limits) };
  return { told, table, logger, kms, patience, sealer, stores, settings };
}

const dayMs = 86_400_000;

/** Only what is to be published is read where keys are made elsewhere, so makers are eager. */
export function keyMakerOf({ told, kms, patience, sealer }: Parts): KeyMaker {
  if (told.signing === 'kms') return kmsKeyMaker({ client: kms, clock, generations: told.signingKeys, patience });
  const lifetime = told.rotateAfterDays * dayMs;
  return sealedKeyMaker({ pairs: keyPairs(), sealer, clock, random, lifetime, eager: true });
}

/** Both kinds of keys can sign: a pool keeps those that it has until they are rotated. */
export const signerOf = (parts: Parts) =>
  rsaSigner({
    keys: parts.stores.signingKeys,
    clock,
    maker: keyMakerOf(parts),
    signers: {
      sealed: sealedKeySigner({ sealer: parts.sealer, clock }),
      kms: kmsKeySigner({ client: parts.kms, patience: parts.patience }),
    },
  });

export const outboxOf = ({ table, sealer }: Parts) => outboxStore({ table, sealer, clock });

export const messengerOf = (parts: Parts): Messenger =>
  awsMessenger({
    mailFrom: parts.told.mailFrom,
    sms: parts.told.sms,
    account: parts.told.account,
    rolesIn: parts.told.assumeSmsRoles ? parts.told.region : undefined,
    outbox: outboxMessenger(outboxOf(parts)),
    budget: textBudget({ table: parts.table, clock }),
  });

/** Under the keys that pools name for their codes. */
export const codeEncryptionOf = ({ told: { region }, patience }: Parts): CodeEncryption =>
  encryptionSdk(kmsDataKeys({ region, patience }));

/** Which functions may be run is up to the role. */
export const triggersOf = ({ told }: Parts): Triggers => patientTriggers(lambdaCaller(told));

export const signaturesOf = ({ told, table, sealer, stores, settings }: Parts): SignatureCheck =>
  signatureCheck({
    ...accessStores({ table, sealer }),
    pools: stores.pools,
    sealer,
    clock,
    settings,
    hosts: told.ownHosts,
    acceptAnyRegion: false,
    replayGuard: told.replayGuard ? stores.nonces : undefined,
  });

/** A function that begins no jobs is not told where they are woken. */
export function jobsOf({ told: { jobsQueueUrl }, logger }: Parts): Jobs {
  if (jobsQueueUrl === undefined) return { wake: async () => undefined };
  return sqsJobs({ queueUrl: jobsQueueUrl, report: () => logger.count('LostWakeUps') });
}
