/** Keeps the versions of the wrapped data key. */
export interface RingStore {
  newest(): Promise<Ring | undefined>;
  find(version: number): Promise<Ring | undefined>;
  /** `taken` when another instance added this version first. */
  add(ring: Ring): Promise<'added' | 'taken'>;
}

export interface Ring {
  /** From 1, without holes. */
  readonly version: number;
  readonly wrapped: Uint8Array;
  readonly createdAt: number;
}
