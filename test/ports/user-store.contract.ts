/** What every user store promises, but for its lists. */

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { systemRandom } from '../../lambdas/adapters/system/system-random.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { uuidAt } from '../../lambdas/core/rules/identifiers.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { isUnpurged, purgePool, untiring } from '../support/worker.ts';
import {
  aCode,
  inParallel,
  newPool,
  newUser,
  type OpenAll,
  type OpenStores,
  storedPool,
  storedUser,
  tally,
} from './open-stores.ts';

const verified = (email: string) => ({ attributes: { email, email_verified: 'true' } });
const emailAlias = (value: string) => ({ kind: 'email', value }) as const;
const next = (user: User, members: Partial<User>): User => ({ ...user, ...members });
const saved = (user: User, members: Partial<User>): User => ({ ...user, ...members, version: user.version + 1 });

export function userStoreContract(name: string, open: OpenAll): void {
  const aliasPool = async () => {
    const stores = open();
    const pool = await storedPool(stores, { AliasAttributes: ['email', 'phone_number', 'preferred_username'] });
    return { ...stores, pool, holder: (email: string) => stores.users.resolve(pool, emailAlias(email)) };
  };

  describe(`${name} as a user store`, () => {
    test('gives back a user as added, with everything there is to a user', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada', {
        attributes: { email: 'Ada@Example.com', 'custom:plan': 'gold', name: '\u{1F511} Ada', address: '{"a":1}' },
        status: 'FORCE_CHANGE_PASSWORD',
        enabled: false,
        password: { sealed: Uint8Array.from([0, 1, 255]), expiresAt: 77 },
        passwordHistory: [Uint8Array.from([2]), Uint8Array.from([3])],
        pending: { email: 'new@example.com' },
        mfa: { enabled: ['SMS_MFA'], preferred: 'SMS_MFA' },
        tokensValidAfter: 99,
      });
      expect(await users.find(pool, 'ada')).toEqual(user);
      expect((await users.signIn(pool, 'ada')).user).toEqual(user);
    });

    test('gives back a user who has next to nothing', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada');
      expect(await users.find(pool, 'ada')).toEqual(user);
      expect(await users.signIn(pool, 'ada')).toEqual({ username: 'ada', user, memberships: [], codes: {} });
    });

    test('finds nobody under a name that nobody has', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      expect(await users.find(pool, 'nobody')).toBeUndefined();
      expect(await users.signIn(pool, 'nobody')).toEqual({ username: 'nobody', failures: undefined });
      expect(await users.resolve(pool, emailAlias('nobody@x.test'))).toBeUndefined();
      expect(await users.withFamily(pool, 'nobody', undefined)).toEqual({ user: undefined, family: undefined });
    });

    test('tells names apart by case unless the pool was told not to (pools-and-users 35)', async () => {
      const { pools, users } = open();
      const exact = await storedPool({ pools });
      const folding = await storedPool({ pools }, { UsernameConfiguration: { CaseSensitive: false } });
      for (const pool of [exact, folding]) await storedUser({ users }, pool, 'Ada');
      expect(await users.add(exact, newUser(exact, 'ADA'))).toBe('added');
      expect(await users.add(folding, newUser(folding, 'ADA'))).toEqual({ taken: 'username' });
      expect((await users.find(folding, 'aDA'))?.username).toBe('Ada');
      expect((await users.signIn(folding, 'aDA')).username).toBe('ada');
    });

    test('keeps names of any characters apart, long ones and such as look like keys included', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const names = [
        'a#b',
        'a',
        '@',
        'sha256:0',
        'é',
        'e\u0301',
        '\u{1F511}'.repeat(60),
        'x'.repeat(2000),
        `${'x'.repeat(1999)}y`,
      ];
      for (const username of names) await storedUser({ users }, pool, username);
      for (const username of names) expect((await users.find(pool, username))?.username).toBe(username);
    });

    test('adds one of fifty users of the same name, with one code (pools-and-users 35)', async () => {
      const { pools, users, codes } = open();
      const pool = await storedPool({ pools });
      const all = Array.from({ length: 50 }, () => newUser(pool, 'ada'));
      const outcomes = await inParallel(50, (index) =>
        users.add(pool, all[index] as User, { code: aCode({ target: `${index}@x.test` }) }),
      );
      expect(tally(outcomes)).toEqual({ added: 1, '{"taken":"username"}': 49 });
      const winner = outcomes.indexOf('added');
      expect(await users.find(pool, 'ada')).toEqual(all[winner]);
      expect(await codes.guess(pool, all[winner] as User, 'sign-up', 5)).toMatchObject({ target: `${winner}@x.test` });
      expect(await pools.countUsers(pool.id)).toBe(1);
    });

    test('adds one of fifty users with the same alias, and nothing of the others', async () => {
      const { pool, users, pools, holder } = await aliasPool();
      const outcomes = await inParallel(50, (index) =>
        users.add(pool, newUser(pool, `user-${index}`, verified('ada@x.test'))),
      );
      expect(tally(outcomes)).toEqual({ added: 1, '{"taken":"email"}': 49 });
      expect(await holder('ada@x.test')).toBe(`user-${outcomes.indexOf('added')}`);
      const found = await inParallel(50, (index) => users.find(pool, `user-${index}`));
      expect(found.filter((user) => user !== undefined)).toHaveLength(1);
      expect(await pools.countUsers(pool.id)).toBe(1);
    });

    test.each([1, 2, 15, 16, 17, 40])('adds users until there are %i, however many come at once', async (most) => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const ask = (name: string) => users.add(pool, newUser(pool, name), { most });
      const outcomes = await inParallel(most + 7, (index) => ask(`user-${index}`));
      expect(tally(outcomes)).toEqual({ added: most, full: 7 });
      expect(await pools.countUsers(pool.id)).toBe(most);
      expect(await ask('late')).toBe('full');
      expect(await users.find(pool, 'late')).toBeUndefined();
    });

    test('adds as many users again as have left, from whatever counter they were taken', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const most = 20;
      const ask = (name: string, user = newUser(pool, name)) => users.add(pool, user, { most });
      const first = Array.from({ length: most }, (_, index) => newUser(pool, `first-${index}`));
      expect(tally(await Promise.all(first.map((user) => ask('', user))))).toEqual({ added: most });
      expect(await ask('late')).toBe('full');
      const left = first.slice(0, 12);
      expect(tally(await Promise.all(left.map((user) => users.remove(pool, user))))).toEqual({ removed: 12 });
      expect(tally(await inParallel(30, (index) => ask(`next-${index}`)))).toEqual({ added: 12, full: 18 });
      expect(await pools.countUsers(pool.id)).toBe(most);
    });

    test('adds nobody to a full pool that was removed since, and says so', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      await users.add(pool, newUser(pool, 'ada'), { most: 1 });
      expect(await users.add(pool, newUser(pool, 'grace'), { most: 1 })).toBe('full');
      await pools.remove(pool);
      expect(await users.add(pool, newUser(pool, 'grace'), { most: 1 })).toBe('pool gone');
    });

    test('says that the name is taken before it speaks of an alias', async () => {
      const { pool, users } = await aliasPool();
      await storedUser({ users }, pool, 'ada', verified('ada@x.test'));
      expect(await users.add(pool, newUser(pool, 'ada', verified('ada@x.test')))).toEqual({ taken: 'username' });
    });

    test('leads from every alias to the user: verified addresses, preferred name and sub', async () => {
      const { pool, users } = await aliasPool();
      const user = await storedUser({ users }, pool, 'ada', {
        attributes: {
          email: 'ada@x.test',
          email_verified: 'true',
          phone_number: '+15550100',
          phone_number_verified: 'false',
          preferred_username: 'countess',
        },
      });
      const leads = (kind: 'email' | 'phone_number' | 'preferred_username' | 'sub', value: string) =>
        users.resolve(pool, { kind, value });
      expect(await leads('email', 'ada@x.test')).toBe('ada');
      expect(await leads('phone_number', '+15550100')).toBeUndefined();
      expect(await leads('preferred_username', 'countess')).toBe('ada');
      expect(await leads('sub', user.sub)).toBe('ada');
      expect(await users.resolve(newPool(), emailAlias('ada@x.test'))).toBeUndefined();
    });

    test('moves aliases with the attributes they rest on (pools-and-users 33)', async () => {
      const { pool, users, holder } = await aliasPool();
      const user = await storedUser({ users }, pool, 'ada', { attributes: { email: 'old@x.test' } });
      expect(await holder('old@x.test')).toBeUndefined();
      const confirmed = saved(user, verified('old@x.test'));
      expect(await users.save(pool, user, next(user, verified('old@x.test')))).toBe('saved');
      expect(await holder('old@x.test')).toBe('ada');
      expect(await users.save(pool, confirmed, next(confirmed, verified('new@x.test')))).toBe('saved');
      expect([await holder('old@x.test'), await holder('new@x.test')]).toEqual([undefined, 'ada']);
      const moved = saved(confirmed, verified('new@x.test'));
      expect(await users.save(pool, moved, next(moved, { attributes: {} }))).toBe('saved');
      expect(await holder('new@x.test')).toBeUndefined();
    });

    test('saves one of fifty changes of the same version', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada');
      const outcomes = await inParallel(50, (index) =>
        users.save(pool, user, next(user, { attributes: { name: `${index}` } })),
      );
      expect(tally(outcomes)).toEqual({ saved: 1, changed: 49 });
      expect(await users.find(pool, 'ada')).toEqual(
        saved(user, { attributes: { name: `${outcomes.indexOf('saved')}` } }),
      );
    });

    test('does not save over a later user of the same name', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada');
      await users.remove(pool, user);
      const later = await storedUser({ users }, pool, 'ada');
      expect(await users.save(pool, user, next(user, { enabled: false }))).toBe('changed');
      expect(await users.remove(pool, user)).toBe('changed');
      expect(await users.find(pool, 'ada')).toEqual(later);
    });

    test('does not save what would take an alias from its holder, and changes nothing then', async () => {
      const { pool, users, holder } = await aliasPool();
      await storedUser({ users }, pool, 'ada', verified('ada@x.test'));
      const ben = await storedUser({ users }, pool, 'ben', verified('ben@x.test'));
      expect(await users.save(pool, ben, next(ben, verified('ada@x.test')))).toEqual({ taken: 'email' });
      expect(await users.find(pool, 'ben')).toEqual(ben);
      expect([await holder('ada@x.test'), await holder('ben@x.test')]).toEqual(['ada', 'ben']);
    });

    test('takes an alias by force, and the former holder is unverified (pools-and-users 33)', async () => {
      const { pool, users, holder, clock } = await aliasPool();
      const ada = await storedUser({ users }, pool, 'ada', verified('ada@x.test'));
      const ben = await storedUser({ users }, pool, 'ben');
      clock.advance(5);
      const after = next(ben, verified('ada@x.test'));
      expect(await users.save(pool, ben, after, { force: true })).toBe('saved');
      expect(await holder('ada@x.test')).toBe('ben');
      expect(await users.find(pool, 'ada')).toEqual(
        saved(ada, { attributes: { email: 'ada@x.test', email_verified: 'false' }, modifiedAt: clock.now() }),
      );
      // What was decided on the holder as they were is not saved any more.
      expect(await users.save(pool, ada, next(ada, { enabled: false }))).toBe('changed');
    });

    test('takes several aliases at once by force, from one holder or from two', async () => {
      const { pool, users } = await aliasPool();
      const phone = { phone_number: '+15550100', phone_number_verified: 'true' };
      const both = { ...verified('ada@x.test').attributes, ...phone };
      await storedUser({ users }, pool, 'ada', { attributes: both });
      expect(await users.add(pool, newUser(pool, 'ben', { attributes: both }), { force: true })).toBe('added');
      expect((await users.find(pool, 'ada'))?.attributes).toEqual({
        ...both,
        email_verified: 'false',
        phone_number_verified: 'false',
      });
      await storedUser({ users }, pool, 'eve', verified('eve@x.test'));
      const mixed = { ...verified('eve@x.test').attributes, ...phone };
      expect(await users.add(pool, newUser(pool, 'zoe', { attributes: mixed }), { force: true })).toBe('added');
      expect((await users.find(pool, 'eve'))?.attributes['email_verified']).toBe('false');
      expect((await users.find(pool, 'ben'))?.attributes).toEqual({ ...both, phone_number_verified: 'false' });
      expect(await users.resolve(pool, { kind: 'phone_number', value: '+15550100' })).toBe('zoe');
    });

    test('takes no preferred name by force, nor an address that is the way in', async () => {
      const { pool, users } = await aliasPool();
      const attributes = { preferred_username: 'countess' };
      await storedUser({ users }, pool, 'ada', { attributes });
      const forced = await users.add(pool, newUser(pool, 'ben', { attributes }), { force: true });
      expect(forced).toEqual({ taken: 'preferred_username' });
      const byAddress = await storedPool(open(), { UsernameAttributes: ['email'] });
      const one = newUser(byAddress, '', verified('ada@x.test'));
      const other = newUser(byAddress, '', verified('ada@x.test'));
      expect(await users.add(byAddress, { ...one, username: one.sub })).toBe('added');
      expect(await users.add(byAddress, { ...other, username: other.sub }, { force: true })).toEqual({
        taken: 'email',
      });
    });

    test('leaves an alias with exactly one holder when many take it by force at once', async () => {
      const { pool, users, holder } = await aliasPool();
      await storedUser({ users }, pool, 'user-0', verified('ada@x.test'));
      const outcomes = await inParallel(10, (index) =>
        users.add(pool, newUser(pool, `user-${index + 1}`, verified('ada@x.test')), { force: true }),
      );
      expect(outcomes).toContain('added');
      const all = await inParallel(11, (index) => users.find(pool, `user-${index}`));
      const verifiedOnes = all.filter((user) => user?.attributes['email_verified'] === 'true');
      expect(verifiedOnes.map((user) => user?.username)).toEqual([await holder('ada@x.test')]);
    });

    test('stores a code with the change, and spends one with it', async () => {
      const { pools, users, codes } = open();
      const pool = await storedPool({ pools });
      const user = newUser(pool, 'ada', { status: 'UNCONFIRMED' });
      const { digest } = aCode();
      await users.add(pool, user, { code: aCode() });
      const spend = { purpose: 'sign-up', digest } as const;
      const code = aCode({ purpose: 'verify-email', digest: new Uint8Array(32).fill(7) });
      expect(await users.save(pool, user, next(user, { status: 'CONFIRMED' }), { spend, code })).toBe('saved');
      expect(await codes.guess(pool, user, 'sign-up', 5)).toBe('none');
      expect(await codes.guess(pool, user, 'verify-email', 5)).toMatchObject({ digest: new Uint8Array(32).fill(7) });
    });

    test('lets one of many changes spend a code, and changes nothing on another code', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada');
      await users.save(pool, user, user, { code: aCode() });
      const current = saved(user, {});
      const save = (digest: Uint8Array) =>
        users.save(pool, current, next(current, { enabled: false }), { spend: { purpose: 'sign-up', digest } });
      expect(await save(new Uint8Array(32).fill(9))).toBe('changed');
      expect(await users.find(pool, 'ada')).toEqual(current);
      expect(tally(await inParallel(10, () => save(aCode().digest)))).toEqual({ saved: 1, changed: 9 });
    });

    test('replaces a code by the next one of its purpose in the change that spends it', async () => {
      const { pools, users, codes } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada');
      await codes.put(pool, user, aCode());
      const [spend, code] = [{ purpose: 'sign-up', digest: aCode().digest } as const, aCode({ target: 'b@x.test' })];
      expect(await users.save(pool, user, user, { spend, code })).toBe('saved');
      expect(await codes.guess(pool, user, 'sign-up', 5)).toMatchObject({ target: 'b@x.test' });
    });

    test('frees name and aliases with the removal, and keeps nothing for the next of the name', async () => {
      const { pool, users, codes, families, attempts, clock, holder } = await aliasPool();
      const user = await storedUser({ users }, pool, 'ada', verified('ada@x.test'));
      const jti = randomUUID();
      await codes.put(pool, user, aCode());
      await families.revoke(pool, 'ada', jti, clock.now() + 1000);
      const attempt = await attempts.begin(pool, 'ada', 'password', undefined);
      if (attempt !== 'locked') await attempt.failed();
      expect(await users.remove(pool, user)).toBe('removed');
      expect(await users.find(pool, 'ada')).toBeUndefined();
      expect(await holder('ada@x.test')).toBeUndefined();
      expect(await users.resolve(pool, { kind: 'sub', value: user.sub })).toBeUndefined();
      const later = await storedUser({ users }, pool, 'ada', verified('ada@x.test'));
      expect(await users.signIn(pool, 'ada')).toEqual({
        username: 'ada',
        user: later,
        memberships: [],
        codes: {},
        failures: undefined,
      });
      expect(await codes.guess(pool, later, 'sign-up', 5)).toBe('none');
      expect(await families.find(pool, 'ada', jti)).toBeUndefined();
    });

    test('removes up to a hundred rows of a user at once, and leaves more of them to a job', async () => {
      const { pool, users, families, worker, clock } = await aliasPool();
      for (const [username, rows] of [
        ['few', 100],
        ['many', 101],
      ] as const) {
        const user = await storedUser({ users }, pool, username, verified(`${username}@x.test`));
        const jtis = Array.from({ length: rows }, () => uuidAt(systemRandom, clock.now()));
        await Promise.all(jtis.map((jti) => families.revoke(pool, username, jti, clock.now() + 1000)));
        const left = async () =>
          (await Promise.all(jtis.map((jti) => families.find(pool, username, jti)))).filter(Boolean);
        const outcome = await users.remove(pool, user);
        expect(await users.find(pool, username)).toBeUndefined();
        if (rows === 100) {
          expect([outcome, await left()]).toEqual(['removed', []]);
          continue;
        }
        expect(await left()).toHaveLength(rows);
        if (typeof outcome === 'string') throw new Error('There is no job.');
        expect(await worker.jobStore.due(clock.now())).toContain(outcome.rest);
        // What others read of it says nothing of the user.
        expect(outcome.rest).not.toMatch(new RegExp(`${user.sub}|${username}`));
        expect(await runJob(worker, outcome.rest, untiring)).toBe('idle');
        expect(await left()).toEqual([]);
      }
    });

    test('purges what a user left and nothing of the next one of the name', async () => {
      const { pool, users, codes, families, attempts, worker, clock, holder } = await aliasPool();
      const user = await storedUser({ users }, pool, 'ada', verified('ada@x.test'));
      const begun = clock.now();
      const jtis = Array.from({ length: 120 }, () => uuidAt(systemRandom, begun));
      await Promise.all(jtis.map((jti) => families.revoke(pool, 'ada', jti, begun + 1_000_000_000)));
      await codes.put(pool, user, aCode());
      clock.advance(600_000);
      const outcome = await users.remove(pool, user);
      if (typeof outcome === 'string') throw new Error('There is no job.');

      clock.advance(1000);
      const later = await storedUser({ users }, pool, 'ada', verified('ada@x.test'));
      const revoked = uuidAt(systemRandom, clock.now());
      await families.revoke(pool, 'ada', revoked, clock.now() + 1_000_000_000);
      await codes.put(pool, later, aCode());
      const attempt = await attempts.begin(pool, 'ada', 'password', undefined);
      if (attempt !== 'locked') await attempt.failed();
      const before = await users.signIn(pool, 'ada');
      await runJob(worker, outcome.rest, untiring);

      expect((await Promise.all(jtis.map((jti) => families.find(pool, 'ada', jti)))).filter(Boolean)).toEqual([]);
      // A token that the next user has revoked must not come back to life.
      expect(await families.find(pool, 'ada', revoked)).toMatchObject({ revoked: true });
      expect(await users.signIn(pool, 'ada')).toEqual(before);
      expect(await codes.guess(pool, later, 'sign-up', 5)).not.toBe('none');
      expect(await holder('ada@x.test')).toBe('ada');
    });

    test('removes a user once, and not a version that is gone', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada');
      await users.save(pool, user, user);
      expect(await users.remove(pool, user)).toBe('changed');
      const current = saved(user, {});
      expect(tally(await inParallel(10, () => users.remove(pool, current)))).toEqual({ removed: 1, changed: 9 });
      expect(await pools.countUsers(pool.id)).toBe(0);
    });

    test('keeps users and aliases in agreement, whoever adds, changes and removes them at once', async () => {
      const { pool, users, pools } = await aliasPool();
      await inParallel(60, async (index) => {
        const user = newUser(pool, `user-${index % 6}`, verified(`${index % 4}@x.test`));
        if ((await users.add(pool, user, { force: index % 3 === 0 })) !== 'added') return;
        const outcome = await users.save(pool, user, next(user, verified(`${(index + 1) % 4}@x.test`)), {
          force: true,
        });
        if (index % 2 === 0 && outcome === 'saved')
          await users.remove(pool, saved(user, verified(`${(index + 1) % 4}@x.test`)));
      });
      await requireAgreement({ users }, pool);
      const { items } = await users.list(pool, { kind: 'all' }, { limit: 60 });
      expect(await pools.countUsers(pool.id)).toBe(items.length);
    });

    test('answers the user of a token together with the family', async () => {
      const { pools, users, families, clock } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada');
      const jti = randomUUID();
      expect(await users.withFamily(pool, 'ada', jti)).toEqual({ user, family: undefined });
      await families.revoke(pool, 'ada', jti, clock.now() + 1000);
      expect(await users.withFamily(pool, 'ada', jti)).toEqual({
        user,
        family: { revoked: true, generation: 0, rotatedAt: 0 },
      });
      expect(await users.withFamily(pool, 'ada', undefined)).toEqual({ user, family: undefined });
      expect((await users.withFamily(pool, 'nobody', jti)).user).toBeUndefined();
    });

    test('adds nobody to a pool that is not there', async () => {
      const { users } = open();
      const pool = newPool();
      expect(await users.add(pool, newUser(pool, 'ada'))).toBe('pool gone');
      expect(await users.find(pool, 'ada')).toBeUndefined();
    });

    test('leaves nothing of users who come while their pool is removed (pools-and-users 19)', async () => {
      const stores = await aliasPool();
      const { pool, users, pools, clock, worker } = stores;
      const outcomes = await Promise.all([
        pools.remove(pool),
        ...Array.from({ length: 50 }, (_, index) =>
          users.add(pool, newUser(pool, `user-${index}`, verified(`${index}@x.test`)), { code: aCode() }),
        ),
      ]);
      expect(outcomes[0]).toBe('removed');
      expect(await users.add(pool, newUser(pool, 'late'))).toBe('pool gone');
      await purgePool(worker, pool.id);
      clock.advance(3_600_000);
      await purgePool(worker, pool.id);
      expect(await isUnpurged(worker, pool.id)).toBe(false);
      const found = await inParallel(50, (index) => users.find(pool, `user-${index}`));
      const aliases = await inParallel(50, (index) => stores.holder(`${index}@x.test`));
      expect([...found, ...aliases].filter((each) => each !== undefined)).toEqual([]);
    });
  });
}

/** Every alias that a user's attributes stand for leads to that user, and none leads elsewhere. */
async function requireAgreement({ users }: Pick<OpenStores, 'users'>, pool: Pool): Promise<void> {
  const { items } = await users.list(pool, { kind: 'all' }, { limit: 60 });
  for (const email of [0, 1, 2, 3].map((index) => `${index}@x.test`)) {
    const entitled = items.filter(
      ({ attributes }) => attributes['email'] === email && attributes['email_verified'] === 'true',
    );
    expect(entitled.length).toBeLessThanOrEqual(1);
    expect(await users.resolve(pool, emailAlias(email))).toBe(entitled[0]?.username);
  }
  for (const { sub, username } of items) expect(await users.resolve(pool, { kind: 'sub', value: sub })).toBe(username);
}
