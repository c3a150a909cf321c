/** Reads text with wildcards and policy variables, and matches it. */
import type { Part, Pattern } from '../../model/policy.ts';
import { findKey } from './condition-keys.ts';

/** What is special in a text, beside which it means itself. */
export interface Reading {
  readonly wildcards: boolean;
  readonly variables: boolean;
}

/** What a request says under a key; `undefined` where it says nothing. */
export type FindValues = (key: string) => readonly string[] | undefined;

/** `undefined` where a variable is none. */
export function parsePattern(text: string, reading: Reading): Pattern | undefined {
  // Between the parts that stand for other text, at even places, there may be none.
  const parts = text.split(specials(reading)).flatMap((part, place) => {
    if (place % 2 === 1) return [parseSpecial(part)];
    if (reading.variables && part.includes('${')) return [undefined];
    return part === '' ? [] : [literal(part)];
  });
  return parts.every((part) => part !== undefined) ? parts : undefined;
}

function specials({ wildcards, variables }: Reading): RegExp {
  if (wildcards && variables) return /(\$\{[^{}]*\}|[*?])/;
  if (wildcards) return /([*?])/;
  return variables ? /(\$\{[^{}]*\})/ : /(?!)/;
}

const literal = (text: string): Part => ({ kind: 'text', text });

function parseSpecial(special: string): Part | undefined {
  if (special === '*') return { kind: 'any' };
  if (special === '?') return { kind: 'one' };
  const inside = special.slice(2, -1);
  // So the characters that are special are written where they are meant.
  if (['*', '?', '$'].includes(inside)) return literal(inside);
  const [, name = '', fallback] = /^([^,']+)(?:, *'([^']*)')?$/.exec(inside) ?? [];
  const key = findKey(name.trim());
  return key === undefined ? undefined : { kind: 'variable', key, fallback };
}

/** Characters, and what stands for them. */
export type Cell = string | typeof any | typeof one;
const any = Symbol('*');
const one = Symbol('?');

/** `undefined` where the request has no value for a variable. What a variable stands for has no wildcards. */
export function resolve(pattern: Pattern, find: FindValues): readonly Cell[] | undefined {
  const cells: Cell[] = [];
  for (const part of pattern) {
    if (part.kind === 'any') cells.push(any);
    else if (part.kind === 'one') cells.push(one);
    else {
      const text = part.kind === 'text' ? part.text : textFor(part, find);
      if (text === undefined) return undefined;
      cells.push(...text);
    }
  }
  return cells;
}

/** A list has no place in a text, and is not nothing either. */
function textFor({ key, fallback }: Extract<Part, { kind: 'variable' }>, find: FindValues): string | undefined {
  const [value = fallback, ...others] = find(key) ?? [];
  return others.length > 0 ? undefined : value;
}

/** Takes the product of both lengths at the worst. */
export function matches(cells: readonly Cell[], text: string): boolean {
  const characters = [...text];
  let at = 0;
  let cell = 0;
  let retry: { readonly cell: number; at: number } | undefined;
  while (at < characters.length) {
    const current = cells[cell];
    if (current === any) {
      cell += 1;
      retry = { cell, at };
    } else if (current === one || current === characters[at]) {
      cell += 1;
      at += 1;
    } else if (retry) {
      // The last star takes one character more.
      retry.at += 1;
      cell = retry.cell;
      at = retry.at;
    } else return false;
  }
  return cells.slice(cell).every((left) => left === any);
}
