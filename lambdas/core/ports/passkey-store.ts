/** Keeps the passkeys of users, and how many each has. */
import type { Page, PageRequest } from '../model/page.ts';
import type { Passkey, PendingPasskey } from '../model/passkey.ts';
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';

type Owner = Pick<User, 'username' | 'sub'>;

export interface PasskeyStore {
  /** Replaces the one that has begun before. */
  begin(pool: Pool, owner: Owner, pending: PendingPasskey): Promise<void>;
  /** Strongly consistent; undefined when none has begun or its time is over. */
  pending(pool: Pool, owner: Owner): Promise<PendingPasskey | undefined>;
  /**
   * Adds the passkey, ends the registration with this challenge and counts on the row of the user. `taken` when anybody in
   * the pool has a passkey of this id; `over` when that registration has been ended or replaced; `full` above `most`.
   */
  add(
    pool: Pool,
    owner: Owner,
    passkey: Passkey,
    by: { readonly challenge: string; readonly most: number },
  ): Promise<'added' | 'taken' | 'over' | 'full'>;
  /** Strongly consistent; only a passkey of this very user. */
  find(pool: Pool, owner: Owner, id: string): Promise<Passkey | undefined>;
  /** Notes that it has signed in with this counter; `stale` when a counter as high was noted already, unless both are 0. */
  used(pool: Pool, owner: Owner, id: string, counter: number): Promise<'noted' | 'stale'>;
  /** Whether there was one. */
  remove(pool: Pool, owner: Owner, id: string): Promise<boolean>;
  list(pool: Pool, owner: Owner, page: PageRequest): Promise<Page<Passkey>>;
}
