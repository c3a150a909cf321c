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
export const anOwnTableOf = async (rows: readonly Item[]): Promise<Table> => (await ownTables(rows))();

async function putRows(tableName: string, rows: readonly Item[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(rows.length / mostWritten) }, (_, at) =>
    rows.slice(at * mostWritten, (at + 1) * mostWritten),
  );
  await Promise.all(batches.map((batch) => putBatch(tableName, batch)));
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

/** One table, as processes reach it that each have a wire of their own; with these rows from the start. */
export async function ownTables(
  rows: readonly Item[] = [],
): Promise<(wire?: Wire, options?: Partial<TableOptions>) => Table> {
  const tableName = await anOwnName();
  await putRows(tableName, rows);
  return (wire = testWire(), options = {}) => dynamodbTable({ wire, tableName, ...options });
}

export async function allRowsOf(table: Table): Promise<readonly Item[]> {
  const rows: Item[] = [];
  let after: Awaited<ReturnType<Table['scan']>>['next'];
  do {
    const { items, next } = await table.scan({ limit: 500, after });
    rows.push(...items);
    after = next;
  } while (after !== undefined);
  return rows;
}

/** For tables of few rows. */
export async function everyRowOf(table: Table): Promise<readonly Item[]> {
  const { items, next } = await table.scan({ limit: 500 });
  if (next !== undefined) throw new Error('There are more rows than a step shows.');
  return items;
}
