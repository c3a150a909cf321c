/** What must outlive everything else: the table, the keys, the name of the API and the logs. */
import { Stack, type StackProps } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { type IKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { type FunctionName, functionNames, idOf } from './functions.ts';
import { pin } from './pinned.ts';
import { profiles } from './profiles.ts';
import type { Settings } from './settings.ts';
import { makeTable, type NamedTable, removalOf } from './table.ts';

export interface SigningKeyPair {
  readonly id: IKey;
  readonly access: IKey;
}

export class StateStack extends Stack {
  readonly table: NamedTable;
  readonly tableKey: IKey | undefined;
  readonly wrapKey: IKey;
  /** Eldest generation first; none where keys are sealed into the table. */
  readonly signingKeys: readonly SigningKeyPair[];
  /** What the edge proves itself with. */
  readonly originSecret: Secret | undefined;
  /** Bare: its id is part of the issuer of every token, its routes are the service's. */
  readonly httpApi: HttpApi | undefined;
  readonly logGroups: ReadonlyMap<FunctionName, LogGroup>;
  /** Of the gateway. */
  readonly accessLog: LogGroup | undefined;

  constructor(scope: Construct, id: string, settings: Settings, props: StackProps) {
    super(scope, id, { ...props, terminationProtection: profiles[settings.profile].terminationProtection });
    this.tableKey = settings.tableKey === 'cmk' ? makeKey(this, 'TableKey', settings) : undefined;
    this.table = tableOf(this, settings, pin(makeTable(this, settings, this.tableKey), 'Table'));
    this.wrapKey = makeKey(this, 'WrapKey', settings);
    this.signingKeys = generationsOf(settings).map((generation) => makePair(this, generation, settings));
    this.originSecret = settings.routing === 'edge' ? makeSecret(this, settings) : undefined;
    this.httpApi = settings.routing === 'rules' ? undefined : makeApi(this, settings);
    this.logGroups = new Map(functionNames(settings).map((name) => [name, makeLogGroup(this, name, settings)]));
    this.accessLog = profiles[settings.profile].accessLogs ? makeLogGroup(this, 'access', settings) : undefined;
  }

  logGroup(name: FunctionName): LogGroup {
    const found = this.logGroups.get(name);
    if (!found) throw new Error(`No log group for ${name}.`);
    return found;
  }
}

/** A table that was restored has another name, and cannot become the stack's own. */
const tableOf = (scope: Construct, { restoredTable }: Settings, own: Table): NamedTable =>
  restoredTable === undefined ? own : Table.fromTableName(scope, 'Restored', restoredTable);

/** The one that signs and the one before it, whose tokens are still good. */
const generationsOf = ({ signingGeneration: newest }: Settings): readonly number[] =>
  [newest - 1, newest].filter((generation) => generation > 0);

function makePair(scope: Construct, generation: number, settings: Settings): SigningKeyPair {
  const [id, access] = (['Id', 'Access'] as const).map((use) => {
    const spec = { keySpec: KeySpec.RSA_2048, keyUsage: KeyUsage.SIGN_VERIFY };
    return makeKey(scope, `Signing${use}Key${generation}`, settings, spec);
  });
  if (!id || !access) throw new Error('A pair is two keys.');
  return { id, access };
}

/** Symmetric keys rotate by themselves; KMS cannot do so for the others. */
function makeKey(
  scope: Construct,
  id: string,
  settings: Settings,
  spec?: { readonly keySpec: KeySpec; readonly keyUsage: KeyUsage },
): Key {
  const key = new Key(scope, id, {
    description: `${settings.name}: ${id}`,
    removalPolicy: removalOf(settings),
    ...(spec ?? { enableKeyRotation: true }),
  });
  return pin(key, id);
}

/** 43 letters and digits are 256 bits. */
function makeSecret(scope: Construct, settings: Settings): Secret {
  const secret = new Secret(scope, 'OriginSecret', {
    description: `${settings.name}: what CloudFront proves itself with at the API`,
    generateSecretString: { passwordLength: 43, excludePunctuation: true },
    removalPolicy: removalOf(settings),
  });
  acknowledge(
    secret,
    'AwsSolutions-SMG4',
    'Distribution and functions hold copies that change by deployment alone: rotated by itself, it would shut the edge out.',
  );
  return pin(secret, 'OriginSecret');
}

function makeApi(scope: Construct, settings: Settings): HttpApi {
  const api = new HttpApi(scope, 'Api', {
    apiName: settings.name,
    description: 'Millpond',
    createDefaultStage: false,
  });
  api.applyRemovalPolicy(removalOf(settings));
  return pin(api, 'Api');
}

function makeLogGroup(scope: Construct, name: string, settings: Settings): LogGroup {
  return new LogGroup(scope, `${idOf(name)}Log`, {
    // RetentionDays is an enum of just the numbers that the settings allow.
    retention: settings.logDays,
    removalPolicy: removalOf(settings),
  });
}
