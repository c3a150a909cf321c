/** The role of each function: what every one needs to answer at all, and what its operations declare to use. */
import { Aws } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { type FunctionName, isRoom, operationsOf, type RoomName, roomNames, workOf } from './functions.ts';
import { messageStatements, messageUses } from './message-grants.ts';
import { type Port, tableUsesOf } from './port-uses.ts';
import type { Settings } from './settings.ts';
import type { StateStack } from './state-stack.ts';
import { type TableUse, tableStatements } from './table-access.ts';
import { besideRooms, callers, people, rates, replay, sealing } from './table-uses.ts';
import { senderKeyStatements, triggerStatements } from './trigger-grants.ts';

/** What roles speak of. */
export interface Granted {
  readonly state: StateStack;
  readonly queue: IQueue;
  readonly settings: Settings;
}

/** Everything but the logs, which every function writes. */
export function statementsOf(name: FunctionName, { state, queue, settings }: Granted): readonly PolicyStatement[] {
  const uses = tableUses(name, settings);
  const ports = portsOf(name);
  return [
    ...tableStatements(state.table, uses),
    ...(state.tableKey && uses.length > 0 ? [tableKeyStatement(state.tableKey)] : []),
    ...(opensSeals(name, settings) ? [wrapStatement(state.wrapKey)] : []),
    ...signingStatements(name, state, settings),
    ...(ports.has('messenger') ? messageStatements(settings) : []),
    ...(ports.has('triggers') ? triggerStatements(settings) : []),
    ...(ports.has('codeEncryption') ? senderKeyStatements(settings) : []),
    ...(queuesJobs(name) ? [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] })] : []),
  ];
}

export const portsOf = (name: FunctionName): ReadonlySet<Port> =>
  new Set(workOf(name).flatMap(({ uses = [] }): readonly Port[] => uses));

/** Whether a function is told of the queue. The worker puts long jobs back. */
export const queuesJobs = (name: FunctionName): boolean => name === 'worker' || portsOf(name).has('jobs');

const isOfApi = (name: FunctionName): boolean => name === 'rooms' || isRoom(name);
/** The worker does so for signing keys alone, and those of KMS never leave it. */
const opensSeals = (name: FunctionName, { signing }: Settings): boolean =>
  isOfApi(name) || name === 'web' || name === 'credentials' || (name === 'worker' && signing === 'sealed');
const roomsOf = (name: FunctionName): readonly RoomName[] =>
  name === 'rooms' ? roomNames : roomNames.filter((room) => room === name);

function tableUses(name: FunctionName, settings: Settings): readonly TableUse[] {
  const beside = besideRooms[name];
  if (beside !== undefined) return opensSeals(name, settings) ? [...beside, sealing] : beside;
  const counted = settings.limits.rates ? [rates] : [];
  if (name === 'web') return [sealing, ...counted, ...tableUsesOf(name, portsOf(name))];
  const hasPeople = operationsOf(name).some(({ caller }) => caller.kind === 'token');
  return [
    callers,
    ...(hasPeople ? [people] : []),
    ...(settings.replayGuard ? [replay] : []),
    ...counted,
    ...(portsOf(name).has('messenger') ? messageUses(settings) : []),
    ...roomsOf(name).flatMap((room) => tableUsesOf(room, portsOf(room))),
  ];
}

/** The ring of data keys, and nothing else that this key may ever be used for. */
const wrapStatement = (key: IKey): PolicyStatement =>
  new PolicyStatement({
    actions: ['kms:Decrypt', 'kms:Encrypt'],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:EncryptionContext:app': 'millpond' } },
  });

/** DynamoDB uses the key in the caller's name, and only it may. */
const tableKeyStatement = (key: IKey): PolicyStatement =>
  new PolicyStatement({
    actions: [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:GenerateDataKeyWithoutPlaintext',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
  });

/** Functions that hand out tokens. */
const signers: readonly FunctionName[] = ['auth', 'rooms'];
/** Those that write down which public keys are a pool's: with the pool, with its first token, or when keys follow. */
const publishers: readonly FunctionName[] = [...signers, 'pools', 'worker'];

function signingStatements(
  name: FunctionName,
  { signingKeys }: StateStack,
  { signing }: Settings,
): readonly PolicyStatement[] {
  const resources = signingKeys.flatMap(({ id, access }) => [id.keyArn, access.keyArn]);
  if (resources.length === 0) return [];
  return [
    ...(signing === 'kms' && publishers.includes(name)
      ? [new PolicyStatement({ actions: ['kms:GetPublicKey'], resources })]
      : []),
    ...(signers.includes(name) ? [new PolicyStatement({ actions: ['kms:Sign'], resources })] : []),
  ];
}
