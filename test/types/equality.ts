/** Says at compile time whether two types are the same, and brings types of two sources into one form. */

/** True for the same type alone: `any`, optional members and unions included. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `Expect<Equal<A, B>>` does not compile unless it holds. */
export type Expect<T extends true> = T;

/**
 * What is left of a type once it is read: brands are off, dates are numbers, nothing is read-only, and an absent value is
 * not there. Free JSON is compared as a whole.
 */
export type Plain<T> = [T] extends [Date]
  ? number
  : [T] extends [string]
    ? PlainString<T>
    : [T] extends [number | boolean | Uint8Array]
      ? Widened<T>
      : IsFreeJson<T> extends true
        ? 'free JSON'
        : T extends readonly (infer M)[]
          ? Plain<M>[]
          : string extends keyof T
            ? Record<string, PlainValue<T[keyof T]>>
            : PlainMembers<T>;

type PlainValue<T> = Plain<Exclude<T, undefined>>;
type PlainString<T extends string> = T extends { readonly brand: string } ? string : T;
type Widened<T> = T extends Uint8Array ? 'bytes' : T;

/** Free JSON is the only type that both a number and a list of texts belong to. */
type IsFreeJson<T> = 1 extends T ? (string[] extends T ? true : false) : false;

type OptionalKey<T> = { [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? K : never }[keyof T];
type PlainMembers<T> = {
  -readonly [K in Exclude<keyof T, OptionalKey<T>>]: PlainValue<T[K]>;
} & { -readonly [K in OptionalKey<T>]?: PlainValue<T[K]> } extends infer Both
  ? { [K in keyof Both]: Both[K] }
  : never;
