/** Prints what the service answers: JSON for programs, a table for people. */
import { isObject } from '../../core/contract/is-object.ts';
import { failed } from './cannot-do.ts';
import { type Cell, columns } from './columns.ts';
import { printableJson } from './printable.ts';
import type { Answer } from './workplace.ts';

export type Item = Readonly<Record<string, unknown>>;

/** What stands in a column, by its heading. */
export type Columns = Readonly<Record<string, (item: Item) => Cell>>;

export const jsonOf = (answer: Answer): string => printableJson(answer, 2);

interface List {
  /** Of the answer. */
  readonly member: string;
  readonly shown: Columns;
  readonly asJson: boolean | undefined;
}

export function listOf(answer: Answer, { member, shown, asJson }: List): string {
  const items = answer[member];
  if (!Array.isArray(items) || !items.every(isObject)) {
    throw failed(`The answer has no ${member} in it. Is it the endpoint of Millpond?`);
  }
  if (asJson) return jsonOf(answer);
  const rows = items.map((item) => Object.values(shown).map((cell) => cell(item)));
  return columns(Object.keys(shown), rows);
}

export const textAt =
  (member: string) =>
  (item: Item): Cell => {
    const value = item[member];
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
  };

/** `a, b`, or `a=1, b=2`. */
export const textsAt =
  (member: string) =>
  (item: Item): Cell => {
    const value = item[member];
    if (Array.isArray(value)) return value.join(', ');
    if (!isObject(value)) return undefined;
    return Object.entries(value)
      .map(([name, text]) => `${name}=${text}`)
      .join(', ');
  };
