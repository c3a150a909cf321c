/** Keeps users with their aliases: both change in one transaction or not at all. */
import type { Pool } from '../../core/model/pool.ts';
import type { UserStore } from '../../core/ports/user-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import { decodeHolder } from './alias-rows.ts';
import type { Configuration } from './configuration.ts';
import { decodeFamily } from './family-rows.ts';
import { aliasKey, familyKey, isUserKey, signInSetOf, userKey } from './keys.ts';
import { readSignIn } from './sign-in-rows.ts';
import { addUser } from './user-add.ts';
import { listUsers } from './user-list.ts';
import { removeUser } from './user-remove.ts';
import { decodeUser } from './user-rows.ts';
import { saveUser } from './user-save.ts';
import type { UserWriting } from './user-writes.ts';

export interface UserStoreOptions extends UserWriting {
  readonly configuration: Configuration;
}

export function userStore(options: UserStoreOptions): UserStore {
  const { table, configuration } = options;
  /** Writes wait for the check of the pool; mostly a read before them has made it. */
  const checked = (pool: Pool) => configuration.beside(pool, Promise.resolve());

  return {
    async find(pool, username) {
      const key = userKey(pool.id, fold(pool, 'username', username));
      const item = await configuration.beside(pool, table.get(key, { consistent: true }));
      return item && decodeUser(pool.id, item);
    },

    async signIn(pool, username) {
      const un = fold(pool, 'username', username);
      const query = { ...signInSetOf(pool.id, un), consistent: true, limit: 500 };
      const { items } = await configuration.beside(pool, table.query(query));
      return readSignIn(pool.id, un, items, options.clock.now());
    },

    async withFamily(pool, username, originJti) {
      const un = fold(pool, 'username', username);
      const family = originJti === undefined ? [] : [familyKey(pool.id, un, originJti)];
      const keys = [userKey(pool.id, un), ...family];
      const items = await configuration.beside(pool, table.getMany(keys, { consistent: true }));
      const [user, other] = [items.find(isUserKey), items.find((item) => !isUserKey(item))];
      return { user: user && decodeUser(pool.id, user), family: other && decodeFamily(other) };
    },

    async resolve(pool, alias) {
      const item = await configuration.beside(pool, table.get(aliasKey(pool.id, alias), { consistent: true }));
      return item && decodeHolder(item).username;
    },

    async add(pool, user, extra = {}) {
      await checked(pool);
      return addUser(options, pool, user, extra);
    },

    async save(pool, before, after, extra = {}) {
      await checked(pool);
      return saveUser(options, pool, { before, after, extra });
    },

    async remove(pool, user) {
      await checked(pool);
      return removeUser(options, pool, user);
    },

    list: (pool, query, page) => configuration.beside(pool, listUsers(table, pool, query, page)),
  };
}
