/** The condition operators of policies: how each compares a value of the request with one of the policy. */
import type { OperatorName, Pattern } from '../../model/policy.ts';
import { matchesArn, segmentsOf } from './arns.ts';
import { isRange, isWithin } from './ip-ranges.ts';
import { type FindValues, matches, type Reading, resolve } from './patterns.ts';

export interface Operator {
  /** Whether it holds where nothing is found that compares. */
  readonly isNegated: boolean;
  /** How its values are written. */
  readonly reading: Reading;
  /** What a value has to be, where not every text is one. */
  readonly form: { readonly description: string; readonly fits: (value: Pattern) => boolean } | undefined;
  /** `undefined` where the request has no value for a variable. */
  readonly compares: (actual: string, value: Pattern, find: FindValues) => boolean | undefined;
}

const plain = { wildcards: false, variables: false };
const withVariables = { wildcards: false, variables: true };
const withBoth = { wildcards: true, variables: true };

/** Of a pattern without variables. */
export const textOf = (pattern: Pattern): string => pattern.map((part) => ('text' in part ? part.text : '')).join('');

const equal: Operator = {
  isNegated: false,
  reading: withVariables,
  form: undefined,
  compares(actual, value, find) {
    const cells = resolve(value, find);
    return cells && cells.join('') === actual;
  },
};

const equalIgnoringCase: Operator = {
  ...equal,
  compares(actual, value, find) {
    const cells = resolve(value, find);
    return cells && cells.join('').toLowerCase() === actual.toLowerCase();
  },
};

const like: Operator = {
  isNegated: false,
  reading: withBoth,
  form: undefined,
  compares(actual, value, find) {
    const cells = resolve(value, find);
    return cells && matches(cells, actual);
  },
};

const arnLike: Operator = {
  isNegated: false,
  reading: withBoth,
  form: { description: 'an ARN of six parts, or *', fits: (value) => segmentsOf(value) !== undefined },
  compares: (actual, value, find) => matchesArn(segmentsOf(value) ?? [], actual, find),
};

/** Both sides are read as the same kind of thing; what cannot be read compares with nothing. */
function compared<T>(
  description: string,
  read: (text: string) => T | undefined,
  compare: (actual: T, wanted: T) => boolean,
): Operator {
  return {
    isNegated: false,
    reading: plain,
    form: { description, fits: (value) => read(textOf(value)) !== undefined },
    compares(text, value) {
      const [actual, wanted] = [read(text), read(textOf(value))];
      return actual !== undefined && wanted !== undefined && compare(actual, wanted);
    },
  };
}

const readNumber = (text: string): number | undefined =>
  /^-?\d{1,15}(\.\d{1,15})?$/.test(text) ? Number(text) : undefined;

const dateForm = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/** ISO 8601 with its offset, a day in UTC, or seconds since the epoch. */
function readDate(text: string): number | undefined {
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  const time = dateForm.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

function readBoolean(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  return lower === 'true' || lower === 'false' ? lower === 'true' : undefined;
}

type Compare = (actual: number, wanted: number) => boolean;
const numeric = (compare: Compare): Operator => compared('a number', readNumber, compare);
const dated = (compare: Compare): Operator => compared('a time as in ISO 8601, with its offset', readDate, compare);

const address: Operator = {
  isNegated: false,
  reading: plain,
  form: { description: 'an address or a range such as 10.0.0.0/8', fits: (value) => isRange(textOf(value)) },
  compares: (actual, value) => isWithin(actual, textOf(value)),
};

const bool = compared('true or false', readBoolean, (actual, wanted) => actual === wanted);
const not = (operator: Operator): Operator => ({ ...operator, isNegated: true });

const equals: Compare = (actual, wanted) => actual === wanted;
const lessThan: Compare = (actual, wanted) => actual < wanted;
const lessThanEquals: Compare = (actual, wanted) => actual <= wanted;
const greaterThan: Compare = (actual, wanted) => actual > wanted;
const greaterThanEquals: Compare = (actual, wanted) => actual >= wanted;

export const operators: Readonly<Record<OperatorName, Operator>> = {
  StringEquals: equal,
  StringNotEquals: not(equal),
  StringEqualsIgnoreCase: equalIgnoringCase,
  StringNotEqualsIgnoreCase: not(equalIgnoringCase),
  StringLike: like,
  StringNotLike: not(like),
  ArnEquals: arnLike,
  ArnNotEquals: not(arnLike),
  ArnLike: arnLike,
  ArnNotLike: not(arnLike),
  NumericEquals: numeric(equals),
  NumericNotEquals: not(numeric(equals)),
  NumericLessThan: numeric(lessThan),
  NumericLessThanEquals: numeric(lessThanEquals),
  NumericGreaterThan: numeric(greaterThan),
  NumericGreaterThanEquals: numeric(greaterThanEquals),
  DateEquals: dated(equals),
  DateNotEquals: not(dated(equals)),
  DateLessThan: dated(lessThan),
  DateLessThanEquals: dated(lessThanEquals),
  DateGreaterThan: dated(greaterThan),
  DateGreaterThanEquals: dated(greaterThanEquals),
  IpAddress: address,
  NotIpAddress: not(address),
  Bool: bool,
  // Asks whether the request says anything at all; what it says does not matter.
  Null: bool,
};
