/** Lists for people: columns under headings, as wide as what stands in them. */
import { printable } from './printable.ts';

export type Cell = string | number | boolean | undefined;

/** The last column is not filled up, so that lines have no blanks at their ends. */
export function columns(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [headings, ...rows.map((row) => row.map(shown))];
  const widths = headings.map((_, index) => Math.max(...lines.map((line) => line[index]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const shown = (cell: Cell): string => (cell === undefined || cell === '' ? '-' : printable(String(cell)));
