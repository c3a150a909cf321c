/** Reads attributes of items defensively: what is not as this software writes it is a fault, never a guess. */
import { createHash } from 'node:crypto';
import type { Item, Key } from './table.ts';

/** A row cannot be understood. Names the row and the attribute, never the value. */
export class MalformedItem extends Error {
  override readonly name = 'MalformedItem';

  constructor(key: Key, reason: string) {
    super(`The row ${shown(key)} cannot be read: ${reason}`);
  }
}

/** Kind and pool, and a digest to know it by: this is logged, and the rest of a key may be a name or an address. */
function shown({ PK, SK }: Key): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([PK, SK]))
    .digest('hex')
    .slice(0, 16);
  return `${PK.split('#', 2).join('#')} (${digest})`;
}

const schemaAttribute = 'v';

/** Every row of a model carries the number of the layout that it was written in. */
export const layout = (number: number) => ({ [schemaAttribute]: number });

/** A row that newer software wrote in a layout of its own is not for this one to interpret. */
export function requireLayout(item: Item, newest: number): void {
  const written = numberIn(item, schemaAttribute);
  if (written > newest) throw new MalformedItem(item, `layout ${written} is newer than ${newest}`);
}

export const textIn = (item: Item, name: string): string => required(item, name, findText(item, name));
export const numberIn = (item: Item, name: string): number => required(item, name, findNumber(item, name));
export const bytesIn = (item: Item, name: string): Uint8Array => required(item, name, findBytes(item, name));

export function findText(item: Item, name: string): string | undefined {
  return find(item, name, isText);
}

export function findNumber(item: Item, name: string): number | undefined {
  return find(item, name, (value): value is number => typeof value === 'number');
}

export function findBytes(item: Item, name: string): Uint8Array | undefined {
  return find(item, name, isBytes);
}

export function flagIn(item: Item, name: string): boolean {
  const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
  return required(item, name, find(item, name, isFlag));
}

export function numbersIn(item: Item, name: string): readonly number[] {
  return find(item, name, isListOf(isNumber)) ?? [];
}

export function textListIn(item: Item, name: string): readonly string[] {
  return find(item, name, isListOf(isText)) ?? [];
}

export function findByteLists(item: Item, name: string): readonly Uint8Array[] | undefined {
  return find(item, name, isListOf(isBytes));
}

export function textsIn(item: Item, name: string): Readonly<Record<string, string>> {
  return required(item, name, findTexts(item, name));
}

export function findTexts(item: Item, name: string): Readonly<Record<string, string>> | undefined {
  return find(item, name, isTexts);
}

/** A document in the words of its author, kept as one text so that it comes back unchanged. */
export function documentIn(item: Item, name: string): unknown {
  const text = textIn(item, name);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedItem(item, `${name} is not JSON (${cause instanceof SyntaxError ? 'syntax' : 'unknown'})`);
  }
}

/** Members that are `undefined` are left out. */
export const document = (value: unknown): string => JSON.stringify(value);

/** Leaves out attributes without a value: the table knows no `undefined`. */
export function present<T extends Readonly<Record<string, unknown>>>(attributes: T): T {
  // What is left out was optional in T already.
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined)) as T;
}

/** Milliseconds as a `ttl`, never too early. */
export const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000);

function find<T>(item: Item, name: string, is: (value: unknown) => value is T): T | undefined {
  const value = item[name];
  if (value === undefined || is(value)) return value;
  throw new MalformedItem(item, `${name} is of another type`);
}

function required<T>(item: Item, name: string, value: T | undefined): T {
  if (value === undefined) throw new MalformedItem(item, `${name} is missing`);
  return value;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

const isListOf =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.every(is);

const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  typeof value === 'object' && value !== null && Object.values(value).every((entry) => typeof entry === 'string');
