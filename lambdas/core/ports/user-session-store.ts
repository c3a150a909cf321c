/** Keeps the sessions of users in pools that track them. */
import type { Pool } from '../model/pool.ts';
import type { User } from '../model/user.ts';
import type { UserSession } from '../model/user-session.ts';

type Owner = Pick<User, 'username' | 'sub'>;

export interface UserSessionStore {
  add(pool: Pool, owner: Owner, session: UserSession): Promise<void>;
  /** Notes a refresh, if the session is still there. */
  touch(
    pool: Pool,
    owner: Owner,
    id: string,
    seen: Pick<UserSession, 'activeAt' | 'expiresAt' | 'lastAddress'>,
  ): Promise<void>;
  /** All that are not over, the least recently used first; strongly consistent. */
  list(pool: Pool, owner: Owner): Promise<readonly UserSession[]>;
  /** Whether there was one. */
  remove(pool: Pool, owner: Owner, id: string): Promise<boolean>;
}
