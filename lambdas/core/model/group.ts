/** Groups and who is in them. */

export interface Group {
  readonly poolId: string;
  /** Of this very group: another one that takes the name after it has another id. */
  readonly id: string;
  /** As every answer and token shows it; never changes. */
  readonly name: string;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  /** 0 is the highest. */
  readonly precedence?: number | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
  /** Counts writes, kept by the store: a save succeeds only on the version it was decided on. */
  readonly version: number;
}

/** One user in one group, which may be gone by now. */
export interface Membership {
  readonly group: string;
  readonly groupId: string;
}
