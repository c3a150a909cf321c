/** Writes of several rows, all or nothing. */
import { condition, putInput, removeInput, updateInput } from './conditions.ts';
import { carries } from './marks.ts';
import type { Refused, Write } from './table.ts';
import { findItem, keyOf, type TableContext } from './table-context.ts';
import { type CancellationReason, Cancelled, WireFailure } from './wire-failures.ts';
import { undecided } from './writing.ts';

type Outcome = 'done' | { readonly refused: readonly (Refused | undefined)[] };

const mostInTransaction = 100;

export async function transact(context: TableContext, writes: readonly Write[]): Promise<Outcome> {
  const { tableName, send, persist, newMark } = context;
  if (writes.length === 0) return 'done';
  if (writes.length > mostInTransaction) throw new RangeError(`A transaction takes ${mostInTransaction} writes`);
  const mark = newMark();
  const TransactItems = writes.map((write) => transactItem(tableName, write, mark));
  const input = { TransactItems, ClientRequestToken: mark };
  return persist(async (mayBeDone) => {
    try {
      await send('TransactWriteItems', input);
      return 'done';
    } catch (error) {
      return outcomeOf(requireCancelled(error), mark, mayBeDone && !writes.some(leavesMark));
    }
  });
}

/** One condition that does not hold decides; whatever else stood in the way might not do so the next time. */
function outcomeOf(cancelled: Cancelled, mark: string, isUndecided: boolean): Outcome {
  const { reasons } = cancelled;
  // All or nothing: one row that carries the mark proves that the whole was done before.
  if (reasons.some(({ current }) => carries(current, mark))) return 'done';
  if (!reasons.some(isCondition)) throw obstructed(cancelled);
  if (isUndecided) throw undecided();
  return {
    refused: reasons.map((reason) => (isCondition(reason) ? { current: findItem(reason.current) } : undefined)),
  };
}

const isCondition = ({ code }: CancellationReason): boolean => code === 'ConditionalCheckFailed';

const passing: ReadonlySet<string> = new Set([
  'None',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'TransactionConflict',
]);

function obstructed(cancelled: Cancelled): WireFailure {
  const isPassing = cancelled.reasons.every(({ code }) => passing.has(code));
  return new WireFailure(isPassing ? 'busy' : 'wrong', cancelled.name, cancelled.message, { cause: cancelled });
}

function requireCancelled(error: unknown): Cancelled {
  if (error instanceof Cancelled) return error;
  throw error;
}

const leavesMark = (write: Write): boolean => 'update' in write || ('put' in write && write.condition !== undefined);

function transactItem(TableName: string, write: Write, mark: string) {
  if ('put' in write) return { Put: { TableName, ...putInput(write.put, write.condition, mark) } };
  if ('update' in write) {
    return { Update: { TableName, ...updateInput(write.update, write.change, write.condition, mark) } };
  }
  if ('remove' in write) return { Delete: { TableName, ...removeInput(write.remove, write.condition) } };
  return { ConditionCheck: { TableName, Key: keyOf(write.check), ...condition(write.condition) } };
}
