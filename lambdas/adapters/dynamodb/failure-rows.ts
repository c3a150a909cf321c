/** Failed sign-ins as rows: how many since the last reset, and how long they lock the account for. */
import type { Failures } from '../../core/model/sign-in-set.ts';
import { layout, numberIn, requireLayout, seconds } from './fields.ts';
import { failuresKey, ttlAttribute } from './keys.ts';
import type { Item } from './table.ts';

const newest = 1;
/** Without a failure for this long (ms), the count begins again. */
const forgottenAfter = 15 * 60_000;
/** For this long after a failure (ms), no guess at the account is free: much longer than any lock. */
const troubledFor = 24 * 60 * 60_000;
const failuresWithoutLock = 4;
const longestLock = 900_000;

/** What is on record once one more guess has been written down. */
export function withGuess(former: Failures | undefined, now: number): Failures {
  const count = (former?.count ?? 0) + 1;
  return { count, lastAt: now, lockedUntil: count > failuresWithoutLock ? now + lockAfter(count) : 0 };
}

/** 1 s after the fifth failure, twice as long after each further one. */
const lockAfter = (count: number): number => Math.min(1000 * 2 ** (count - failuresWithoutLock - 1), longestLock);

/** One guess of several turned out to be none. A lock that the others caused stays. */
export function withoutGuess({ count, lastAt, lockedUntil }: Failures): Failures {
  const left = Math.max(count - 1, 0);
  return { count: left, lastAt, lockedUntil: left > failuresWithoutLock ? lockedUntil : 0 };
}

/** The count begins again, but the account has been troubled. */
export const forgiven = ({ lastAt }: Failures): Failures => ({ count: 0, lastAt, lockedUntil: 0 });

/** Failures that still count. */
export function stillCounting(failures: Failures | undefined, now: number): Failures | undefined {
  return failures && failures.count > 0 && now - failures.lastAt < forgottenAfter ? failures : undefined;
}

export const isTroubled = (failures: Failures | undefined, now: number): boolean =>
  failures !== undefined && now - failures.lastAt < troubledFor;

export const encodeFailures = (poolId: string, un: string, { count, lastAt, lockedUntil }: Failures): Item => ({
  ...failuresKey(poolId, un),
  ...layout(newest),
  c: count,
  la: lastAt,
  lu: lockedUntil,
  [ttlAttribute]: seconds(lastAt + troubledFor),
});

export function decodeFailures(item: Item): Failures {
  requireLayout(item, newest);
  return { count: numberIn(item, 'c'), lastAt: numberIn(item, 'la'), lockedUntil: numberIn(item, 'lu') };
}
