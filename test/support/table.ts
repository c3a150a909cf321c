/** The table that all tests share, in the engine of this run; one set of connections for each worker. */
import { inject } from 'vitest';
import { dynamodbTable, type TableOptions } from '../../lambdas/adapters/dynamodb/dynamodb-table.ts';
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';
import type { Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import { engineWire } from '../../lambdas/adapters/local/engine-wire.ts';
import { testTableName } from './table-names.ts';

let wire: Wire | undefined;
let table: Table | undefined;

/** Not to be closed: the worker's other tests use it as well. */
export function testWire(): Wire {
  wire ??= engineWire({ endpoint: inject('engine') });
  return wire;
}

/** Without options, the same table each time. */
export function testTable(options?: Partial<TableOptions>): Table {
  if (options !== undefined) return dynamodbTable({ wire: testWire(), tableName: testTableName, ...options });
  table ??= dynamodbTable({ wire: testWire(), tableName: testTableName });
  return table;
}

/** Options for a table that tries again at once. */
export const impatient = { sleep: async () => {}, chance: () => 0 };
