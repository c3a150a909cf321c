/** The row that tells whether what is known of a pool is outdated; it counts what the pool has, for its quotas. */
import { add, and, isPresent, lacks, or } from './expressions.ts';
import { versionKey } from './keys.ts';
import type { Expression, Write } from './table.ts';

/** Attributes of the row, by what they count. Users have counters of their own, as they come and go side by side. */
const counters = {
  clients: 'cC',
  groups: 'cG',
  identityProviders: 'cI',
  resourceServers: 'cR',
  brandingStyles: 'cB',
  terms: 'cT',
  replicas: 'cQ',
} as const;

export type Counted = keyof typeof counters;

interface Count {
  readonly kind: Counted;
  readonly by: 1 | -1;
  /** Refused when there are so many already; at least 1. */
  readonly most?: number;
}

/** Goes with every change of a pool or of what is configured in it; refused once the pool is gone, or has enough. */
export function newVersion(poolId: string, count?: Count): Write {
  const counted = count ? { [counters[count.kind]]: count.by } : {};
  return {
    update: versionKey(poolId),
    change: add({ n: 1, ...counted }),
    condition: count?.most === undefined ? isPresent : and(isPresent, hasRoom(counters[count.kind], count.most)),
  };
}

const hasRoom = (counter: string, most: number): Expression => or(lacks(counter), isBelow(counter, most));

const isBelow = (name: string, most: number): Expression => ({
  expression: `#if_${name} < :if_${name}`,
  names: { [`#if_${name}`]: name },
  values: { [`:if_${name}`]: most },
});
