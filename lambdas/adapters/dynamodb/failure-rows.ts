/** Failed sign-ins as rows: how many since the last reset, and how long they lock the account for. */
import type { Failures } from '../../core/model/sign-in-set.ts';
import { layout, numberIn, requireLayout, seconds } from './fields.ts';
import { failuresKey, ttlAttribute } from './keys.ts';
import type { Item } from './table.ts';

const newest = 1;
/** Without an attempt for this long (ms), the count begins again. */
export const forgottenAfter = 15 * 60_000;
const longestLock = 900_000;
const freeFailures = 4;

/** What has been counted when one or more guesses are written down on top of `former`. */
export function withFailures(former: Failures | undefined, guesses: number, now: number): Failures {
  const count = (former?.count ?? 0) + guesses;
  return { count, lastAt: now, lockedUntil: count > freeFailures ? now + lockAfter(count) : 0 };
}

/** 1 s after the fifth failure, twice as long after each further one. */
const lockAfter = (count: number): number => Math.min(1000 * 2 ** (count - freeFailures - 1), longestLock);

/** Failures that still count. */
export const stillCounting = (failures: Failures | undefined, now: number): Failures | undefined =>
  failures && now - failures.lastAt < forgottenAfter ? failures : undefined;

export const encodeFailures = (poolId: string, un: string, { count, lastAt, lockedUntil }: Failures): Item => ({
  ...failuresKey(poolId, un),
  ...layout(newest),
  c: count,
  la: lastAt,
  lu: lockedUntil,
  [ttlAttribute]: seconds(Math.max(lastAt + forgottenAfter, lockedUntil)),
});

export function decodeFailures(item: Item): Failures {
  requireLayout(item, newest);
  return { count: numberIn(item, 'c'), lastAt: numberIn(item, 'la'), lockedUntil: numberIn(item, 'lu') };
}
