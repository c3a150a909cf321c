/** What requests cost, as the database counts it: for budgets of hot paths and for measurements. */
import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { RequestName } from './wire.ts';

export interface Usage {
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Part of the units above: what the indexes took. */
  readonly indexUnits: number;
}

/** Called when a request is sent; what it returns is called when the answer is there. Failed requests tell no units. */
export type Observe = (request: RequestName) => (usage: Usage) => void;

const writing: ReadonlySet<RequestName> = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'TransactWriteItems',
  'BatchWriteItem',
]);

export const noUsage: Usage = { readUnits: 0, writeUnits: 0, indexUnits: 0 };

export function usageOf(request: RequestName, output: object): Usage {
  const consumed = 'ConsumedCapacity' in output ? output.ConsumedCapacity : undefined;
  // DynamoDB answers one figure, or a list with one for each table.
  const figures = [consumed ?? []].flat() as ConsumedCapacity[];
  const units = sum(figures.map(({ CapacityUnits }) => CapacityUnits));
  const indexUnits = sum(
    figures.flatMap(({ GlobalSecondaryIndexes = {} }) =>
      Object.values(GlobalSecondaryIndexes).map(({ CapacityUnits }) => CapacityUnits),
    ),
  );
  const isWrite = writing.has(request);
  return { readUnits: isWrite ? 0 : units, writeUnits: isWrite ? units : 0, indexUnits };
}

const sum = (all: readonly (number | undefined)[]): number => all.reduce<number>((total, n = 0) => total + n, 0);

export interface Tally extends Usage {
  readonly requests: readonly RequestName[];
  /** Requests that were under way together count as one. */
  readonly roundTrips: number;
}

/** Adds up what is observed between two calls of `start`, for one caller at a time. */
export function tallying(): { readonly observe: Observe; start(): void; total(): Tally } {
  let usage = noUsage;
  let requests: RequestName[] = [];
  let roundTrips = 0;
  let underWay = 0;
  return {
    observe(request) {
      requests.push(request);
      if (underWay === 0) roundTrips += 1;
      underWay += 1;
      return (used) => {
        underWay -= 1;
        usage = added(usage, used);
      };
    },
    start() {
      usage = noUsage;
      requests = [];
      roundTrips = 0;
    },
    total: () => ({ ...usage, requests, roundTrips }),
  };
}

const added = (one: Usage, other: Usage): Usage => ({
  readUnits: one.readUnits + other.readUnits,
  writeUnits: one.writeUnits + other.writeUnits,
  indexUnits: one.indexUnits + other.indexUnits,
});
