/** Carries requests through the AWS SDK: to DynamoDB itself, or to another endpoint that checks signatures. */
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { RequestName, Requests, Wire } from './wire.ts';
import { connectionFailure, type ErrorAnswer, failureOf } from './wire-failures.ts';

export interface Place {
  readonly region: string;
  /** Absent: DynamoDB in the region. */
  readonly endpoint?: string | undefined;
  /** Absent: where the SDK finds them. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

const connectingMs = 1000;
const answeringMs = 3000;

/** Tries are made by the table, which knows what may be repeated: the client makes none. */
export function dynamodbClient({ region, endpoint, credentials }: Place): DynamoDBClient {
  return new DynamoDBClient({
    region,
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials !== undefined && { credentials }),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: connectingMs,
      requestTimeout: answeringMs,
      // Without it an overdue request is reported and waited for.
      throwOnRequestTimeout: true,
    },
  });
}

const marshallOptions = {
  removeUndefinedValues: true,
  // Otherwise an object with a member called `constructor` passes for an instance of a class, and is refused.
  convertClassInstanceToMap: true,
};

export function sdkWire(client: DynamoDBClient): Wire {
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions });
  const senders: Senders = {
    GetItem: (input) => documents.send(new GetCommand(input)),
    BatchGetItem: (input) => documents.send(new BatchGetCommand(input)),
    Query: (input) => documents.send(new QueryCommand(input)),
    Scan: (input) => documents.send(new ScanCommand(input)),
    PutItem: (input) => documents.send(new PutCommand(input)),
    UpdateItem: (input) => documents.send(new UpdateCommand(input)),
    DeleteItem: (input) => documents.send(new DeleteCommand(input)),
    TransactWriteItems: (input) => documents.send(new TransactWriteCommand(input)),
    BatchWriteItem: (input) => documents.send(new BatchWriteCommand(input)),
    CreateTable: (input) => client.send(new CreateTableCommand(input)),
    DescribeTable: (input) => client.send(new DescribeTableCommand(input)),
    UpdateTimeToLive: (input) => client.send(new UpdateTimeToLiveCommand(input)),
  };
  return {
    async send(name, input) {
      try {
        return await senders[name](input);
      } catch (error) {
        throw translate(error);
      }
    },
    close: () => client.destroy(),
  };
}

type Senders = {
  readonly [Name in RequestName]: (input: Requests[Name]['input']) => Promise<Requests[Name]['output']>;
};

/** lib-dynamodb leaves the items of errors in their JSON form. */
interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly Item?: ErrorAnswer['item'];
  readonly CancellationReasons?: ErrorAnswer['reasons'];
}

/** What never left the process is a fault of the caller, not of the connection. */
function translate(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // Every error of the SDK has these members or lacks them.
  const { name, message, $metadata, Item, CancellationReasons } = error as SdkError;
  const status = $metadata?.httpStatusCode;
  if (status !== undefined) {
    return failureOf({ code: name, message, status, item: Item, reasons: CancellationReasons });
  }
  return isOfConnection(error) ? connectionFailure(error) : error;
}

const isOfConnection = (error: Error): boolean =>
  'syscall' in error || 'code' in error || error.name === 'TimeoutError';
