/** Removes a user: name and aliases are free at once; the rest of the collection follows, by a job if it is large. */
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import { StaleConfiguration } from '../../core/ports/stale-configuration.ts';
import type { UserStore } from '../../core/ports/user-store.ts';
import { aliasesOf, fold } from '../../core/rules/aliases.ts';
import { giveUpAlias } from './alias-rows.ts';
import { countOneLess } from './counters.ts';
import { encodeJob, purgeOfUser } from './job-rows.ts';
import { everythingOfUser, isUserKey, userKey } from './keys.ts';
import { removeBelongings } from './purge-user.ts';
import type { Table } from './table.ts';
import { isVersion } from './user-save.ts';
import type { UserWriting } from './user-writes.ts';

type Outcome = Awaited<ReturnType<UserStore['remove']>>;

/** So many rows beside the user's own are removed while the caller waits. */
const mostAtOnce = 100;

export async function removeUser(options: UserWriting, pool: Pool, user: User): Promise<Outcome> {
  const { table, random } = options;
  const un = fold(pool, 'username', user.username);
  // Read beforehand: what a next user of this name may have written afterwards is not to be deleted with it.
  const belongings = await findBelongings(table, pool.id, un);
  const job = belongings === 'many' ? laterJob(options, user, un) : undefined;
  const outcome = await table.transact([
    { remove: userKey(pool.id, un), condition: isVersion(user) },
    countOneLess(random, pool.id),
    ...aliasesOf(pool, user).map((alias) => giveUpAlias(pool.id, alias, user)),
    ...(job ? [{ put: encodeJob(job) }] : []),
  ]);
  if (outcome !== 'done') {
    // Without its counters the pool is gone, and its purge takes the user along.
    if (outcome.refused[1]) throw new StaleConfiguration(pool.id);
    return 'changed';
  }
  if (job) return { rest: job.id };
  if (belongings !== 'many') await removeBelongings(table, belongings, user.sub);
  return 'removed';
}

const laterJob = ({ random, clock }: UserWriting, user: User, un: string) =>
  purgeOfUser(random, user, { un, removedAt: clock.now() });

async function findBelongings(table: Table, poolId: string, un: string) {
  // One more than are removed at once, and the user's own row.
  const query = { ...everythingOfUser(poolId, un), consistent: true, limit: mostAtOnce + 2 };
  const { items, next } = await table.query(query);
  const belongings = items.filter((row) => !isUserKey(row));
  return next !== undefined || belongings.length > mostAtOnce ? 'many' : belongings;
}
