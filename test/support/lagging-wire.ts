/** A wire whose indexes lag behind the table, as those of the real database may; the embedded engine's never do. */
import type { Key } from '../../lambdas/adapters/dynamodb/table.ts';
import type { RequestName, Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import { laggingTableName, testTableName } from './table-names.ts';

export interface LaggingWire extends Wire {
  /** Lets the indexes learn of everything that was written so far. */
  catchUp(): Promise<void>;
}

type Members = Readonly<Record<string, unknown>>;

/** Queries on indexes read another table, which follows when it is told to, or once `lag` newer rows were written. */
export function laggingWire(wire: Wire, lag = Number.POSITIVE_INFINITY): LaggingWire {
  const behind: { readonly key: Key; readonly item: Members | undefined }[] = [];

  async function follow(keep: number): Promise<void> {
    for (const { key, item } of behind.splice(0, Math.max(0, behind.length - keep))) {
      if (item) await wire.send('PutItem', { TableName: laggingTableName, Item: item });
      else await wire.send('DeleteItem', { TableName: laggingTableName, Key: key });
    }
  }

  async function note(key: Key): Promise<void> {
    const { Item } = await wire.send('GetItem', { TableName: testTableName, Key: key, ConsistentRead: true });
    behind.push({ key, item: Item });
  }

  return {
    async send(name, input) {
      if ('IndexName' in input) return wire.send(name, { ...input, TableName: laggingTableName });
      const answer = await wire.send(name, input);
      for (const key of writtenKeys(name, input)) await note(key);
      await follow(lag);
      return answer;
    },
    close: () => wire.close(),
    catchUp: () => follow(0),
  };
}

/** The members are those of the requests of these names. */
function writtenKeys(name: RequestName, input: object): readonly Key[] {
  const request = input as Members;
  switch (name) {
    case 'PutItem':
      return [keyIn(request['Item'])];
    case 'UpdateItem':
    case 'DeleteItem':
      return [keyIn(request['Key'])];
    case 'TransactWriteItems':
      return (request['TransactItems'] as readonly Members[]).flatMap(({ Put, Update, Delete }) =>
        [Put, Update, Delete].filter((write) => write !== undefined).map(keyOfWrite),
      );
    case 'BatchWriteItem':
      return Object.values(request['RequestItems'] as Members).flatMap((requests) =>
        (requests as readonly Members[]).map(({ PutRequest, DeleteRequest }) =>
          keyOfWrite(PutRequest ?? DeleteRequest),
        ),
      );
    default:
      return [];
  }
}

function keyOfWrite(write: unknown): Key {
  const { Item, Key } = write as Members;
  return keyIn(Item ?? Key);
}

function keyIn(holder: unknown): Key {
  const { PK, SK } = holder as Key;
  return { PK, SK };
}
