/** The table over requests to DynamoDB: conditions, transactions and bounded queries that survive a bad moment. */
import { randomUUID } from 'node:crypto';
import { deleteBatches, readBatches } from './batches.ts';
import { count, get, query, scan } from './reading.ts';
import { type Patience, pausing, persistence } from './retries.ts';
import type { Table } from './table.ts';
import type { TableContext } from './table-context.ts';
import { transact } from './transacting.ts';
import { noUsage, type Observe, usageOf } from './usage.ts';
import type { RequestName, Requests, Wire } from './wire.ts';
import { put, remove, update } from './writing.ts';

export interface TableOptions extends Patience {
  readonly wire: Wire;
  readonly tableName: string;
  /** Hears what each request costs. */
  readonly observe?: Observe | undefined;
  /** A new text of at most 36 characters each time. */
  readonly newMark?: (() => string) | undefined;
}

/** What cannot be done in the end rejects with `Unavailable`; what should never have been asked, with another error. */
export function dynamodbTable({ wire, tableName, observe, newMark = randomUUID, ...patience }: TableOptions): Table {
  const pause = pausing(patience);
  const context: TableContext = {
    tableName,
    newMark,
    send: observe === undefined ? wire.send.bind(wire) : observed(wire, observe),
    persist: persistence(pause),
    pause,
  };
  return {
    get: (key, options) => get(context, key, options),
    getMany: (keys, options) => readBatches(context, keys, options),
    query: (asked) => query(context, asked),
    count: (asked) => count(context, asked),
    put: (item, condition) => put(context, item, condition),
    update: (key, change, condition) => update(context, key, change, condition),
    remove: (key, condition) => remove(context, key, condition),
    transact: (writes) => transact(context, writes),
    removeMany: (keys) => deleteBatches(context, keys),
    scan: (step) => scan(context, step),
  };
}

/** Asks for figures only where somebody listens. */
function observed(wire: Wire, observe: Observe): Wire['send'] {
  return async <Name extends RequestName>(name: Name, input: Requests[Name]['input']) => {
    const answered = observe(name);
    try {
      const output = await wire.send(name, { ...input, ReturnConsumedCapacity: 'INDEXES' });
      answered(usageOf(name, output));
      return output;
    } catch (error) {
      answered(noUsage);
      throw error;
    }
  };
}
