/** The figures of a run as a table. */
import type { CryptoBound } from './crypto-bound.ts';
import type { FunctionFigures } from './functions.ts';
import type { Figures } from './load.ts';
import type { Units } from './units.ts';
import type { Comparison } from './unknown-users.ts';

export interface SizeReport {
  readonly size: number;
  readonly filledPerSecond: number;
  /** Milliseconds, as above, of a service that finds these users. */
  readonly firstAnswer: number;
  readonly figures: readonly (Figures & { readonly shareOfBound?: number })[];
  readonly residentMegabytes: number | undefined;
}

export interface Report {
  readonly bound: CryptoBound;
  /** Milliseconds from the start of the process to its first answer, of the first start ever. */
  readonly firstStart: number;
  readonly sizes: readonly SizeReport[];
  readonly units: readonly Units[];
  readonly unknownUsers: Comparison;
  readonly functions: readonly FunctionFigures[];
}

export function printReport({ bound, firstStart, sizes, units, unknownUsers, functions }: Report): string {
  const lines = [
    `${bound.cores} cores: ${whole(bound.signatures)} RSA-2048 signatures/s, ${whole(bound.powers)} modular powers/s`,
    `First answer of the first start after ${whole(firstStart)} ms`,
    ...sizes.flatMap(printSize),
    '',
    'DynamoDB, with the check of the configuration that several functions need',
    ...table([
      ['operation', 'round trips', 'read units', 'write units'],
      ...units.map(({ name, roundTrips, reads, writes }) => [name, `${roundTrips}`, `${reads}`, `${writes}`]),
    ]),
    '',
    `Wrong password ${unknownUsers.medianWrongPassword.toFixed(2)} ms, unknown user ` +
      `${unknownUsers.medianUnknownUser.toFixed(2)} ms (medians of ${unknownUsers.samples}), ` +
      `rank sum z = ${unknownUsers.z.toFixed(2)}`,
    '',
    ...printFunctions(functions),
  ];
  return `${lines.join('\n')}\n`;
}

export const printFunctions = (functions: readonly FunctionFigures[]): readonly string[] => [
  'Functions as they would be deployed, each in processes that have one core (medians)',
  ...table([
    ['function', 'KB', 'load ms', 'first answer ms'],
    ...functions.map(({ name, kilobytes, load, firstAnswer }) => [
      name,
      whole(kilobytes),
      whole(load),
      whole(firstAnswer),
    ]),
  ]),
];

function printSize({ size, filledPerSecond, firstAnswer, figures, residentMegabytes }: SizeReport): readonly string[] {
  const resident = residentMegabytes === undefined ? '' : `, ${whole(residentMegabytes)} MB resident`;
  return [
    '',
    `${size} users (made at ${whole(filledPerSecond)}/s, first answer after ${whole(firstAnswer)} ms${resident})`,
    ...table([
      ['operation', 'at a time', 'per second', 'median ms', 'p95 ms', 'p99 ms', 'of bound'],
      ...figures.map(({ name, concurrency, perSecond, median, p95, p99, shareOfBound }) => [
        name,
        `${concurrency}`,
        whole(perSecond),
        median.toFixed(2),
        p95.toFixed(2),
        p99.toFixed(2),
        shareOfBound === undefined ? '' : `${whole(shareOfBound * 100)} %`,
      ]),
    ]),
  ];
}

/** The first column to the left, figures to the right. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

const whole = (figure: number): string => figure.toFixed(0);
