/** What a setting of a style can be. */
import type { StyleSettings, StyleValue } from '../../model/style.ts';

export type Kind = Group | List | Leaf;

export interface Group {
  readonly kind: 'group';
  readonly members: Readonly<Record<string, Kind>>;
  /** Where the service shows something else than what its members fall back to. */
  readonly fallback?: StyleSettings;
}

export interface List {
  readonly kind: 'list';
  readonly item: Kind;
  readonly most: number;
  readonly fallback: readonly StyleValue[];
}

export interface Leaf {
  readonly kind: 'leaf';
  /** For a refusal. */
  readonly expected: string;
  accepts(value: unknown): boolean;
  /** What the service shows where nothing was said; absent where it shows nothing. */
  readonly fallback: boolean | number | string | undefined;
}

export const group = (members: Group['members']): Group => ({ kind: 'group', members });

export const list = (item: Kind, most: number, fallback: List['fallback']): List => ({
  kind: 'list',
  item,
  most,
  fallback,
});

const leaf = (expected: string, accepts: Leaf['accepts'], fallback: Leaf['fallback']): Leaf => ({
  kind: 'leaf',
  expected,
  accepts,
  fallback,
});

export const flag = (fallback?: boolean): Leaf =>
  leaf('true or false', (value) => typeof value === 'boolean', fallback);

/** Pixels. */
export const size = (fallback?: number): Leaf =>
  leaf('a number from 0 to 1000', (value) => typeof value === 'number' && value >= 0 && value <= 1000, fallback);

/** Red, green, blue and opacity. */
export const color = (fallback?: string): Leaf =>
  matching('a colour of eight hexadecimal digits', /^[0-9a-f]{8}$/i, fallback);

/** One of a set that is not documented as a whole. */
export const word = (fallback?: string): Leaf => matching('a word like CENTER', /^[A-Z][A-Z0-9_]{0,39}$/, fallback);

export const text = (fallback?: string): Leaf =>
  matching('a text of 1 to 64 characters', /^[^\p{Cc}]{1,64}$/u, fallback);

export const oneOf = (all: readonly string[], fallback?: string): Leaf =>
  leaf(`one of ${all.join(', ')}`, (value) => typeof value === 'string' && all.includes(value), fallback);

const matching = (expected: string, pattern: RegExp, fallback: string | undefined): Leaf =>
  leaf(expected, (value) => typeof value === 'string' && pattern.test(value), fallback);

/** What the service shows of a group in which nothing was said. */
export const fallbacksOf = ({ members, fallback }: Group): StyleSettings =>
  fallback ??
  Object.fromEntries(
    Object.entries(members).flatMap(([name, kind]) => {
      const value = kind.kind === 'group' ? fallbacksOf(kind) : kind.fallback;
      return value === undefined ? [] : [[name, value]];
    }),
  );
