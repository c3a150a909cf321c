/** Makes the table in a database that somebody else runs, and finds out whether that can do what the service needs. */
import { randomUUID } from 'node:crypto';
import { Unavailable } from '../../core/ports/unavailable.ts';
import { dynamodbTable } from '../dynamodb/dynamodb-table.ts';
import { isAbsent } from '../dynamodb/expressions.ts';
import { indexes } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';
import { createTable, OtherTable } from '../dynamodb/table-definition.ts';
import type { Wire } from '../dynamodb/wire.ts';
import { WireFailure } from '../dynamodb/wire-failures.ts';
import { badMachine, CannotStart } from './cannot-start.ts';

/** Rejects with a sentence for the person at the terminal. It never names the address, which may carry a password. */
export async function prepareDatabase(wire: Wire, tableName: string): Promise<void> {
  try {
    await createTable(wire, tableName);
    await probe(dynamodbTable({ wire, tableName }));
  } catch (error) {
    throw error instanceof CannotStart ? error : badMachine(explain(error), error);
  }
}

/** Everything that the service rests on and a database of this kind may lack. */
async function probe(table: Table): Promise<void> {
  const name = `PROBE#${randomUUID()}`;
  const key = { PK: name, SK: '@' };
  await table.put({ ...key, ttl: 0, [indexes[1].partition]: name, [indexes[1].sort]: 'probe' });
  try {
    await requireTransactions(table, key);
    await table.query({ index: 1, partition: name, sort: { prefix: 'pro' }, limit: 1 });
  } finally {
    await table.remove(key);
  }
}

/** The second write must be undone with the first, whose condition fails and which tells what stood in its way. */
async function requireTransactions(table: Table, key: { readonly PK: string; readonly SK: string }): Promise<void> {
  const other = { PK: key.PK, SK: 'other' };
  const outcome = await table.transact([
    { put: { ...key, ttl: 1 }, condition: isAbsent },
    { put: { ...other, ttl: 0 } },
  ]);
  if (outcome === 'done' || outcome.refused[0]?.current?.['ttl'] !== 0 || outcome.refused[1] !== undefined) {
    throw badMachine(`${theEndpoint} does not say why it refuses a transaction, which the service must know.`);
  }
  if ((await table.get(other, { consistent: true })) !== undefined) {
    throw badMachine(`${theEndpoint} carries out half of a transaction, which would corrupt the table.`);
  }
}

const theEndpoint = 'The DynamoDB endpoint of --dynamodb';

function explain(error: unknown): string {
  const failure = error instanceof Unavailable ? error.cause : error;
  if (failure instanceof OtherTable) return `${failure.message}: name another one.`;
  if (!(failure instanceof WireFailure)) return `${theEndpoint} cannot be used: ${String(failure)}.`;
  if (failure.code === 'UnknownOperationException') {
    return `${theEndpoint} lacks an operation that the service needs (transactions, most likely): use another database.`;
  }
  if (failure.kind === 'unreached' || failure.kind === 'unsure')
    return `${theEndpoint} does not answer (${failure.code}).`;
  return `${theEndpoint} refused a request of the start: ${failure.code}: ${failure.detail}.`;
}
