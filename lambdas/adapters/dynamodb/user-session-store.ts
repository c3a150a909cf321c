/** Keeps the sessions of users beside them, in pools that track them. */
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { UserSession } from '../../core/model/user-session.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { UserSessionStore } from '../../core/ports/user-session-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import { assign, has } from './expressions.ts';
import { present } from './fields.ts';
import { sessionsOfUser, userSessionKey } from './keys.ts';
import { everyItem } from './paging.ts';
import type { Key, Table } from './table.ts';
import { decodeUserSession, encodeUserSession, seenIn } from './user-session-rows.ts';

type Owner = Pick<User, 'username' | 'sub'>;

export interface UserSessionStoreOptions {
  readonly table: Table;
  readonly clock: Clock;
}

export function userSessionStore({ table, clock }: UserSessionStoreOptions): UserSessionStore {
  return {
    async add(pool, owner, session) {
      await table.put(encodeUserSession(keyOf(pool, owner, session.id), session));
    },

    async touch(pool, owner, id, seen) {
      await table.update(keyOf(pool, owner, id), assign(present(seenIn(seen))), has('sub', owner.sub));
    },

    async list(pool, { username, sub }) {
      const now = clock.now();
      const items = await everyItem(table, {
        ...sessionsOfUser(pool.id, fold(pool, 'username', username)),
        consistent: true,
      });
      return items
        .map(decodeUserSession)
        .filter((session) => session.sub === sub && session.expiresAt > now)
        .toSorted(byUse);
    },

    async remove(pool, owner, id) {
      return (await table.remove(keyOf(pool, owner, id), has('sub', owner.sub))) === 'done';
    },
  };
}

/** Of those that were used in the same millisecond, every process finds the same one first. */
const byUse = (a: UserSession, b: UserSession): number => a.activeAt - b.activeAt || (a.id < b.id ? -1 : 1);

const keyOf = (pool: Pool, { username }: Pick<Owner, 'username'>, id: string): Key =>
  userSessionKey(pool.id, fold(pool, 'username', username), id);
