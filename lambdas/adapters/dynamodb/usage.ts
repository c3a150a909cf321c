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

/** Adds up what was sent since the last call of `start`, for one caller at a time. */
export function tallying(): { readonly observe: Observe; start(): void; total(): Tally } {
  let current = newCount();
  return {
    observe(request) {
      // A request that its caller gave up may end after the next `start`: it belongs to what it was sent in.
      const count = current;
      count.requests.push(request);
      if (count.underWay === 0) count.roundTrips += 1;
      count.underWay += 1;
      return (used) => {
        count.underWay -= 1;
        count.usage = added(count.usage, used);
      };
    },
    start() {
      current = newCount();
    },
    total: () => ({ ...current.usage, requests: current.requests, roundTrips: current.roundTrips }),
  };
}

const newCount = () => ({ usage: noUsage, requests: [] as RequestName[], roundTrips: 0, underWay: 0 });

const added = (one: Usage, other: Usage): Usage => ({
  readUnits: one.readUnits + other.readUnits,
  writeUnits: one.writeUnits + other.writeUnits,
  indexUnits: one.indexUnits + other.indexUnits,
});
