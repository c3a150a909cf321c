/** The requests of DynamoDB that the table is made of, whoever carries them: the SDK, or a plain connection. */
import type {
  CreateTableCommandInput,
  CreateTableCommandOutput,
  DescribeTableCommandInput,
  DescribeTableCommandOutput,
  UpdateTimeToLiveCommandInput,
  UpdateTimeToLiveCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type {
  BatchGetCommandInput,
  BatchGetCommandOutput,
  BatchWriteCommandInput,
  BatchWriteCommandOutput,
  DeleteCommandInput,
  DeleteCommandOutput,
  GetCommandInput,
  GetCommandOutput,
  PutCommandInput,
  PutCommandOutput,
  QueryCommandInput,
  QueryCommandOutput,
  ScanCommandInput,
  ScanCommandOutput,
  TransactWriteCommandInput,
  TransactWriteCommandOutput,
  UpdateCommandInput,
  UpdateCommandOutput,
} from '@aws-sdk/lib-dynamodb';

/** Items are plain values, as in lib-dynamodb. */
export interface Requests {
  readonly GetItem: Exchange<GetCommandInput, GetCommandOutput>;
  readonly BatchGetItem: Exchange<BatchGetCommandInput, BatchGetCommandOutput>;
  readonly Query: Exchange<QueryCommandInput, QueryCommandOutput>;
  readonly Scan: Exchange<ScanCommandInput, ScanCommandOutput>;
  readonly PutItem: Exchange<PutCommandInput, PutCommandOutput>;
  readonly UpdateItem: Exchange<UpdateCommandInput, UpdateCommandOutput>;
  readonly DeleteItem: Exchange<DeleteCommandInput, DeleteCommandOutput>;
  readonly TransactWriteItems: Exchange<TransactWriteCommandInput, TransactWriteCommandOutput>;
  readonly BatchWriteItem: Exchange<BatchWriteCommandInput, BatchWriteCommandOutput>;
  readonly CreateTable: Exchange<CreateTableCommandInput, CreateTableCommandOutput>;
  readonly DescribeTable: Exchange<DescribeTableCommandInput, DescribeTableCommandOutput>;
  readonly UpdateTimeToLive: Exchange<UpdateTimeToLiveCommandInput, UpdateTimeToLiveCommandOutput>;
}

interface Exchange<Input, Output> {
  readonly input: Input;
  readonly output: Omit<Output, '$metadata'>;
}

export type RequestName = keyof Requests;

export interface Wire {
  /** Sends once, without tries of its own; rejects with `ConditionFailed`, `Cancelled` or `WireFailure`. */
  send<Name extends RequestName>(name: Name, input: Requests[Name]['input']): Promise<Requests[Name]['output']>;
  /** Ends its connections; requests that are under way fail. */
  close(): void;
}
