/** The ids of jobs that are known beforehand: there is one of each. */
import type { WorkKind } from '../model/job.ts';

export const poolPurgeId = (poolId: string): string => `purge-pool-${poolId}`;

/** A group's id is random, and shown to nobody. */
export const groupPurgeId = (groupId: string): string => `purge-group-${groupId}`;

/** An upload's id is random. */
export const assetSweepId = (upload: string): string => `sweep-assets-${upload}`;

/** Of the jobs that come again and again for the whole deployment. */
export const standingJobId = (kind: Extract<WorkKind, 'recount' | 'rotate-keys'>): string => kind;
