/** Keeps the secrets of authenticator apps, and which of their codes were taken. Reading them goes with the sign-in set. */
import type { Pool } from '../model/pool.ts';
import type { SoftwareToken } from '../model/software-token.ts';
import type { User } from '../model/user.ts';

type Owner = Pick<User, 'username' | 'sub'>;

export interface SoftwareTokenStore {
  /** Strongly consistent; only of this very user. */
  find(pool: Pool, owner: Owner): Promise<SoftwareToken | undefined>;
  /** Keeps a secret that waits for its first code, in place of the former one that does; a proven one stays as it is. */
  propose(pool: Pool, owner: Owner, pending: Uint8Array): Promise<void>;
  /** Makes this very pending secret the one that signs in, its code of `step` taken; `changed` when another is pending. */
  prove(
    pool: Pool,
    owner: Owner,
    proof: { readonly pending: Uint8Array; readonly step: number; readonly name?: string | undefined },
  ): Promise<'proven' | 'changed'>;
  /** Notes that the code of a step was taken; `used` when it, or one of a later step, was taken before. */
  take(pool: Pool, owner: Owner, step: number): Promise<'taken' | 'used'>;
  remove(pool: Pool, owner: Owner): Promise<void>;
}
