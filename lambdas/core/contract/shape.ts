/** Builds the shapes of the API's inputs and answers: one value that validates, types, documents and redacts. */

export type Shape =
  | StringShape
  | BooleanShape
  | NumberShape
  | TimestampShape
  | BlobShape
  | DocumentShape
  | ListShape
  | MapShape
  | StructureShape;

/** Says at type level what a shape's values are; never present at run time. */
declare const carries: unique symbol;
interface Carries<T> {
  readonly [carries]?: T;
}

interface Common {
  /** Values are never logged or echoed; set by `s.secret`. */
  readonly sensitive?: true;
  /** As a member of a structure: may be absent; set by `s.optional`. */
  readonly optional?: true;
}

/** Lengths in UTF-16 code units; the pattern must match the whole value. */
export interface StringShape<T extends string = string> extends Common, Carries<T> {
  readonly type: 'string';
  readonly min?: number;
  readonly max?: number;
  /** As the API publishes it, because constraint messages quote it. */
  readonly pattern?: string;
  /** Decides in the pattern's place, where matching it as published takes too long or refuses what the service takes. */
  readonly accepts?: (value: string) => boolean;
  readonly enum?: readonly T[];
}

export interface BooleanShape extends Common, Carries<boolean> {
  readonly type: 'boolean';
}

/** `min` and `max` are inclusive. */
export interface NumberShape extends Common, Carries<number> {
  readonly type: 'integer' | 'long' | 'double';
  readonly min?: number;
  readonly max?: number;
}

/** Inside: milliseconds since the epoch. On the wire: seconds with a fraction. */
export interface TimestampShape extends Common, Carries<number> {
  readonly type: 'timestamp';
}

/** Inside: bytes, which `min` and `max` count. On the wire: standard base64. */
export interface BlobShape extends Common, Carries<Uint8Array> {
  readonly type: 'blob';
  readonly min?: number;
  readonly max?: number;
}

/** Free JSON, as the API's `document` type. */
export interface DocumentShape extends Common, Carries<Json> {
  readonly type: 'document';
}

/** `min` and `max` bound the number of elements. */
export interface ListShape<M extends Shape = Shape> extends Common {
  readonly type: 'list';
  readonly member: M;
  readonly min?: number;
  readonly max?: number;
}

/** `min` and `max` bound the number of entries. */
export interface MapShape<K extends StringShape = StringShape, V extends Shape = Shape> extends Common {
  readonly type: 'map';
  readonly key: K;
  readonly value: V;
  readonly min?: number;
  readonly max?: number;
}

export interface StructureShape<M extends Members = Members> extends Common {
  readonly type: 'structure';
  readonly members: M;
}

export type Members = Readonly<Record<string, Shape>>;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The values that a shape lets through. An absent optional member and an undefined one are the same. */
export type Value<S> = S extends { readonly type: 'structure'; readonly members: infer M }
  ? Fields<M>
  : S extends { readonly type: 'list'; readonly member: infer M }
    ? readonly Value<M>[]
    : S extends { readonly type: 'map'; readonly key: infer K; readonly value: infer V }
      ? Readonly<Partial<Record<K extends StringShape<infer T> ? T : string, Value<V>>>>
      : S extends Carries<infer T>
        ? T
        : never;

/** Of a structure about which nothing is known, the values are unknown too. */
type Fields<M> = string extends keyof M
  ? Readonly<Record<string, unknown>>
  : Simplify<
      { readonly [K in keyof M as M[K] extends Optional ? never : K]: Value<M[K]> } & {
        readonly [K in keyof M as M[K] extends Optional ? K : never]?: Value<M[K]> | undefined;
      }
    >;

interface Optional {
  readonly optional: true;
}
type Simplify<T> = { [K in keyof T]: T[K] };

interface Size {
  readonly min?: number;
  readonly max?: number;
}
interface Text extends Size {
  readonly pattern?: string;
  readonly accepts?: (value: string) => boolean;
}

/** A string that only its own shape can make: `Branded<'PoolId'>`. */
export type Branded<Name extends string> = string & { readonly brand: Name };

export const s = {
  string: (bounds: Text = {}): StringShape => ({ type: 'string', ...bounds }),
  /** A string whose values carry a brand, so that two kinds of identifier cannot be swapped. */
  identifier: <Name extends string>(_brand: Name, bounds: Text): StringShape<Branded<Name>> => ({
    type: 'string',
    ...bounds,
  }),
  oneOf: <const T extends string>(...values: T[]): StringShape<T> => ({ type: 'string', enum: values }),
  boolean: (): BooleanShape => ({ type: 'boolean' }),
  integer: (bounds: Size = {}): NumberShape => ({ type: 'integer', ...bounds }),
  long: (bounds: Size = {}): NumberShape => ({ type: 'long', ...bounds }),
  double: (bounds: Size = {}): NumberShape => ({ type: 'double', ...bounds }),
  timestamp: (): TimestampShape => ({ type: 'timestamp' }),
  blob: (bounds: Size = {}): BlobShape => ({ type: 'blob', ...bounds }),
  document: (): DocumentShape => ({ type: 'document' }),
  list: <M extends Shape>(member: M, bounds: Size = {}): ListShape<M> => ({ type: 'list', member, ...bounds }),
  map: <K extends StringShape, V extends Shape>(key: K, value: V, bounds: Size = {}): MapShape<K, V> => ({
    type: 'map',
    key,
    value,
    ...bounds,
  }),
  structure: <const M extends Members>(members: M): StructureShape<M> => ({ type: 'structure', members }),
  optional: <S extends Shape>(shape: S): S & Optional => ({ ...shape, optional: true }),
  secret: <S extends Shape>(shape: S): S & { readonly sensitive: true } => ({ ...shape, sensitive: true }),
} as const;
