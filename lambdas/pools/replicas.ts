/** Copies of a pool in other regions: what they need, the states they go through, and how answers show them. */
import { featureNotInTier, keyNotMultiRegion, regionNameInvalid, replicaInOwnRegion } from '../core/contract/errors.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Replica } from '../core/model/replica.ts';
import { poolArn } from '../core/rules/pool-arns.ts';
import { isTierAtLeast, tierOf } from '../core/rules/tiers.ts';

/** Refuses a pool that cannot be copied, and a place where it cannot be copied to. */
export function requireReplicable({ region, settings }: Pool, regionName: string): void {
  if (!isTierAtLeast(settings, 'ESSENTIALS')) throw featureNotInTier('Multi-Region replication', tierOf(settings));
  if (!/^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/.test(regionName)) throw regionNameInvalid();
  if (regionName === region) throw replicaInOwnRegion();
  // No other key is known in two regions.
  const { KeyType, KmsKeyArn = '' } = settings.KeyConfiguration ?? {};
  if (KeyType !== 'CUSTOMER_MANAGED_KEY' || !/:key\/mrk-[\w-]+$/.test(KmsKeyArn)) throw keyNotMultiRegion();
}

/** How long (ms) a copy takes to come and to go. There is nothing to be copied, so nobody is kept waiting. */
const settling = 2_000;

export type ReplicaState = 'CREATING' | Replica['status'] | 'DELETING';

/** By the clock alone; `undefined` once it is gone, even if its record is still there. */
export function findState({ status, createdAt, endedAt }: Replica, now: number): ReplicaState | undefined {
  if (endedAt !== undefined) return now < endedAt + settling ? 'DELETING' : undefined;
  return now < createdAt + settling ? 'CREATING' : status;
}

export const describePrimary = (pool: Pool) => ({
  RegionName: pool.region,
  Status: 'ACTIVE' as const,
  Role: 'PRIMARY' as const,
  UserPoolArn: poolArn(pool),
});

/** The pool has the same id in every region. */
export const describeSecondary = (pool: Pool, region: string, state: ReplicaState) => ({
  RegionName: region,
  Status: state,
  Role: 'SECONDARY' as const,
  UserPoolArn: poolArn({ ...pool, region }),
});
