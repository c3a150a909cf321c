/** A table of the tests' engine that nobody else knows, for questions about everything that is in a table. */
import { randomUUID } from 'node:crypto';
import { dynamodbTable, type TableOptions } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import type { Item, Table } from '../../lambdas/adapters/dynamodb/table.ts';
import { createTable } from '../../lambdas/adapters/dynamodb/table-definition.ts';
import type { Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import { testWire } from './table.ts';

export const anOwnTable = async (): Promise<Table> => (await ownTables())();

/** One table, as processes reach it that each have a wire of their own. */
export async function ownTables(): Promise<(wire?: Wire, options?: Partial<TableOptions>) => Table> {
  const tableName = `own-${randomUUID()}`;
  await createTable(testWire(), tableName);
  return (wire = testWire(), options = {}) => dynamodbTable({ wire, tableName, ...options });
}

/** For tables of few rows. */
export async function everyRowOf(table: Table): Promise<readonly Item[]> {
  const { items, next } = await table.scan({ limit: 500 });
  if (next !== undefined) throw new Error('There are more rows than a step shows.');
  return items;
}
