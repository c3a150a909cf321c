/** A wire whose indexes lag behind the table, as those of the real database may; the embedded engine's never do. */
import type { Key } from '../../lambdas/adapters/dynamodb/table.ts';
import type { RequestName, Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import { laggingTableName } from './table-names.ts';

export interface LaggingWire extends Wire {
  /** Lets the indexes learn of everything that was written so far. */
  catchUp(): Promise<void>;
}

type Members = Readonly<Record<string, unknown>>;

interface Written {
  readonly TableName: string;
  readonly key: Key;
}

/** Queries on indexes read another table, which follows when it is told to, or once `lag` newer rows were written. */
export function laggingWire(wire: Wire, lag = Number.POSITIVE_INFINITY): LaggingWire {
  const behind: { readonly key: Key; readonly item: Members | undefined }[] = [];

  async function follow(keep: number): Promise<void> {
    for (const { key, item } of behind.splice(0, Math.max(0, behind.length - keep))) {
      if (item) await wire.send('PutItem', { TableName: laggingTableName, Item: item });
      else await wire.send('DeleteItem', { TableName: laggingTableName, Key: key });
    }
  }

  async function note({ TableName, key }: Written): Promise<void> {
    const { Item } = await wire.send('GetItem', { TableName, Key: key, ConsistentRead: true });
    behind.push({ key, item: Item });
  }

  return {
    async send(name, input) {
      if ('IndexName' in input) return wire.send(name, { ...input, TableName: laggingTableName });
      const answer = await wire.send(name, input);
      for (const written of writtenIn(name, input)) await note(written);
      await follow(lag);
      return answer;
    },
    close: () => wire.close(),
    catchUp: () => follow(0),
  };
}

/** The members are those of the requests of these names. */
function writtenIn(name: RequestName, input: object): readonly Written[] {
  const request = input as Members;
  switch (name) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return [writtenBy(request)];
    case 'TransactWriteItems':
      return (request['TransactItems'] as readonly Members[]).flatMap(({ Put, Update, Delete }) =>
        [Put, Update, Delete].filter((write) => write !== undefined).map(writtenBy),
      );
    case 'BatchWriteItem':
      return Object.entries(request['RequestItems'] as Members).flatMap(([TableName, requests]) =>
        (requests as readonly Record<string, Members>[]).map(({ PutRequest, DeleteRequest }) =>
          writtenBy({ TableName, ...PutRequest, ...DeleteRequest }),
        ),
      );
    default:
      return [];
  }
}

function writtenBy(write: unknown): Written {
  const { TableName, Item, Key } = write as { TableName: string; Item?: Key; Key?: Key };
  const { PK, SK } = (Item ?? Key) as Key;
  return { TableName, key: { PK, SK } };
}
