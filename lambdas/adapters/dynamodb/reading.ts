/** Reads of the table: one row, a bounded query, a count, a step of a scan. */
import { indexes, ttlAttribute } from './keys.ts';
import { keyCondition } from './ranges.ts';
import type { Item, Key, Query, Table } from './table.ts';
import { type Attributes, findItem, itemOf, keyOf, type TableContext } from './table-context.ts';
import { indexName, tableKey } from './table-definition.ts';
import type { Requests } from './wire.ts';

const mostQueried = 500;

export async function get(
  { tableName, send, persist }: TableContext,
  key: Key,
  { consistent = false }: { readonly consistent?: boolean } = {},
): Promise<Item | undefined> {
  const input = { TableName: tableName, Key: keyOf(key), ConsistentRead: consistent };
  const { Item } = await persist(() => send('GetItem', input));
  return findItem(Item);
}

export async function query(context: TableContext, asked: Query): ReturnType<Table['query']> {
  requireBound(asked.limit);
  const input = queryInput(context, asked);
  if (input === undefined) return { items: [] };
  const { Items, LastEvaluatedKey } = await context.persist(() => context.send('Query', input));
  return page(Items, LastEvaluatedKey);
}

export async function count(context: TableContext, asked: Query): ReturnType<Table['count']> {
  requireBound(asked.limit);
  const input = queryInput(context, asked);
  if (input === undefined) return { count: 0 };
  const { Count = 0, LastEvaluatedKey } = await context.persist(() =>
    context.send('Query', { ...input, Select: 'COUNT' }),
  );
  return { count: Count, next: LastEvaluatedKey };
}

export async function scan(
  { tableName, send, persist }: TableContext,
  { limit, after, expiredBefore }: Parameters<Table['scan']>[0],
): ReturnType<Table['scan']> {
  requireBound(limit);
  const input = {
    TableName: tableName,
    Limit: limit,
    ...(after !== undefined && { ExclusiveStartKey: after }),
    ...(expiredBefore !== undefined && rowsExpired(expiredBefore)),
  };
  const { Items, LastEvaluatedKey } = await persist(() => send('Scan', input));
  return page(Items, LastEvaluatedKey);
}

/** A row without `ttl` is not less than any number. */
const rowsExpired = (before: number) => ({
  FilterExpression: '#ttl < :before',
  ProjectionExpression: 'PK, SK, #ttl',
  ExpressionAttributeNames: { '#ttl': ttlAttribute },
  ExpressionAttributeValues: { ':before': before },
});

function queryInput({ tableName }: TableContext, asked: Query): Requests['Query']['input'] | undefined {
  const { index, consistent = false, backward = false, limit, after } = asked;
  if (index !== undefined && consistent) throw new RangeError('An index has no consistent reads');
  const condition = keyCondition(index === undefined ? tableKey : indexes[index], asked);
  if (condition === undefined) return undefined;
  return {
    TableName: tableName,
    ...(index === undefined ? { ConsistentRead: consistent } : { IndexName: indexName(index) }),
    KeyConditionExpression: condition.expression,
    ExpressionAttributeValues: condition.values,
    ScanIndexForward: !backward,
    Limit: limit,
    ...(after !== undefined && { ExclusiveStartKey: after }),
  };
}

function requireBound(limit: number): void {
  if (!(limit >= 1 && limit <= mostQueried)) throw new RangeError(`A page takes 1 to ${mostQueried} rows`);
}

const page = (items: readonly Attributes[] = [], next: Attributes | undefined) => ({ items: items.map(itemOf), next });
