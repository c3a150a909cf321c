/** A key that programs sign requests with. What it is good for is said of its principal. */

export interface AccessKey {
  /** `AKIA` and 16 characters of base 32. */
  readonly id: string;
  /** 40 characters. */
  readonly secret: string;
  /** Name of the principal, who has two keys at most. */
  readonly principal: string;
  readonly status: 'active' | 'disabled';
  readonly createdAt: number;
  /** A day in UTC, `2026-09-01`; absent before the first use. */
  readonly lastUsedOn?: string | undefined;
}
