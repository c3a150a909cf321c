/** Keeps what was revoked and how far refresh tokens were rotated. */
import type { Family } from '../model/family.ts';
import type { Pool } from '../model/pool.ts';

export interface FamilyStore {
  find(pool: Pool, username: string, originJti: string): Promise<Family | undefined>;
  /** Idempotent. `expiresAt` (ms) is when the last token of the family dies. */
  revoke(pool: Pool, username: string, originJti: string, expiresAt: number): Promise<void>;
  /**
   * Moves the family from `generation` to the next one. `rotated` for the one caller who did it; `repeated` when
   * somebody did within the grace period (ms); `reused` when later; `revoked`.
   */
  rotate(
    pool: Pool,
    username: string,
    originJti: string,
    rotation: Rotation,
  ): Promise<'rotated' | 'repeated' | 'reused' | 'revoked'>;
}

export interface Rotation {
  readonly generation: number;
  readonly grace: number;
  readonly expiresAt: number;
}
