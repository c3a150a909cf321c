/** Whether a condition of a statement holds for a request. */
import type { Condition, Statement } from '../../model/policy.ts';
import { operators, textOf } from './operators.ts';
import type { FindValue } from './patterns.ts';

/** What a request says under a key; `undefined` where it says nothing. */
export type FindValues = (key: string) => readonly string[] | undefined;

export function holds(condition: Condition, find: FindValues, effect: Statement['effect']): boolean {
  const actual = find(condition.key) ?? [];
  if (condition.operator === 'Null') return holdsForNull(condition, actual);
  if (actual.length === 0) return holdsForNothing(condition);
  const { isNegated } = operators[condition.operator];
  const each = (value: string): boolean => comparesWith(condition, value, singleValue(find), effect);
  // Without a quantifier, several values count as one that any of them may fit.
  const all = condition.quantifier === undefined ? isNegated : condition.quantifier === 'ForAllValues';
  return all ? actual.every(each) : actual.some(each);
}

const holdsForNull = ({ values }: Condition, actual: readonly string[]): boolean =>
  values.some((value) => (textOf(value).toLowerCase() === 'true') === (actual.length === 0));

function holdsForNothing({ ifExists, quantifier, operator }: Condition): boolean {
  if (ifExists) return true;
  return quantifier === undefined ? operators[operator].isNegated : quantifier === 'ForAllValues';
}

/** Where a variable has no value, a negation denies and does not allow. */
function comparesWith(
  { operator, values }: Condition,
  actual: string,
  find: FindValue,
  effect: Statement['effect'],
): boolean {
  const { isNegated, compares } = operators[operator];
  const outcomes = values.map((value) => compares(actual, value, find));
  const isAny = outcomes.includes(true);
  if (!isNegated) return isAny;
  return !isAny && (effect === 'Deny' || !outcomes.includes(undefined));
}

/** A list has no place in a text. */
export const singleValue =
  (find: FindValues): FindValue =>
  (key) => {
    const values = find(key);
    return values?.length === 1 ? values[0] : undefined;
  };
