/** The contract of limits of rates, kept in memory and by rows of the table; and what only one of them promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { rateKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { rateCounters } from '../../lambdas/adapters/dynamodb/rate-counters.ts';
import { tallying } from '../../lambdas/adapters/dynamodb/usage.ts';
import { systemRandom as random } from '../../lambdas/adapters/system/system-random.ts';
import { type Bucket, tokenBuckets } from '../../lambdas/adapters/system/token-buckets.ts';
import { testTable } from '../support/table.ts';
import { aClock, inParallel, tally } from './open-stores.ts';
import { place, rateLimitsContract } from './rate-limits.contract.ts';

rateLimitsContract('tokenBuckets', (clock) => tokenBuckets({ clock }));
rateLimitsContract('rateCounters', (clock) => rateCounters({ table: testTable(), clock, random }));

describe('A token bucket', () => {
  test('is refilled little by little', async () => {
    const clock = aClock();
    const { take } = tokenBuckets({ clock });
    const one = () => take({ place, of: 'lists', rate: 4 });
    expect(tally(await inParallel(5, one))).toEqual({ taken: 4, spent: 1 });
    clock.advance(249);
    expect(await one()).toBe('spent');
    clock.advance(1);
    expect([await one(), await one()]).toEqual(['taken', 'spent']);
  });

  test('takes nothing from a clock that was set back', async () => {
    let now = 10_000;
    const { take } = tokenBuckets({ clock: { now: () => now } });
    const one = () => take({ place, of: 'lists', rate: 2 });
    expect(await one()).toBe('taken');
    now = 1_000;
    expect([await one(), await one()]).toEqual(['taken', 'spent']);
  });

  test('is the only one kept when many others have been full for long', async () => {
    const clock = aClock();
    const seen = new Map<string, Bucket>();
    const { take } = tokenBuckets({ clock, kept: seen });
    await inParallel(5_000, (index) => take({ place, of: `user-${index}`, rate: 10 }));
    expect(seen.size).toBe(5_000);
    clock.advance(1_000);
    await take({ place, of: 'lists', rate: 30 });
    expect(seen.size).toBe(1);
  });

  test('stays among as many as are kept at most, for as long as it is used', async () => {
    const kept = new Map<string, Bucket>();
    const { take } = tokenBuckets({ clock: aClock(), most: 100, kept });
    const lists = () => take({ place, of: 'lists', rate: 60 });
    for (let index = 0; index < 2_000; index++) {
      await take({ place, of: `name-${index}`, rate: 10 });
      if (index % 50 === 0) await lists();
    }
    expect(kept.size).toBe(100);
    expect(tally(await inParallel(30, lists))).toEqual({ taken: 20, spent: 10 });
  });
});

describe('A counter of rates', () => {
  const open = (clock = aClock()) => {
    const requests = tallying();
    const table = testTable({ observe: requests.observe });
    return { clock, requests, of: randomUUID(), ...rateCounters({ table, clock, random }) };
  };

  test('is one for all processes', async () => {
    const one = open();
    const other = open(one.clock);
    const { of } = one;
    const outcomes = await inParallel(12, (index) => (index % 2 ? one : other).take({ place, of, rate: 5 }));
    expect(tally(outcomes)).toEqual({ taken: 5, spent: 7 });
  });

  test('is one write for each request, and none for those that come after it was spent', async () => {
    const { take, of, requests } = open();
    requests.start();
    expect(await take({ place, of, rate: 1 })).toBe('taken');
    expect(requests.total()).toMatchObject({ roundTrips: 1, writeUnits: 1, readUnits: 0 });
    expect(await take({ place, of, rate: 1 })).toBe('spent');
    requests.start();
    expect(await take({ place, of, rate: 1 })).toBe('spent');
    expect(requests.total()).toMatchObject({ roundTrips: 0 });
  });

  test('is spread over rows where one row could not be written so often, and exact all the same', async () => {
    const { take, of, clock } = open();
    const outcomes = await inParallel(1_210, () => take({ place, of, rate: 1_201 }));
    expect(tally(outcomes)).toEqual({ taken: 1_201, spent: 9 });
    const second = Math.floor(clock.now() / 1000);
    const rows = await testTable().getMany([0, 1, 2, 3].map((share) => rateKey(place, of, second, share)));
    expect(rows.map((row) => row['n']).toSorted()).toEqual([400, 400, 401]);
  });

  test('is garbage a minute later', async () => {
    const { take, of, clock } = open();
    await take({ place, of, rate: 1 });
    const second = Math.floor(clock.now() / 1000);
    const row = await testTable().get(rateKey(place, of, second, 0));
    expect(row).toMatchObject({ n: 1, ttl: Math.ceil(clock.now() / 1000) + 60 });
  });
});
