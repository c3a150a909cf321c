/** What every code store promises. */
import { describe, expect, test } from 'vitest';
import { aCode, inParallel, newPool, newUser, type OpenAll, tally } from './open-stores.ts';

const hour = 3_600_000;

function anOwner(open: OpenAll) {
  const stores = open();
  const pool = newPool();
  return { ...stores, pool, user: newUser(pool, 'ada') };
}

const withinReach = (outcome: unknown): string => (typeof outcome === 'string' ? outcome : 'handed out');

export function codeStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a code store`, () => {
    test('hands out the code of the purpose, and of no other', async () => {
      const { codes, pool, user } = anOwner(open);
      const { purpose, ...stored } = aCode();
      await codes.put(pool, user, { purpose, ...stored });
      expect(await codes.guess(pool, user, 'sign-up', 15)).toEqual(stored);
      expect(await codes.guess(pool, user, 'reset-password', 15)).toBe('none');
    });

    test('replaces the former code of the purpose', async () => {
      const { codes, pool, user } = anOwner(open);
      await codes.put(pool, user, aCode());
      await codes.put(
        pool,
        user,
        aCode({ digest: new Uint8Array(32).fill(2), target: '+15550100', attribute: 'phone_number' }),
      );
      expect(await codes.guess(pool, user, 'sign-up', 15)).toMatchObject({
        digest: new Uint8Array(32).fill(2),
        target: '+15550100',
        attribute: 'phone_number',
      });
    });

    test('hands out a code up to the end of its life, and not after it', async () => {
      const { codes, clock, pool, user } = anOwner(open);
      await codes.put(pool, user, aCode({ expiresAt: clock.now() + 1000 }));
      clock.advance(1000);
      expect(withinReach(await codes.guess(pool, user, 'sign-up', 15))).toBe('handed out');
      clock.advance(1);
      expect(await codes.guess(pool, user, 'sign-up', 15)).toBe('none');
    });

    test('keeps a code for a name that nobody has, under the same counting', async () => {
      const { codes, pool } = anOwner(open);
      const nobody = { username: 'nobody' };
      await codes.put(pool, nobody, aCode());
      expect(withinReach(await codes.guess(pool, nobody, 'sign-up', 1))).toBe('handed out');
      expect(await codes.guess(pool, nobody, 'sign-up', 1)).toBe('spent');
    });

    test('hands out no code of an earlier user of the name', async () => {
      const { codes, pool, user } = anOwner(open);
      await codes.put(pool, user, aCode());
      expect(await codes.guess(pool, newUser(pool, 'ada'), 'sign-up', 15)).toBe('none');
      expect(await codes.guess(pool, { username: 'ada' }, 'sign-up', 15)).toBe('none');
    });

    test.each([5, 15, 20])('hands out exactly %i codes to 50 guesses at once', async (limit) => {
      const { codes, pool, user } = anOwner(open);
      await codes.put(pool, user, aCode());
      const outcomes = await inParallel(50, () => codes.guess(pool, user, 'sign-up', limit));
      expect(tally(outcomes.map(withinReach))).toEqual({ 'handed out': limit, spent: 50 - limit });
    });

    test('counts guesses within a sliding hour, whatever was spent in between', async () => {
      const { codes, clock, pool, user } = anOwner(open);
      await codes.put(pool, user, aCode());
      for (const minutes of [10, 10, 10]) {
        expect(withinReach(await codes.guess(pool, user, 'sign-up', 3))).toBe('handed out');
        clock.advance(minutes * 60_000);
      }
      expect(await codes.guess(pool, user, 'sign-up', 3)).toBe('spent');
      clock.advance(29 * 60_000);
      expect(await codes.guess(pool, user, 'sign-up', 3)).toBe('spent');
      clock.advance(60_000);
      expect(withinReach(await codes.guess(pool, user, 'sign-up', 3))).toBe('handed out');
      expect(await codes.guess(pool, user, 'sign-up', 3)).toBe('spent');
      clock.advance(10 * 60_000);
      expect(withinReach(await codes.guess(pool, user, 'sign-up', 3))).toBe('handed out');
    });

    test('lets exactly the limit through again when the hour is over, however many come at once', async () => {
      const { codes, clock, pool, user } = anOwner(open);
      await codes.put(pool, user, aCode());
      for (const round of [1, 2, 3]) {
        const outcomes = await inParallel(25, () => codes.guess(pool, user, 'sign-up', 5));
        expect({ round, ...tally(outcomes.map(withinReach)) }).toEqual({ round, 'handed out': 5, spent: 20 });
        clock.advance(hour);
      }
    });

    test('gives no new guesses with a new code, nor with a spent one', async () => {
      const { codes, pool, user } = anOwner(open);
      await codes.put(pool, user, aCode());
      await inParallel(3, () => codes.guess(pool, user, 'sign-up', 3));
      await codes.put(pool, user, aCode({ digest: new Uint8Array(32).fill(2) }));
      expect(await codes.guess(pool, user, 'sign-up', 3)).toBe('spent');
      expect(await codes.spend(pool, user, 'sign-up', new Uint8Array(32).fill(2))).toBe(true);
      expect(await codes.guess(pool, user, 'sign-up', 3)).toBe('spent');
    });

    test('counts guesses where there is no code', async () => {
      const { codes, pool, user } = anOwner(open);
      expect(await codes.guess(pool, user, 'sign-up', 1)).toBe('none');
      await codes.put(pool, user, aCode());
      expect(await codes.guess(pool, user, 'sign-up', 1)).toBe('spent');
    });

    test('lets one of many spend a code, and only this very code', async () => {
      const { codes, pool, user } = anOwner(open);
      const { digest } = aCode();
      await codes.put(pool, user, aCode());
      expect(await codes.spend(pool, user, 'sign-up', new Uint8Array(32).fill(9))).toBe(false);
      const outcomes = await inParallel(20, () => codes.spend(pool, user, 'sign-up', digest));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await codes.guess(pool, user, 'sign-up', 15)).toBe('none');
    });

    test('still finds the code that confirmed a registration, for as long as it would have been good', async () => {
      const { codes, clock, pool, user } = anOwner(open);
      const { purpose, ...stored } = aCode({ expiresAt: clock.now() + 1000 });
      await codes.put(pool, user, { purpose, ...stored });
      expect(await codes.findUsed(pool, user)).toBeUndefined();
      await codes.spend(pool, user, 'sign-up', stored.digest);
      expect(await codes.findUsed(pool, user)).toEqual(stored);
      expect(await codes.findUsed(pool, newUser(pool, 'ada'))).toBeUndefined();
      expect(await codes.findUsed(pool, { username: 'ada' })).toBeUndefined();
      expect(await codes.spend(pool, user, 'sign-up', stored.digest)).toBe(false);
      clock.advance(1001);
      expect(await codes.findUsed(pool, user)).toBeUndefined();
      await codes.put(pool, user, aCode());
      expect(await codes.findUsed(pool, user)).toBeUndefined();
      await codes.put(pool, user, aCode({ purpose: 'reset-password' }));
      await codes.spend(pool, user, 'reset-password', aCode().digest);
      expect(await codes.findUsed(pool, user)).toBeUndefined();
    });

    test('limits calls within a sliding hour, each kind and each name by itself', async () => {
      const { codes, clock, pool } = anOwner(open);
      const take = (username = 'ada') => codes.take(pool, username, 'resend-sign-up', 5);
      expect(tally(await inParallel(50, () => take()))).toEqual({ taken: 5, spent: 45 });
      expect(await codes.take(pool, 'ada', 'change-password', 5)).toBe('taken');
      expect(await take('ben')).toBe('taken');
      clock.advance(hour - 1);
      expect(await take()).toBe('spent');
      clock.advance(1);
      expect(await take()).toBe('taken');
    });

    test('counts names as the pool compares them', async () => {
      const { codes } = open();
      const pool = newPool({ UsernameConfiguration: { CaseSensitive: false } });
      expect(await codes.take(pool, 'Ada', 'forgot-password', 1)).toBe('taken');
      expect(await codes.take(pool, 'ADA', 'forgot-password', 1)).toBe('spent');
    });
  });
}
