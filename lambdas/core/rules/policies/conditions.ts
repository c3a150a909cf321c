/** Whether a condition of a statement holds for a request. */
import type { Condition, Part, Pattern, Statement } from '../../model/policy.ts';
import { splitKey } from './condition-keys.ts';
import { operators, textOf } from './operators.ts';
import type { FindValues } from './patterns.ts';

type Effect = Statement['effect'];

/**
 * Keys of tags that differ in case alone are one where `aws:ResourceTag` asks for them, so what a statement says of
 * `aws:TagKeys` is heeded in their letters and in their meaning: what denies in either way, what allows in both.
 */
export function holds(condition: Condition, find: FindValues, effect: Effect): boolean {
  const asWritten = holdsAsWritten(condition, find, effect);
  if (condition.key !== 'aws:tagkeys') return asWritten;
  const asMeant = holdsAsWritten(inLowerCase(condition), (key) => find(key)?.map(lower), effect);
  return effect === 'Allow' ? asWritten && asMeant : asWritten || asMeant;
}

function holdsAsWritten(condition: Condition, find: FindValues, effect: Effect): boolean {
  const actual = find(condition.key) ?? [];
  if (condition.operator === 'Null') return holdsForNull(condition, actual);
  if (actual.length === 0) return holdsForNothing(condition);
  const each = (value: string): boolean => comparesWith(condition, value, find, effect);
  return isOfAll(condition, effect) ? actual.every(each) : actual.some(each);
}

const holdsForNull = ({ values }: Condition, actual: readonly string[]): boolean =>
  values.some((value) => (textOf(value).toLowerCase() === 'true') === (actual.length === 0));

function holdsForNothing({ ifExists, quantifier, operator }: Condition): boolean {
  if (ifExists) return true;
  return quantifier === undefined ? operators[operator].isNegated : quantifier === 'ForAllValues';
}

/** Whether it has to hold of all values, and not of any. */
function isOfAll({ key, operator, quantifier }: Condition, effect: Effect): boolean {
  // One tag with several values, as their keys differ in case: nobody could say which of them is meant.
  if (splitKey(key)[1] !== undefined) return effect === 'Allow';
  // Without a quantifier, several values count as one that any of them may fit.
  return quantifier === undefined ? operators[operator].isNegated : quantifier === 'ForAllValues';
}

/** Where a variable has no value, a negation denies and does not allow. */
function comparesWith({ operator, values }: Condition, actual: string, find: FindValues, effect: Effect): boolean {
  const { isNegated, compares } = operators[operator];
  const outcomes = values.map((value) => compares(actual, value, find));
  const isAny = outcomes.includes(true);
  if (!isNegated) return isAny;
  return !isAny && (effect === 'Deny' || !outcomes.includes(undefined));
}

const lower = (text: string): string => text.toLowerCase();

const inLowerCase = (condition: Condition): Condition => ({
  ...condition,
  values: condition.values.map((pattern): Pattern => pattern.map(partInLowerCase)),
});

function partInLowerCase(part: Part): Part {
  if (part.kind === 'text') return { ...part, text: lower(part.text) };
  return part.kind === 'variable' ? { ...part, fallback: part.fallback && lower(part.fallback) } : part;
}
