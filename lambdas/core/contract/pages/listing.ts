/** What the derived pages have in common: the rooms' operations in order, and a few words of Markdown. */
import type { Operation, Operations } from '../operation.ts';

export type Rooms = Readonly<Record<string, Operations>>;

export interface Listed {
  readonly room: string;
  readonly operation: Operation;
}

/** Sorted by name inside each room; the rooms as they are listed. */
export const listed = (rooms: Rooms): readonly Listed[] =>
  Object.entries(rooms).flatMap(([room, operations]) => inOrder(operations).map((operation) => ({ room, operation })));

export const inOrder = (operations: Operations): readonly Operation[] =>
  Object.values(operations).toSorted((one, other) => (one.name < other.name ? -1 : 1));

export const isBuilt = ({ handle }: Operation): boolean => handle !== undefined;

/** Relative to `docs/`. */
export const linkTo = (room: string, { name }: Operation): string =>
  `[${name}](../lambdas/${room}/operations/${name}.ts)`;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);

export const page = (...blocks: readonly (readonly string[])[]): string =>
  `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;

export const derived = ['<!-- Written by `npm run docs` from the declarations of the operations. -->'];
