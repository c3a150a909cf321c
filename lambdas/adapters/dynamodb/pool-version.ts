/** The row that tells whether what is known of a pool is outdated; it counts what the pool has, for its quotas. */
import { add, and, has, hasRoom, isPresent, lacks, or } from './expressions.ts';
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

export interface Count {
  readonly kind: Counted;
  /** Each kind once in a transaction. */
  readonly by: number;
  /** Refused when there are so many already; at least 1. */
  readonly most?: number;
}

/** Goes with every change of a pool or of what is configured in it; refused once the pool is gone, or has enough. */
export const newVersion = (poolId: string, ...counts: readonly Count[]): Write => ({
  update: versionKey(poolId),
  change: add({ n: 1, ...Object.fromEntries(counts.map(({ kind, by }) => [counters[kind], by])) }),
  condition: and(isPresent, ...counts.flatMap(roomFor)),
});

const roomFor = ({ kind, most }: Count): readonly Expression[] =>
  most === undefined ? [] : [hasRoom(counters[kind], most)];

/** Holds where there are no such records. */
export const countsNone = (kind: Counted): Expression => or(lacks(counters[kind]), has(counters[kind], 0));
