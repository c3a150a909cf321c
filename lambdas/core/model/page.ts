/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page starts; absent on the last page. Opaque: sealed before a client sees it. */
  readonly next?: Cursor | undefined;
}

/** A position in a list that survives deletion of the item it was taken at. */
export type Cursor = Readonly<Record<string, unknown>>;

export interface PageRequest {
  /** 1 to 60, or as the operation says. */
  readonly limit: number;
  readonly after?: Cursor | undefined;
}
