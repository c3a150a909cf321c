/** Reads and deletes many rows in as many requests as DynamoDB wants for them. */
import type { Item, Key } from './table.ts';
import { itemOf, keyOf, type TableContext } from './table-context.ts';
import { WireFailure } from './wire-failures.ts';

const mostRead = 100;
const mostWritten = 25;

export async function readBatches(
  context: TableContext,
  keys: readonly Key[],
  { consistent = false }: { readonly consistent?: boolean } = {},
): Promise<readonly Item[]> {
  const pages = await Promise.all(
    inBatches(distinct(keys), mostRead).map((batch) => readBatch(context, batch, consistent)),
  );
  return pages.flat();
}

/** One batch after the other: nobody waits for a purge, and others use the table. */
export async function deleteBatches(context: TableContext, keys: readonly Key[]): Promise<void> {
  for (const batch of inBatches(distinct(keys), mostWritten)) await deleteBatch(context, batch);
}

async function readBatch(context: TableContext, keys: readonly Key[], consistent: boolean) {
  const { send, tableName } = context;
  const found: Item[] = [];
  let rest = keys;
  const attempt = async (): Promise<void> => {
    const answer = await send('BatchGetItem', {
      RequestItems: { [tableName]: { Keys: [...rest], ConsistentRead: consistent } },
    });
    for (const attributes of answer.Responses?.[tableName] ?? []) found.push(itemOf(attributes));
    rest = (answer.UnprocessedKeys?.[tableName]?.Keys ?? []).map(itemOf).map(keyOf);
  };
  await untilNothingIsLeft(context, attempt, () => rest.length);
  return found;
}

async function deleteBatch(context: TableContext, keys: readonly Key[]): Promise<void> {
  const { send, tableName } = context;
  let rest = keys;
  const attempt = async (): Promise<void> => {
    const answer = await send('BatchWriteItem', {
      RequestItems: { [tableName]: rest.map((key) => ({ DeleteRequest: { Key: key } })) },
    });
    const left = answer.UnprocessedItems?.[tableName] ?? [];
    rest = left.flatMap(({ DeleteRequest }) => DeleteRequest?.Key ?? []).map((key) => keyOf(itemOf(key)));
  };
  await untilNothingIsLeft(context, attempt, () => rest.length);
}

/** What the database leaves for later is a form of being busy; as long as something gets done, it goes on. */
async function untilNothingIsLeft(context: TableContext, attempt: () => Promise<void>, left: () => number) {
  for (let made = 1; left() > 0; made += 1) {
    const before = left();
    await context.persist(async () => {
      await attempt();
      if (left() >= before) throw new WireFailure('busy', 'UnprocessedItems', 'Nothing of the batch was processed');
    });
    if (left() > 0) await context.pause(made);
  }
}

/** A key that stands twice in a batch makes DynamoDB refuse the whole of it. */
const distinct = (keys: readonly Key[]): readonly Key[] => [
  ...new Map(keys.map((key) => [JSON.stringify([key.PK, key.SK]), keyOf(key)])).values(),
];

function inBatches<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  );
}
