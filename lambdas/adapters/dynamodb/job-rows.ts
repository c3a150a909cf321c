/** Jobs as rows: what is to be done as one document, beside it when it is due and who is at it. */
import type { Group } from '../../core/model/group.ts';
import type { Job, LeasedJob, Work, WorkKinds } from '../../core/model/job.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { Random } from '../../core/ports/random.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { assetSweepId, groupPurgeId, poolPurgeId } from '../../core/rules/job-ids.ts';
import { and, assign, isPresent, lacks } from './expressions.ts';
import { document, documentIn, findNumber, layout, numberIn, requireLayout, textIn } from './fields.ts';
import { jobKey } from './keys.ts';
import type { Expression, Item } from './table.ts';

const newest = 1;

export const encodeJob = ({ id, work, notBefore }: Job): Item => ({
  ...jobKey(id),
  ...layout(newest),
  k: work.kind,
  w: document(work),
  nb: notBefore,
  at: 0,
});

export function decodeLeased(item: Item): LeasedJob {
  requireLayout(item, newest);
  return {
    id: item.SK,
    // Only this file writes this document.
    work: documentIn(item, 'w') as Work,
    token: textIn(item, 'lt'),
    attempts: numberIn(item, 'at'),
  };
}

/** When somebody may take it up: at its time, or when the lease of whoever is at it has run out. */
export const dueAtIn = (item: Item): number => Math.max(numberIn(item, 'nb'), findNumber(item, 'lx') ?? 0);

export const isDueAt = (now: number): Expression => ({
  expression: '#if_nb <= :if_now AND (attribute_not_exists(#if_lx) OR #if_lx <= :if_now)',
  names: { '#if_nb': 'nb', '#if_lx': 'lx' },
  values: { ':if_now': now },
});

/** Waits for its time still: nobody has ever taken it up. */
export const isUntouched: Expression = and(isPresent, lacks('lt'));

/** How far the work is. Whoever got here has not failed. */
export const workedOn = (work: Work, until: number): Expression =>
  assign({ w: document(work), lx: until, at: 1, er: undefined });

export const purgeOfPool = (pool: Pool, removedAt: number): Job => ({
  id: poolPurgeId(pool.id),
  work: { kind: 'purge-pool', pool, removedAt },
  notBefore: removedAt,
});

export const purgeOfGroup = ({ poolId, id: groupId }: Pick<Group, 'poolId' | 'id'>, removedAt: number): Job => ({
  id: groupPurgeId(groupId),
  work: { kind: 'purge-group', poolId, groupId, removedAt },
  notBefore: removedAt,
});

/** One for each upload, called by its id: at first it stands for what came with that upload. */
export const sweepOfAssets = (
  upload: string,
  work: Omit<WorkKinds['sweep-assets'], 'kind'>,
  notBefore: number,
): Job => ({ id: assetSweepId(upload), work: { kind: 'sweep-assets', ...work }, notBefore });

/** Nothing of the user is in the id, which others read. */
export const purgeOfUser = (
  random: Random,
  { poolId, sub }: Pick<User, 'poolId' | 'sub'>,
  { un, removedAt }: { readonly un: string; readonly removedAt: number },
): Job => ({
  id: `purge-user-${uuid(random)}`,
  work: { kind: 'purge-user', poolId, un, sub, removedAt },
  notBefore: removedAt,
});
