/** Groups and who is in them. */

export interface Group {
  readonly poolId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly roleArn?: string | undefined;
  /** 0 is the highest. */
  readonly precedence?: number | undefined;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** One user in one group. */
export interface Membership {
  readonly group: string;
}
