/** The one table: typed single-item operations, queries and transactions over DynamoDB. */

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

export type Item = Key & Readonly<Record<string, unknown>>;

/** A DynamoDB expression with its names (`#n`) and values (`:v`). */
export interface Expression {
  readonly expression: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface Query {
  /** Absent: the base table. */
  readonly index?: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;
  readonly partition: string;
  /** On the sort key. `prefix` becomes BETWEEN, never `begins_with`, except inside one user's collection. */
  readonly sort?:
    | { readonly prefix: string }
    | { readonly equals: string }
    | { readonly from: string; readonly to: string };
  readonly consistent?: boolean;
  readonly backward?: boolean;
  /** 1 to 500. */
  readonly limit: number;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

/** The condition did not hold; `current` is the item as it stood. */
export interface Refused {
  readonly current: Item | undefined;
}

export type Write =
  | { readonly put: Item; readonly condition?: Expression }
  | { readonly update: Key; readonly change: Expression; readonly condition?: Expression }
  | { readonly remove: Key; readonly condition?: Expression }
  | { readonly check: Key; readonly condition: Expression };

export interface Table {
  get(key: Key, options?: { readonly consistent?: boolean }): Promise<Item | undefined>;
  /** In no particular order; missing items are left out. */
  getMany(keys: readonly Key[], options?: { readonly consistent?: boolean }): Promise<readonly Item[]>;
  query(
    query: Query,
  ): Promise<{ readonly items: readonly Item[]; readonly next?: Readonly<Record<string, unknown>> | undefined }>;
  /** How many items the query finds, and where it goes on. */
  count(
    query: Query,
  ): Promise<{ readonly count: number; readonly next?: Readonly<Record<string, unknown>> | undefined }>;
  put(item: Item, condition?: Expression): Promise<'done' | Refused>;
  /** Answers the item as it stands afterwards, or, where the condition failed, why. */
  update(key: Key, change: Expression, condition?: Expression): Promise<{ readonly item: Item } | Refused>;
  remove(key: Key, condition?: Expression): Promise<'done' | Refused>;
  /** All or nothing; `refused` holds one entry for each write: undefined where its own condition held. */
  transact(writes: readonly Write[]): Promise<'done' | { readonly refused: readonly (Refused | undefined)[] }>;
  /** Unconditional deletes in batches; used by purges, idempotent. */
  removeMany(keys: readonly Key[]): Promise<void>;
  /**
   * One step over `limit` rows of everything, for the sweep of expired ones. With `expiredBefore` (seconds), it answers
   * only those of them whose `ttl` lies before it, and of these only key and `ttl`.
   */
  scan(step: {
    readonly limit: number;
    readonly after?: Readonly<Record<string, unknown>> | undefined;
    readonly expiredBefore?: number | undefined;
  }): Promise<{
    readonly items: readonly Item[];
    readonly next?: Readonly<Record<string, unknown>> | undefined;
  }>;
}
