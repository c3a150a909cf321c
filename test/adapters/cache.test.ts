import { describe, expect, test } from 'vitest';
import { stillClock } from '../../lambdas/adapters/local/still-clock.ts';
import { cacheOf } from '../../lambdas/adapters/system/cache.ts';

const aCache = (size = 10) => {
  const clock = stillClock(0);
  const cache = cacheOf<string, number>(clock, { lifetime: 1_000, size });
  let loads = 0;
  const load = async () => ++loads;
  return { clock, cache, load, loads: () => loads };
};

describe('A cache', () => {
  test('loads once for as long as it keeps, and once more after that', async () => {
    const { clock, cache, load } = aCache();
    expect(await cache.get('a', load)).toBe(1);
    clock.advance(999);
    expect(await cache.get('a', load)).toBe(1);
    clock.advance(1);
    expect(await cache.get('a', load)).toBe(2);
  });

  test('shares a load among those who come while it runs', async () => {
    const { cache, load, loads } = aCache();
    expect(await Promise.all([cache.get('a', load), cache.get('a', load), cache.get('b', load)])).toEqual([1, 1, 2]);
    expect(loads()).toBe(2);
  });

  test('keeps no failure', async () => {
    const { cache, load } = aCache();
    await expect(cache.get('a', () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await cache.get('a', load)).toBe(1);
  });

  test('keeps what was loaded after a failure that ends later', async () => {
    const { cache, load } = aCache();
    const { promise, reject } = Promise.withResolvers<number>();
    const failing = cache.get('a', () => promise);
    cache.forget('a');
    expect(await cache.get('a', load)).toBe(1);
    reject(new Error('down'));
    await expect(failing).rejects.toThrow('down');
    expect(await cache.get('a', load)).toBe(1);
  });

  test('forgets the eldest when it is full', async () => {
    const { cache, load } = aCache(2);
    for (const key of ['a', 'b', 'c']) await cache.get(key, load);
    expect(await cache.get('b', load)).toBe(2);
    expect(await cache.get('c', load)).toBe(3);
    expect(await cache.get('a', load)).toBe(4);
  });
});
