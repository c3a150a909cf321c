/** Removes a user: name and aliases are free at once, the rest of the collection follows. */
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import { StaleConfiguration } from '../../core/ports/stale-configuration.ts';
import type { UserStore } from '../../core/ports/user-store.ts';
import { aliasesOf, fold } from '../../core/rules/aliases.ts';
import { giveUpAlias } from './alias-rows.ts';
import { countUsers } from './counters.ts';
import { has } from './expressions.ts';
import { everythingOfUser, isUserKey, userKey } from './keys.ts';
import { everyItem } from './paging.ts';
import type { Item, Key, Table } from './table.ts';
import { isVersion } from './user-save.ts';
import type { UserWriting } from './user-writes.ts';

type Outcome = Awaited<ReturnType<UserStore['remove']>>;

export async function removeUser(
  { table, random }: Pick<UserWriting, 'table' | 'random'>,
  pool: Pool,
  user: User,
): Promise<Outcome> {
  const un = fold(pool, 'username', user.username);
  // Read beforehand: what a next user of this name may have written afterwards is not to be deleted with it.
  const collection = await everyItem(table, { ...everythingOfUser(pool.id, un), consistent: true });
  const outcome = await table.transact([
    { remove: userKey(pool.id, un), condition: isVersion(user) },
    countUsers(random, pool.id, -1),
    ...aliasesOf(pool, user).map((alias) => giveUpAlias(pool.id, alias, user)),
  ]);
  if (outcome !== 'done') {
    // Without its counters the pool is gone, and its purge takes the user along.
    if (outcome.refused[1]) throw new StaleConfiguration(pool.id);
    return 'changed';
  }
  await removeRest(table, user, collection.filter(isNoUser));
  return 'removed';
}

const isNoUser = (key: Key): boolean => !isUserKey(key);

/** Rows that name their user might be the next one's by now; the others have keys or contents of no consequence. */
async function removeRest(table: Table, { sub }: User, rows: readonly Item[]): Promise<void> {
  const [named, unnamed] = [
    rows.filter((row) => row['sub'] !== undefined),
    rows.filter((row) => row['sub'] === undefined),
  ];
  await Promise.all([
    table.removeMany(unnamed.map(({ PK, SK }) => ({ PK, SK }))),
    ...named.map(({ PK, SK }) => table.remove({ PK, SK }, has('sub', sub))),
  ]);
}
