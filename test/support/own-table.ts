/** A table of the tests' engine that nobody else knows, for questions about everything that is in a table. */
import { randomUUID } from 'node:crypto';
import { dynamodbTable, type TableOptions } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import type { Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import { testWire } from './table.ts';

export const anOwnTable = async (): Promise<Table> => (await ownTables())();

const mostWritten = 25;

/** Holds these rows from the start: what another table held may be lived through again from there. */
export async function anOwnTableOf(rows: readonly Item[]): Promise<Table> {
  const tableName = await anOwnName();
  const batches = Array.from({ length: Math.ceil(rows.length / mostWritten) }, (_, at) =>
    rows.slice(at * mostWritten, (at + 1) * mostWritten),
  );
  await Promise.all(batches.map((batch) => putBatch(tableName, batch)));
  return dynamodbTable({ wire: testWire(), tableName });
}

async function putBatch(tableName: string, batch: readonly Item[]): Promise<void> {
  const requests = batch.map((Item) => ({ PutRequest: { Item } }));
  const { UnprocessedItems = {} } = await testWire().send('BatchWriteItem', {
    RequestItems: { [tableName]: requests },
  });
  if (Object.keys(UnprocessedItems).length > 0) throw new Error('The engine left rows of a batch for later.');
}

async function anOwnName(): Promise<string> {
  const tableName = `own-${randomUUID()}`;
  await createTable(testWire(), tableName);
  return tableName;
}

/** One table, as processes reach it that each have a wire of their own. */
export async function ownTables(): Promise<(wire?: Wire, options?: Partial<TableOptions>) => Table> {
  const tableName = await anOwnName();
  return (wire = testWire(), options = {}) => dynamodbTable({ wire, tableName, ...options });
}

/** For tables of few rows. */
export async function everyRowOf(table: Table): Promise<readonly Item[]> {
  const { items, next } = await table.scan({ limit: 500 });
  if (next !== undefined) throw new Error('There are more rows than a step shows.');
  return items;
}
