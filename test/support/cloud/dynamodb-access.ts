/** Which rights a request to DynamoDB needs: the actions, the tables and indexes, and the partitions it is about. */
import type { Access } from './iam-policy.ts';

export type Item = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface KeyNames {
  /** The partition attribute of the table, and of each index. */
  readonly table: string;
  readonly indexes: Readonly<Record<string, string>>;
}

export interface TableInfo extends KeyNames {
  readonly name: string;
  readonly arn: string;
}

interface Request {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues?: Item;
  readonly Select?: string;
  readonly ReturnValues?: string;
  readonly ReturnConsumedCapacity?: string;
}

type Keyed = { readonly Keys: readonly Item[] };
type Write = { readonly PutRequest?: { readonly Item: Item }; readonly DeleteRequest?: { readonly Key: Item } };
type Part = Readonly<Partial<Record<'Put' | 'Update' | 'Delete' | 'ConditionCheck' | 'Get', Request>>>;

interface Batches {
  readonly RequestItems?: Readonly<Record<string, Keyed | readonly Write[]>>;
  readonly TransactItems?: readonly Part[];
}

const actionsOfParts = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
} as const;

/** Throws on what it does not know, so that nothing goes unchecked. */
export function accessesOf(
  name: string,
  input: Request & Batches,
  find: (table: string) => TableInfo,
): readonly Access[] {
  const one = (action: string, request: Request, enclosing?: string): Access =>
    accessOf(action, request, find(request.TableName ?? ''), enclosing);
  switch (name) {
    case 'GetItem':
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
    case 'Query':
    case 'Scan':
      return [one(name, input)];
    case 'BatchGetItem':
    case 'BatchWriteItem':
      return Object.entries(input.RequestItems ?? {}).map(([table, wanted]) => batchOf(name, find(table), wanted));
    case 'TransactWriteItems':
    case 'TransactGetItems':
      return (input.TransactItems ?? []).map((part) => {
        const [kind, request] = Object.entries(part)[0] ?? [];
        // As the service names them.
        return one(actionsOfParts[kind as keyof typeof actionsOfParts], request ?? {}, name);
      });
    default:
      throw new Error(`Functions are not known to call ${name}`);
  }
}

function accessOf(action: string, request: Request, table: TableInfo, enclosing: string | undefined): Access {
  const { IndexName: index } = request;
  return {
    action: `dynamodb:${action}`,
    resource: index === undefined ? table.arn : `${table.arn}/index/${index}`,
    context: contextOf(leadingKeys(action, request, table), request, enclosing),
  };
}

function batchOf(name: string, table: TableInfo, wanted: Keyed | readonly Write[]): Access {
  const keys =
    'Keys' in wanted
      ? wanted.Keys
      : wanted.map(({ PutRequest, DeleteRequest }) => PutRequest?.Item ?? DeleteRequest?.Key);
  const leading = keys.map((key) => textOf(key?.[table.table]));
  return { action: `dynamodb:${name}`, resource: table.arn, context: contextOf(leading, {}, undefined) };
}

const contextOf = (
  leading: readonly string[] | undefined,
  { Select, ReturnValues, ReturnConsumedCapacity }: Request,
  enclosing: string | undefined,
): Access['context'] => ({
  'aws:SecureTransport': ['true'],
  'dynamodb:LeadingKeys': leading,
  'dynamodb:Select': Select === undefined ? undefined : [Select],
  'dynamodb:ReturnValues': ReturnValues === undefined ? undefined : [ReturnValues],
  'dynamodb:ReturnConsumedCapacity': ReturnConsumedCapacity === undefined ? undefined : [ReturnConsumedCapacity],
  'dynamodb:EnclosingOperation': enclosing === undefined ? undefined : [enclosing],
});

function leadingKeys(action: string, request: Request, table: TableInfo): readonly string[] | undefined {
  if (action === 'Scan') return undefined;
  if (action === 'Query') return [partitionOfQuery(request, table)];
  return [textOf((request.Key ?? request.Item)?.[table.table])];
}

/** The value that the key condition compares the partition attribute with. */
function partitionOfQuery({ IndexName, KeyConditionExpression = '', ...request }: Request, table: TableInfo): string {
  const attribute = IndexName === undefined ? table.table : table.indexes[IndexName];
  for (const [, name = '', value = ''] of KeyConditionExpression.matchAll(/([#\w]+)\s*=\s*(:\w+)/g)) {
    const named = request.ExpressionAttributeNames?.[name] ?? name;
    if (named === attribute) return textOf(request.ExpressionAttributeValues?.[value]);
  }
  throw new Error(`The query names no partition: ${KeyConditionExpression}`);
}

function textOf(value: Readonly<Record<string, unknown>> | undefined): string {
  const text = value?.['S'];
  if (typeof text !== 'string') throw new Error(`Not a key: ${JSON.stringify(value)}`);
  return text;
}
