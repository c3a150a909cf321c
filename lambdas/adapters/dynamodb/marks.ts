/**
 * Marks what a write leaves behind, so that its repetition after a lost answer can tell its own work from others'.
 *
 * A conditional write whose answer got lost may have been done; asked again, the database would refuse it because of
 * what it did itself. So every such write leaves a mark of its own on the row and asks, beside its condition, that the
 * row does not carry this mark yet. Refused with the row that carries it, it has succeeded. A digest of what was written
 * would not do: two who consume the same nonce write the same. (Tokens of transactions serve this end too, but the
 * embedded engine is given none: see its wire.)
 *
 * The mark lasts until somebody else writes the row. Where that happens between the lost answer and the repetition, an
 * increase counts twice, which a limit of guesses can bear, and a condition is judged by the newer row.
 */
import type { Expression } from './table.ts';

/** Never shown to stores. */
export const markAttribute = '_w';

const names = { '#own_mark': markAttribute };
const guard = '(attribute_not_exists(#own_mark) OR #own_mark <> :own_mark)';

/** The condition, and that this write is not done yet. */
export function unlessDone(mark: string, condition: Expression | undefined): Expression {
  return {
    expression: condition === undefined ? guard : `${guard} AND (${condition.expression})`,
    names: { ...condition?.names, ...names },
    values: { ...condition?.values, ':own_mark': mark },
  };
}

/** The change, and the mark; its placeholders are those of the condition. */
export function leavingMark(change: Expression): Expression {
  const set = '#own_mark = :own_mark';
  const clause = /(^|\s)SET\s/;
  const marked = clause.test(change.expression)
    ? change.expression.replace(clause, `$1SET ${set}, `)
    : `SET ${set} ${change.expression}`;
  return { ...change, expression: marked };
}

type Attributes = Readonly<Record<string, unknown>>;

export const carries = (item: Attributes | undefined, mark: string): boolean => item?.[markAttribute] === mark;

export function withoutMark<T extends Attributes>(item: T): T {
  if (!(markAttribute in item)) return item;
  const { [markAttribute]: _, ...rest } = item;
  // T names no attribute that starts with an underscore.
  return rest as T;
}
