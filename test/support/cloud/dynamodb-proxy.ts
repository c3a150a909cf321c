/** DynamoDB as the functions see it: the embedded engine, behind a door that asks their roles. */
import { Agent, request as ask } from 'node:http';
import { text } from 'node:stream/consumers';
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import { WireFailure } from '../../../lambdas/adapters/dynamodb/wire-failures.ts';
import { engineWire } from '../../../lambdas/adapters/local/engine-wire.ts';
import { accessesOf, type TableInfo } from './dynamodb-access.ts';
import { arnOf } from './grants.ts';
import type { Guard } from './guard.ts';
import { type ServiceAnswer, type ServiceRequest, type StandInServer, startStandIn } from './stand-in-server.ts';
import type { Cloud, Resource } from './template.ts';

export interface ProxyOptions {
  readonly cloud: Cloud;
  /** Of the engine. */
  readonly endpoint: string;
  readonly guard: Pick<Guard, 'permits'>;
  readonly onFault: (fault: unknown) => void;
}

const contentType = 'application/x-amz-json-1.0';

/** The tables are made in the engine as the templates define them, unless an earlier deployment has made them. */
export async function startDynamodbProxy({ cloud, endpoint, guard, onFault }: ProxyOptions): Promise<StandInServer> {
  const tables = new Map<string, TableInfo>();
  for (const resource of [...cloud.ofType('AWS::DynamoDB::GlobalTable'), ...cloud.ofType('AWS::DynamoDB::Table')]) {
    tables.set(resource.identity.ref, await createTable(endpoint, resource));
  }
  const find = (name: string): TableInfo => {
    const found = tables.get(name.startsWith('arn:') ? (name.split('/').at(-1) ?? '') : name);
    if (found === undefined) throw new Error(`The templates have no table ${name}`);
    return found;
  };
  return startStandIn(async (request) => {
    const accesses = accessesOf(request.operation, JSON.parse(request.body), find);
    return guard.permits(request.accessKeyId, accesses) ? forward(endpoint, request) : denied(accesses[0]?.action);
  }, onFault);
}

/** `fetch` takes clearly more processor time, and functions ask for something all the time. */
const forward = (endpoint: string, { operation, body }: ServiceRequest): Promise<ServiceAnswer> =>
  new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const more = { 'x-amz-target': `${api}.${operation}`, 'content-length': length };
    const asked = ask(endpoint, { agent, method: 'POST', headers: { ...headers, ...more } }, (message) => {
      text(message).then((answer) => resolve({ status: message.statusCode ?? 0, contentType, body: answer }), reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });

/** Idle connections keep no process alive, and are closed after this (ms). */
const agent = new Agent({ keepAlive: true, timeout: 3_000 });

const api = 'DynamoDB_20120810';

/** The engine looks no further than that there is a signature. */
const headers = {
  'content-type': contentType,
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20200101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20200101T000000Z',
};

const denied = (action = ''): ServiceAnswer => ({
  status: 400,
  contentType,
  body: JSON.stringify({
    __type: 'com.amazon.coral.service#AccessDeniedException',
    Message: `The role is not authorized to perform: ${action}`,
  }),
});

type Schema = NonNullable<CreateTableCommandInput['KeySchema']>;

async function createTable(endpoint: string, resource: Resource): Promise<TableInfo> {
  const { ref: name } = resource.identity;
  // CloudFormation and the API name these members alike.
  const {
    KeySchema,
    AttributeDefinitions,
    GlobalSecondaryIndexes = [],
  } = resource.properties as Readonly<
    Pick<CreateTableCommandInput, 'KeySchema' | 'AttributeDefinitions' | 'GlobalSecondaryIndexes'>
  >;
  const indexes = GlobalSecondaryIndexes.map(({ IndexName, KeySchema: schema, Projection }) => ({
    IndexName,
    KeySchema: schema,
    Projection,
  }));
  const wire = engineWire({ endpoint });
  try {
    await wire.send('CreateTable', {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions,
      KeySchema,
      ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
    });
  } catch (error) {
    if (!(error instanceof WireFailure) || error.code !== 'ResourceInUseException') throw error;
  } finally {
    wire.close();
  }
  return {
    name,
    arn: arnOf(resource),
    table: partitionOf(KeySchema),
    indexes: Object.fromEntries(indexes.map((index) => [index.IndexName, partitionOf(index.KeySchema)])),
  };
}

const partitionOf = (schema: Schema | undefined): string =>
  schema?.find(({ KeyType }) => KeyType === 'HASH')?.AttributeName ?? '';
