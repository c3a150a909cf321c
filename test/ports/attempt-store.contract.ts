/** What every attempt store promises. */
import { describe, expect, test } from 'vitest';
import type { Attempt, Guessed } from '../../lambdas/core/ports/attempt-store.ts';
import { inParallel, newPool, type OpenAll, type OpenStores } from './open-stores.ts';

const minute = 60_000;

function anAccount(open: OpenAll, username = 'ada') {
  const stores = open();
  const pool = newPool();
  const failures = async (from: OpenStores = stores) => (await from.users.signIn(pool, username)).failures;
  const begin = async (from: OpenStores = stores, secret: Guessed = 'password') =>
    from.attempts.begin(pool, username, secret, await failures(from));
  return {
    ...stores,
    pool,
    failures,
    begin,
    /** One guess from its beginning to its end. */
    async guess(isRight: boolean, from: OpenStores = stores, secret: Guessed = 'password') {
      const attempt = await begin(from, secret);
      if (attempt === 'locked') return attempt;
      await (isRight ? attempt.succeeded() : attempt.failed());
      return isRight ? 'right' : 'wrong';
    },
  };
}

const isAttempt = (begun: Attempt | 'locked'): begun is Attempt => begun !== 'locked';

export function attemptStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as an attempt store (auth-flows 19)`, () => {
    test('leaves no trace of right guesses at an untroubled account', async () => {
      const { guess, failures } = anAccount(open);
      expect([await guess(true), await guess(true)]).toEqual(['right', 'right']);
      expect(await failures()).toBeUndefined();
    });

    test('counts wrong guesses, also at a name that nobody has, and tells when the last one was', async () => {
      const { guess, failures, clock } = anAccount(open);
      await guess(false);
      clock.advance(10);
      await guess(false);
      expect(await failures()).toEqual({ count: 2, lastAt: clock.now(), lockedUntil: 0 });
    });

    test('locks for a second after the fifth failure, then for twice as long after each further one', async () => {
      const { guess, clock } = anAccount(open);
      for (let failure = 1; failure <= 4; failure++) expect(await guess(false)).toBe('wrong');
      for (const seconds of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512]) {
        expect(await guess(false)).toBe('wrong');
        expect(await guess(true)).toBe('locked');
        clock.advance(seconds * 1000 - 1);
        expect(await guess(true)).toBe('locked');
        clock.advance(1);
      }
    });

    test('locks for no longer than fifteen minutes', async () => {
      const { guess, failures, clock } = anAccount(open);
      for (let failure = 1; failure <= 15; failure++) {
        clock.advance(Math.max(0, ((await failures())?.lockedUntil ?? 0) - clock.now()));
        await guess(false);
      }
      expect(await failures()).toMatchObject({ count: 15, lockedUntil: clock.now() + 900_000 });
    });

    test('does not lengthen a lock by guesses inside it', async () => {
      const { guess, failures, clock } = anAccount(open);
      for (let failure = 1; failure <= 5; failure++) await guess(false);
      const before = await failures();
      clock.advance(500);
      for (let more = 1; more <= 3; more++) expect(await guess(false)).toBe('locked');
      expect(await failures()).toEqual(before);
    });

    test('begins anew after a right guess once the lock has ended', async () => {
      const { guess, failures, clock } = anAccount(open);
      for (let failure = 1; failure <= 5; failure++) await guess(false);
      clock.advance(1000);
      expect(await guess(true)).toBe('right');
      expect(await failures()).toMatchObject({ count: 0, lockedUntil: 0 });
      for (let failure = 1; failure <= 5; failure++) expect(await guess(false)).toBe('wrong');
      expect(await guess(true)).toBe('locked');
    });

    test('begins anew after fifteen minutes without a failure', async () => {
      const { guess, failures, clock } = anAccount(open);
      for (let failure = 1; failure <= 4; failure++) await guess(false);
      clock.advance(15 * minute);
      expect(await guess(false)).toBe('wrong');
      expect(await failures()).toMatchObject({ count: 1 });
    });

    test('still counts the failures one moment before', async () => {
      const { guess, failures, clock } = anAccount(open);
      for (let failure = 1; failure <= 4; failure++) await guess(false);
      clock.advance(15 * minute - 1);
      await guess(false);
      expect(await failures()).toMatchObject({ count: 5 });
    });

    test('lets a guess begin when the one before it at the same account has ended', async () => {
      const { begin, attempts, pool } = anAccount(open);
      const first = await begin();
      const order: string[] = [];
      const second = begin().then((begun) => {
        order.push('second began');
        return begun;
      });
      const elsewhere = await attempts.begin(pool, 'ben', 'password', undefined);
      if (isAttempt(elsewhere)) await elsewhere.failed();
      order.push('first ended');
      if (isAttempt(first)) await first.succeeded();
      expect(isAttempt(await second)).toBe(true);
      expect(order).toEqual(['first ended', 'second began']);
    });

    test('lets a hundred right guesses through that are made side by side', async () => {
      const { guess, failures } = anAccount(open);
      const outcomes = await inParallel(100, () => guess(true));
      expect(new Set(outcomes)).toEqual(new Set(['right']));
      expect(await failures()).toBeUndefined();
    });

    test('lets exactly five through when each guess ends while others begin', async () => {
      const { guess } = anAccount(open);
      const outcomes = await inParallel(50, () => guess(false));
      expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5);
    });

    test('lets exactly five through although all of them read the account before the first one failed', async () => {
      const { attempts, pool } = anAccount(open);
      let compared = 0;
      for (let late = 1; late <= 12; late++) {
        const attempt = await attempts.begin(pool, 'ada', 'password', undefined);
        if (attempt === 'locked') continue;
        compared += 1;
        await attempt.failed();
      }
      expect(compared).toBe(5);
    });

    test('leaves no trace of right guesses at codes', async () => {
      const { guess, failures, begin } = anAccount(open);
      expect(await guess(true, undefined, 'code')).toBe('right');
      expect(await failures()).toBeUndefined();
      const written = await begin(undefined, 'code');
      expect(await failures()).toMatchObject({ count: 1 });
      if (isAttempt(written)) await written.abandoned();
      expect(await failures()).toBeUndefined();
    });

    test('lets exactly five guesses at a code through, whatever process they come to', async () => {
      const account = anAccount(open);
      const others = Array.from({ length: 30 }, () => open(account.clock));
      const outcomes = await Promise.all(others.map((each) => account.guess(false, each, 'code')));
      expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5);
    });

    test.each([
      ['are forgotten', 15 * minute],
      ['have been forgotten for long', 24 * 60 * minute - 1],
    ])(
      'lets five guesses at a password through, whatever process they come to, when earlier failures %s',
      async (_, ms) => {
        const account = anAccount(open);
        await account.guess(false);
        account.clock.advance(ms);
        const others = Array.from({ length: 30 }, () => open(account.clock));
        const outcomes = await Promise.all(others.map((each) => account.guess(false, each)));
        expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5);
      },
    );

    test('does so too when a right guess came after earlier failures', async () => {
      const account = anAccount(open);
      await account.guess(false);
      await account.guess(true);
      const others = Array.from({ length: 30 }, () => open(account.clock));
      const outcomes = await Promise.all(others.map((each) => account.guess(false, each)));
      expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5);
    });

    test('lets several processes exceed the limit by no more than one free guess each', async () => {
      const account = anAccount(open);
      const others = [open(account.clock), open(account.clock)];
      const outcomes = await inParallel(60, (index) => account.guess(false, others[index % 2] as OpenStores));
      const compared = outcomes.filter((outcome) => outcome === 'wrong').length;
      expect(compared).toBeGreaterThanOrEqual(5);
      expect(compared).toBeLessThanOrEqual(6);
      expect(await account.guess(true)).toBe('locked');
    });

    test('is locked in every process', async () => {
      const { guess, clock } = anAccount(open);
      for (let failure = 1; failure <= 5; failure++) await guess(false);
      expect(await guess(true, open(clock))).toBe('locked');
    });

    test('takes back a guess that was not compared after all', async () => {
      const { begin, failures, guess } = anAccount(open);
      const free = await begin();
      if (isAttempt(free)) await free.abandoned();
      expect(await failures()).toBeUndefined();
      for (let failure = 1; failure <= 4; failure++) await guess(false);
      const written = await begin();
      expect(await failures()).toMatchObject({ count: 5 });
      if (isAttempt(written)) await written.abandoned();
      expect(await failures()).toMatchObject({ count: 4, lockedUntil: 0 });
      expect(await guess(true)).toBe('right');
    });

    test('takes back the lock of such a guess with it, and lifts no lock but its own', async () => {
      const { begin, failures, guess, clock } = anAccount(open);
      for (let failure = 1; failure <= 5; failure++) await guess(false);
      clock.advance(1000);
      const before = await failures();
      const written = await begin();
      expect(await failures()).toMatchObject({ count: 6, lockedUntil: clock.now() + 2000 });
      if (isAttempt(written)) await written.abandoned();
      expect(await failures()).toEqual(before);
      expect(await guess(true)).toBe('right');
    });

    test('counts each pool and each name by itself, names as the pool compares them', async () => {
      const { attempts, users } = open();
      const pool = newPool({ UsernameConfiguration: { CaseSensitive: false } });
      for (const written of ['Ada', 'ADA']) {
        const attempt = await attempts.begin(pool, written, 'password', undefined);
        if (isAttempt(attempt)) await attempt.failed();
      }
      expect((await users.signIn(pool, 'ada')).failures).toMatchObject({ count: 2 });
      expect((await users.signIn(pool, 'ben')).failures).toBeUndefined();
      expect((await users.signIn(newPool(), 'ada')).failures).toBeUndefined();
    });
  });
}
