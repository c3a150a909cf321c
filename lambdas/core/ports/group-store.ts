/** Keeps groups, and which users are in them. */
import type { Group, Membership } from '../model/group.ts';
import type { Page, PageRequest } from '../model/page.ts';
import type { Pool } from '../model/pool.ts';
import type { ListedUser, User } from '../model/user.ts';
import type { RecordStore } from './record-store.ts';

/** The id of a group, as far as the store of records asks for one, is its name in whatever case. */
export interface GroupStore extends RecordStore<Group> {
  /**
   * The groups that memberships are of, in no particular order and without those that are gone: from the instance's
   * cache, which is as old as the pool that was handed out.
   */
  behind(pool: Pool, memberships: readonly Membership[]): Promise<readonly Group[]>;
  /** The same as the table has it; strongly consistent. */
  readBehind(pool: Pool, memberships: readonly Membership[]): Promise<readonly Group[]>;
  /** `full` when the user is in `most` groups already, however many are joined side by side. */
  join(
    pool: Pool,
    group: Group,
    user: Member,
    most: number,
  ): Promise<'joined' | 'member already' | 'full' | 'group gone' | 'user gone'>;
  leave(pool: Pool, group: Group, user: Member): Promise<'left' | 'no member'>;
  /** In the order of the names that users are compared by. */
  members(group: Group, page: PageRequest): Promise<Page<ListedUser>>;
}

export type Member = Pick<User, 'username' | 'sub'>;
