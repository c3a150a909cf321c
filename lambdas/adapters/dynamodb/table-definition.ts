/** The table and its indexes, as the database is asked for them. */

import { setTimeout as wait } from 'node:timers/promises';
import type { CreateTableCommandInput, GlobalSecondaryIndex, TableDescription } from '@aws-sdk/client-dynamodb';
import { indexes, listedAttributes, ttlAttribute } from './keys.ts';
import type { Query } from './table.ts';
import type { Wire } from './wire.ts';
import { WireFailure } from './wire-failures.ts';

export type IndexNumber = NonNullable<Query['index']>;

export const indexName = (index: IndexNumber): string => `GSI${index}`;

/** The attributes of the table's own key. */
export const tableKey = { partition: 'PK', sort: 'SK' } as const;

const indexNumbers: readonly IndexNumber[] = [1, 2, 3, 4, 5, 6, 7, 8];

function tableDefinition(tableName: string) {
  const keys = [tableKey, ...indexNumbers.map((index) => indexes[index])];
  const attributes = new Set(keys.flatMap(({ partition, sort }) => [partition, sort]));
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema(tableKey),
    GlobalSecondaryIndexes: indexNumbers.map(indexDefinition),
  } satisfies CreateTableCommandInput;
}

const indexDefinition = (index: IndexNumber): GlobalSecondaryIndex => ({
  IndexName: indexName(index),
  KeySchema: keySchema(indexes[index]),
  Projection:
    index === 1
      ? { ProjectionType: 'INCLUDE', NonKeyAttributes: [...listedAttributes] }
      : { ProjectionType: 'KEYS_ONLY' },
});

function keySchema({ partition, sort }: { readonly partition: string; readonly sort: string }) {
  return [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
}

export interface CreationOptions {
  readonly sleep?: ((milliseconds: number) => Promise<unknown>) | undefined;
}

/** A table of this name exists and is another one. */
export class OtherTable extends Error {
  override readonly name = 'OtherTable';
}

const pollMs = 250;
const mostPolls = 1200;

/** Makes the table unless it is there, and waits until it can be used. */
export async function createTable(wire: Wire, tableName: string, { sleep = wait }: CreationOptions = {}) {
  const isNew = await create(wire, tableName);
  for (let polls = 0; !(await isUsable(wire, tableName)); polls += 1) {
    if (polls >= mostPolls) throw new Error(`The table ${tableName} does not become active`);
    await sleep(pollMs);
  }
  if (isNew) await letExpire(wire, tableName);
}

async function create(wire: Wire, tableName: string): Promise<boolean> {
  try {
    await wire.send('CreateTable', tableDefinition(tableName));
    return true;
  } catch (error) {
    if (isFailure(error, 'ResourceInUseException')) return false;
    throw error;
  }
}

async function isUsable(wire: Wire, tableName: string): Promise<boolean> {
  const { Table: table = {} } = await describe(wire, tableName);
  if (table.TableStatus === undefined) return false;
  requireSameKeys(tableName, table);
  const states = [table.TableStatus, ...(table.GlobalSecondaryIndexes ?? []).map(({ IndexStatus }) => IndexStatus)];
  return states.every((state) => state === 'ACTIVE' || state === 'UPDATING');
}

/** DynamoDB may not know of a table that it has just agreed to make. */
async function describe(wire: Wire, tableName: string): Promise<{ readonly Table?: TableDescription | undefined }> {
  try {
    return await wire.send('DescribeTable', { TableName: tableName });
  } catch (error) {
    if (isFailure(error, 'ResourceNotFoundException')) return {};
    throw error;
  }
}

/** Data is never written into a table that only has the name of ours. */
function requireSameKeys(tableName: string, { KeySchema, GlobalSecondaryIndexes = [] }: TableDescription): void {
  const there = new Map(GlobalSecondaryIndexes.map((index) => [index.IndexName, keysOf(index.KeySchema)]));
  const { GlobalSecondaryIndexes: wanted, KeySchema: key } = tableDefinition(tableName);
  const missing = wanted.filter((index) => there.get(index.IndexName) !== keysOf(index.KeySchema));
  if (keysOf(KeySchema) !== keysOf(key)) throw new OtherTable(`The table ${tableName} has other keys`);
  if (missing.length > 0) {
    const names = missing.map(({ IndexName }) => IndexName).join(', ');
    throw new OtherTable(`The table ${tableName} lacks ${names}, or has other keys in them`);
  }
}

const keysOf = (schema: GlobalSecondaryIndex['KeySchema']): string =>
  (schema ?? []).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`).join();

/** Where the database knows how to; expired rows are garbage, not a danger. */
async function letExpire(wire: Wire, tableName: string): Promise<void> {
  const specification = { Enabled: true, AttributeName: ttlAttribute };
  try {
    await wire.send('UpdateTimeToLive', { TableName: tableName, TimeToLiveSpecification: specification });
  } catch (error) {
    if (!isFailure(error, 'UnknownOperationException')) throw error;
  }
}

const isFailure = (error: unknown, code: string): boolean => error instanceof WireFailure && error.code === code;
