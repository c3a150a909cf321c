/** A policy that principals name, and what a document in IAM's policy language allows and denies. */

export interface Policy {
  readonly name: string;
  readonly document: PolicyDocument;
  /** Of one that is disabled, what it denies still counts. */
  readonly status: 'active' | 'disabled';
  readonly createdAt: number;
}

/** The document as it was written. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** The document as it was understood. */
export interface PolicyRules {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Named<Pattern>;
  /** By segment; one alone where it is `*`. */
  readonly resources: Named<readonly Pattern[]>;
  /** All of them must hold. */
  readonly conditions: readonly Condition[];
}

/** What one of the patterns matches or, with `isExcept`, what none of them does. */
export interface Named<P> {
  readonly isExcept: boolean;
  readonly patterns: readonly P[];
}

/** Text in parts, some of which stand for other text. */
export type Pattern = readonly Part[];

export type Part =
  | { readonly kind: 'text'; readonly text: string }
  /** `*`: any number of characters. */
  | { readonly kind: 'any' }
  /** `?`: one of them. */
  | { readonly kind: 'one' }
  /** What the request says under the key, or else the fallback. */
  | { readonly kind: 'variable'; readonly key: string; readonly fallback: string | undefined };

export interface Condition {
  readonly operator: OperatorName;
  /** How several values of the request are treated. */
  readonly quantifier: 'ForAnyValue' | 'ForAllValues' | undefined;
  /** Whether a request that says nothing under the key fulfils it. */
  readonly ifExists: boolean;
  readonly key: string;
  /** One of them suffices. */
  readonly values: readonly Pattern[];
}

type Compared = 'Equals' | 'NotEquals' | 'LessThan' | 'LessThanEquals' | 'GreaterThan' | 'GreaterThanEquals';

export type OperatorName =
  | `String${'' | 'Not'}${'Equals' | 'EqualsIgnoreCase' | 'Like'}`
  | `Arn${'' | 'Not'}${'Equals' | 'Like'}`
  | `${'Numeric' | 'Date'}${Compared}`
  | `${'' | 'Not'}IpAddress`
  | 'Bool'
  | 'Null';
