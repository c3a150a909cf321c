/** Finds the items in requests and answers of DynamoDB, and turns them into its JSON form and back. */
import { type AttributeMap, fromAttributes, toAttributes } from '../dynamodb/attribute-values.ts';

type Values = Readonly<Record<string, unknown>>;

export const encodeRequest = (input: object): object => convert(input, (item) => toAttributes(item as Values));

export const decodeAnswer = (output: object): object => convert(output, (item) => fromAttributes(item as AttributeMap));

type Convert = (item: object) => object;

/** What a member holds. Members that are not named here hold no items. */
const kinds: Readonly<Record<string, 'item' | 'items' | 'requests' | 'tables'>> = {
  Item: 'item',
  Key: 'item',
  ExclusiveStartKey: 'item',
  ExpressionAttributeValues: 'item',
  Attributes: 'item',
  LastEvaluatedKey: 'item',
  Items: 'items',
  Keys: 'items',
  TransactItems: 'requests',
  RequestItems: 'tables',
  Responses: 'tables',
  UnprocessedItems: 'tables',
  UnprocessedKeys: 'tables',
};

function convert(holder: object, item: Convert): object {
  const converted: Record<string, unknown> = { ...holder };
  for (const [name, value] of Object.entries(holder)) {
    const kind = kinds[name];
    if (kind === undefined || value === undefined || value === null) continue;
    converted[name] = convertMember(kind, value, item);
  }
  return converted;
}

function convertMember(kind: (typeof kinds)[string], value: object, item: Convert): unknown {
  if (kind === 'item') return item(value);
  if (kind === 'items') return (value as readonly object[]).map(item);
  if (kind === 'requests') return (value as readonly object[]).map((request) => convertEach(request, item));
  return Object.fromEntries(Object.entries(value).map(([table, content]) => [table, convertTable(content, item)]));
}

/** `{ Put: {...} }`, `{ DeleteRequest: {...} }` and their like. */
const convertEach = (request: object, item: Convert): object =>
  Object.fromEntries(Object.entries(request).map(([verb, content]) => [verb, convert(content, item)]));

/** Of a table there are keys to read, requests to write, or rows found. */
function convertTable(content: object, item: Convert): object {
  if (!Array.isArray(content)) return convert(content, item);
  return content.map((entry) =>
    'PutRequest' in entry || 'DeleteRequest' in entry ? convertEach(entry, item) : item(entry),
  );
}
