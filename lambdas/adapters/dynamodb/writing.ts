/** Writes of one row, told apart from their own repetitions. */
import { Unavailable } from '../../core/ports/unavailable.ts';
import { putInput, removeInput, updateInput } from './conditions.ts';
import { carries } from './marks.ts';
import type { Expression, Item, Key, Refused } from './table.ts';
import { findItem, itemOf, keyOf, type TableContext } from './table-context.ts';
import { ConditionFailed } from './wire-failures.ts';

export async function put(context: TableContext, item: Item, condition?: Expression): Promise<'done' | Refused> {
  const { tableName, send, persist, newMark } = context;
  const mark = newMark();
  const input = { TableName: tableName, ...putInput(item, condition, mark) };
  return persist(async () => {
    const failed = await refusalOf(send('PutItem', input));
    return failed === undefined || carries(failed.current, mark) ? 'done' : { current: findItem(failed.current) };
  });
}

export async function update(
  { tableName, send, persist, newMark }: TableContext,
  key: Key,
  change: Expression,
  condition?: Expression,
): Promise<{ readonly item: Item } | Refused> {
  const mark = newMark();
  const input = {
    TableName: tableName,
    ...updateInput(key, change, condition, mark),
    ReturnValues: 'ALL_NEW' as const,
  };
  return persist(async () => {
    try {
      const { Attributes = { ...keyOf(key) } } = await send('UpdateItem', input);
      return { item: itemOf(Attributes) };
    } catch (error) {
      const { current } = requireConditionFailed(error);
      // Refused by what this very update has left behind: the row stands as it would have been answered.
      return current !== undefined && carries(current, mark)
        ? { item: itemOf(current) }
        : { current: findItem(current) };
    }
  });
}

/**
 * A row that is gone carries no mark. Refused for lack of a row, after an attempt without an answer, nobody knows who
 * removed it: that is neither done nor refused.
 */
export async function remove(
  { tableName, send, persist }: TableContext,
  key: Key,
  condition?: Expression,
): Promise<'done' | Refused> {
  const input = { TableName: tableName, ...removeInput(key, condition) };
  return persist(async (mayBeDone) => {
    const failed = await refusalOf(send('DeleteItem', input));
    if (failed === undefined) return 'done';
    if (mayBeDone && failed.current === undefined) throw undecided();
    return { current: findItem(failed.current) };
  });
}

export const undecided = (): Unavailable => new Unavailable('It is not known whether the rows were written');

async function refusalOf(sent: Promise<unknown>): Promise<ConditionFailed | undefined> {
  try {
    await sent;
    return undefined;
  } catch (error) {
    return requireConditionFailed(error);
  }
}

function requireConditionFailed(error: unknown): ConditionFailed {
  if (error instanceof ConditionFailed) return error;
  throw error;
}
