/** The figures of a run as a table. */
import type { CryptoBound } from './crypto-bound.ts';
import type { FunctionFigures } from './functions.ts';
import type { Figures } from './load.ts';
import type { Units } from './units.ts';
import type { Comparison } from './unknown-users.ts';

/** With the part of the bound that it reaches, where cryptography bounds it. */
export type SharedFigures = Figures & { readonly shareOfBound?: number };

export interface SizeReport {
  readonly size: number;
  readonly filledPerSecond: number;
  /** Milliseconds, as below, of a service that finds these users. */
  readonly firstAnswer: number;
  readonly figures: readonly SharedFigures[];
  readonly residentMegabytes: number | undefined;
}

export interface Report {
  readonly bound: CryptoBound;
  /** Milliseconds from the start of the process to its first answer, of the first start ever. */
  readonly firstStart: number;
  readonly sizes: readonly SizeReport[];
  readonly steps: readonly SharedFigures[];
  readonly units: readonly Units[];
  readonly unknownUsers: readonly Comparison[];
  readonly functions: readonly FunctionFigures[];
}

type Lines = readonly string[];

export const printBound = ({ cores, signatures, powers }: CryptoBound): Lines => [
  `${cores} cores: ${whole(signatures)} RSA-2048 signatures/s, ${whole(powers)} modular powers/s`,
];

export const printFirstStart = (firstStart: number): Lines => [
  `First answer of the first start after ${whole(firstStart)} ms`,
];

export function printSize({ size, filledPerSecond, firstAnswer, figures, residentMegabytes }: SizeReport): Lines {
  const resident = residentMegabytes === undefined ? '' : `, ${whole(residentMegabytes)} MB resident`;
  return [
    `${size} users (made at ${whole(filledPerSecond)}/s, first answer after ${whole(firstAnswer)} ms${resident})`,
    ...printFigures(figures),
  ];
}

export const printSteps = (figures: readonly SharedFigures[]): Lines => [
  'Sign-ins in two steps, without what clients do in between',
  ...printFigures(figures),
];

const printFigures = (figures: readonly SharedFigures[]): Lines =>
  table([
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
  ]);

export const printUnits = (units: readonly Units[]): Lines => [
  'DynamoDB, with the check of the configuration that several functions need',
  ...table([
    ['operation', 'round trips', 'read units', 'write units'],
    ...units.map(({ name, roundTrips, reads, writes }) => [name, `${roundTrips}`, `${reads}`, `${writes}`]),
  ]),
];

export const printUnknownUsers = (comparisons: readonly Comparison[]): Lines => [
  'Users, and names that nobody has, where the client is not to tell them apart (medians, rank sum)',
  ...table([
    ['request', 'of each', 'somebody ms', 'nobody ms', 'z'],
    ...comparisons.map(({ name, samples, medianSomebody, medianNobody, z }) => [
      name,
      `${samples}`,
      medianSomebody.toFixed(2),
      medianNobody.toFixed(2),
      z.toFixed(2),
    ]),
  ]),
];

export const printFunctions = (functions: readonly FunctionFigures[]): Lines => [
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
