/** The conditions of IAM statements, as far as our templates use them; an unknown operator or key is an error. */
import { matchesArn, matchesGlob } from './iam-patterns.ts';

/** Values by condition key. What a service knows but has no value for is `undefined`. */
export type Context = Readonly<Record<string, readonly string[] | undefined>>;

export type Conditions = Readonly<Record<string, Readonly<Record<string, string | boolean | readonly string[]>>>>;

type Compare = (wanted: string, value: string) => boolean;

const operators: Readonly<Record<string, Compare>> = {
  StringEquals: (wanted, value) => wanted === value,
  StringEqualsIgnoreCase: (wanted, value) => wanted.toLowerCase() === value.toLowerCase(),
  StringLike: matchesGlob,
  ArnEquals: matchesArn,
  ArnLike: matchesArn,
  Bool: (wanted, value) => wanted === value,
};

/** The same, the other way round: true when none of the wanted values is met. */
const negations: Readonly<Record<string, Compare>> = {
  StringNotEquals: (wanted, value) => wanted === value,
  StringNotLike: matchesGlob,
  ArnNotEquals: matchesArn,
  ArnNotLike: matchesArn,
};

export const holds = (conditions: Conditions, context: Context): boolean =>
  Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holdsFor(operator, valuesOf(context, key), [wanted].flat().map(String)),
    ),
  );

function valuesOf(context: Context, key: string): readonly string[] | undefined {
  const known = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  // Callers choose the names in an encryption context.
  if (known === undefined && key.startsWith('kms:EncryptionContext:')) return undefined;
  if (known === undefined) throw new Error(`A policy asks for ${key}, which nothing is known of`);
  return known[1];
}

function holdsFor(whole: string, values: readonly string[] | undefined, wanted: readonly string[]): boolean {
  const [, set, operator = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/.exec(whole) ?? [];
  if (operator === 'Null') return wanted.includes(String(values === undefined));
  const holdsOne = (value: string): boolean => compare(operator, wanted, value);
  // Also checks the operator where there is no value to compare.
  holdsOne('');
  if (set === 'ForAllValues') return (values ?? []).every(holdsOne);
  if (values === undefined) return ifExists !== undefined || Object.hasOwn(negations, operator);
  if (set === undefined && values.length > 1)
    throw new Error(`${whole} compares several values without a set operator`);
  return values.some(holdsOne);
}

function compare(operator: string, wanted: readonly string[], value: string): boolean {
  const positive = operators[operator];
  if (positive !== undefined) return wanted.some((one) => positive(one, value));
  const negative = negations[operator];
  if (negative === undefined) throw new Error(`Unknown condition operator: ${operator}`);
  return !wanted.some((one) => negative(one, value));
}
