/** Deletes the memberships of a removed group: nobody can join it any more, so whatever names it is garbage. */
import type { WorkKinds } from '../../core/model/job.ts';
import type { Leftovers } from '../../core/ports/leftovers.ts';
import { membersOfGroup } from './keys.ts';
import type { PurgeOptions } from './purge.ts';

const rowsInStep = 200;

export async function purgeGroup(
  { table, clock, indexDelay }: PurgeOptions,
  { poolId, groupId, removedAt, after }: WorkKinds['purge-group'],
): ReturnType<Leftovers['purgeGroup']> {
  const partition = membersOfGroup(poolId, groupId);
  const { items, next } = await table.query({ index: 1, partition, limit: rowsInStep, after });
  await table.removeMany(items.map(({ PK, SK }) => ({ PK, SK })));
  if (next !== undefined) return { next };
  // Who joined just before the removal may not be in the index yet: until they must be, another run looks again.
  const settledAt = removedAt + indexDelay;
  return clock.now() < settledAt ? { lookAgain: settledAt } : {};
}
