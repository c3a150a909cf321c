/** Conditions and changes as members of a request. */
import { leavingMark, markAttribute, unlessDone } from './marks.ts';
import type { Expression, Item, Key } from './table.ts';
import { keyOf } from './table-context.ts';

interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
  readonly ReturnValuesOnConditionCheckFailure: 'ALL_OLD';
}

/** Names and values are left out when there are none: the database refuses empty ones. */
export function condition({ expression, names = {}, values = {} }: Expression): Condition {
  return {
    ConditionExpression: expression,
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: { ...names } }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: { ...values } }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}

/** A put without a condition does the same however often it is done, and needs no mark. */
export function putInput(item: Item, asked: Expression | undefined, mark: string) {
  if (asked === undefined) return { Item: item };
  return { Item: { ...item, [markAttribute]: mark }, ...condition(unlessDone(mark, asked)) };
}

export function updateInput(key: Key, change: Expression, asked: Expression | undefined, mark: string) {
  const guarded = condition(unlessDone(mark, asked));
  return {
    ...guarded,
    Key: keyOf(key),
    UpdateExpression: leavingMark(change).expression,
    ExpressionAttributeNames: { ...guarded.ExpressionAttributeNames, ...change.names },
    ExpressionAttributeValues: { ...guarded.ExpressionAttributeValues, ...change.values },
  };
}

export const removeInput = (key: Key, asked: Expression | undefined) => ({
  Key: keyOf(key),
  ...(asked !== undefined && condition(asked)),
});
