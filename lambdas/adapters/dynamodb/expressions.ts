/** Builds the few kinds of DynamoDB expression that the stores need. */
import type { Expression } from './table.ts';

export const isAbsent: Expression = { expression: 'attribute_not_exists(PK)' };
export const isPresent: Expression = { expression: 'attribute_exists(PK)' };

/** The attribute has this value. Its placeholders differ from those of `assign`, so that both fit one request. */
export const has = (name: string, value: unknown): Expression => ({
  expression: `#if_${name} = :if_${name}`,
  names: { [`#if_${name}`]: name },
  values: { [`:if_${name}`]: value },
});

export const lacks = (name: string): Expression => ({
  expression: `attribute_not_exists(#if_${name})`,
  names: { [`#if_${name}`]: name },
});

/** The attribute has another value. */
export const isOther = (name: string, value: unknown): Expression => ({
  expression: `#if_${name} <> :if_${name}`,
  names: { [`#if_${name}`]: name },
  values: { [`:if_${name}`]: value },
});

export const isBelow = (name: string, value: number): Expression => ({
  expression: `#if_${name} < :if_${name}`,
  names: { [`#if_${name}`]: name },
  values: { [`:if_${name}`]: value },
});

export const and = (...all: readonly Expression[]): Expression => join(all, ' AND ');
export const or = (...all: readonly Expression[]): Expression => join(all, ' OR ');

/** The number is smaller, or not there yet. */
export const hasRoom = (name: string, most: number): Expression => or(lacks(name), isBelow(name, most));

/** Sets every attribute that has a value and removes every one that is `undefined`. */
export function assign(attributes: Readonly<Record<string, unknown>>): Expression {
  const all = Object.keys(attributes);
  const set = all.filter((name) => attributes[name] !== undefined);
  const removed = all.filter((name) => attributes[name] === undefined);
  return {
    expression: [clause('SET', set, (name) => `#${name} = :${name}`), clause('REMOVE', removed, (name) => `#${name}`)]
      .filter((part) => part !== '')
      .join(' '),
    names: Object.fromEntries(all.map((name) => [`#${name}`, name])),
    values: Object.fromEntries(set.map((name) => [`:${name}`, attributes[name]])),
  };
}

/** Adds to numbers, which start at zero. Their names may hold what placeholders may not. */
export const add = (amounts: Readonly<Record<string, number>>): Expression => {
  const all = Object.entries(amounts);
  return {
    expression: clause('ADD', Object.keys(amounts), (name) => `#${plain(name)} :by_${plain(name)}`),
    names: Object.fromEntries(all.map(([name]) => [`#${plain(name)}`, name])),
    values: Object.fromEntries(all.map(([name, by]) => [`:by_${plain(name)}`, by])),
  };
};

const plain = (name: string): string => name.replace(/\W/g, '_');

export const increase = (name: string, by: number): Expression => add({ [name]: by });

/** Two changes in one, of different kinds: `assign` and `increase`, say. */
export const together = (...changes: readonly Expression[]): Expression => merge(changes, (all) => all.join(' '));

const clause = (verb: string, names: readonly string[], each: (name: string) => string): string =>
  names.length === 0 ? '' : `${verb} ${names.map(each).join(', ')}`;

/** One by itself stays as it is: the database refuses parentheses around parentheses. */
const join = (all: readonly Expression[], by: string): Expression =>
  merge(all, (texts) => (texts.length === 1 ? texts : texts.map((text) => `(${text})`)).join(by));

const merge = (all: readonly Expression[], combine: (texts: readonly string[]) => string): Expression => ({
  expression: combine(all.map(({ expression }) => expression)),
  names: Object.assign({}, ...all.map(({ names }) => names)),
  values: Object.assign({}, ...all.map(({ values }) => values)),
});
