/** Says at compile time whether two types are the same, and brings types of two sources into one form. */

/** True for the same type alone: `any`, optional members and unions included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `Expect<Equal<A, B>>` does not compile unless it holds. */
export type Expect<T extends true> = T;

/**
 * A type without what the two sources put differently: brands are off, dates are numbers, nothing is read-only, and an
 * optional member is merely absent. Free JSON counts as a whole; the texts in `Ignored` count as not allowed.
 */
export type Plain<T, Ignored = never> = [T] extends [Date]
  ? number
  : [T] extends [string]
    ? PlainText<T, Ignored>
    : [T] extends [Uint8Array]
      ? Uint8Array
      : [T] extends [number | boolean]
        ? T
        : IsFreeJson<T> extends true
          ? 'free JSON'
          : PlainComposite<T, Ignored>;

type PlainText<T extends string, Ignored> = T extends { readonly brand: string } ? string : Exclude<T, Ignored>;

/** No other type has both numbers and lists of texts among its values. */
type IsFreeJson<T> = 1 extends T ? (string[] extends T ? true : false) : false;

type PlainComposite<T, Ignored> = T extends readonly (infer M)[]
  ? Plain<M, Ignored>[]
  : string extends keyof T
    ? Record<string, PlainMember<T[keyof T], Ignored>>
    : Flat<
        { -readonly [K in Exclude<keyof T, OptionalKey<T>>]: PlainMember<T[K], Ignored> } & {
          -readonly [K in OptionalKey<T>]?: PlainMember<T[K], Ignored>;
        }
      >;

type PlainMember<T, Ignored> = Plain<Exclude<T, undefined>, Ignored>;
type OptionalKey<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never }[keyof T];
type Flat<T> = { [K in keyof T]: T[K] };
