/** What every user store promises of its lists. */
import { describe, expect, test } from 'vitest';
import type { Cursor } from '../../lambdas/core/model/page.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { ListedUser, UserStatus } from '../../lambdas/core/model/user.ts';
import type { SearchableAttribute, UserQuery } from '../../lambdas/core/model/user-query.ts';
import { newUser, type OpenAll, type OpenStores, storedPool, storedUser } from './open-stores.ts';

type Filter = readonly [attribute: SearchableAttribute, operator: '=' | '^=', value: string];

const all: UserQuery = { kind: 'all' };
const match = ([attribute, operator, value]: Filter): UserQuery => ({ kind: 'match', attribute, operator, value });
const names = (users: readonly ListedUser[]): readonly string[] => users.map(({ username }) => username);

/** Every page until the last. */
async function everyUser({ users }: Pick<OpenStores, 'users'>, pool: Pool, query: UserQuery, limit = 60) {
  const found: ListedUser[] = [];
  let after: Cursor | undefined;
  do {
    // As a client holds it: sealed as JSON.
    const page = await users.list(pool, query, { limit, after: after && JSON.parse(JSON.stringify(after)) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items);
    after = page.next;
  } while (after);
  return found;
}

export function userListContract(name: string, open: OpenAll): void {
  describe(`${name} as a list of users`, () => {
    test('shows what a list needs of every user of the pool, and of no other pool', async () => {
      const stores = open();
      const [pool, other] = [await storedPool(stores), await storedPool(stores)];
      const user = await storedUser(stores, pool, 'ada', {
        attributes: { email: 'ada@x.test', 'custom:plan': 'gold' },
        password: { sealed: Uint8Array.from([1]) },
        mfa: { enabled: [], options: [{ DeliveryMedium: 'SMS', AttributeName: 'phone_number' }] },
      });
      await storedUser(stores, other, 'ben');
      const { password: _, version: __, ...listed } = user;
      expect(await stores.users.list(pool, all, { limit: 60 })).toEqual({ items: [listed], next: undefined });
    });

    test('goes through all users page by page, each once, in the order of their names', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const added = Array.from({ length: 25 }, (_, index) => `user-${String(index).padStart(2, '0')}`);
      await Promise.all(added.toReversed().map((username) => storedUser(stores, pool, username)));
      for (const limit of [1, 7, 25, 60]) expect(names(await everyUser(stores, pool, all, limit))).toEqual(added);
    });

    test('goes on after the user at which a page ended was removed', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const made = await Promise.all(['a', 'b', 'c', 'd'].map((username) => storedUser(stores, pool, username)));
      const { next } = await stores.users.list(pool, all, { limit: 2 });
      for (const user of made.slice(0, 2)) await stores.users.remove(pool, user);
      const rest = await stores.users.list(pool, all, { limit: 60, after: next });
      expect(names(rest.items)).toEqual(['c', 'd']);
    });

    describe('with a filter', () => {
      const people: readonly (readonly [string, Record<string, string>])[] = [
        ['ada', { email: 'ada@x.test', name: 'Ada Lovelace', given_name: 'Ada', family_name: 'Lovelace' }],
        ['adam', { email: 'Adam@x.test', name: 'Adam', phone_number: '+15550100', preferred_username: 'First' }],
        ['ben', { email: 'ada@x.test.example', name: 'ada', phone_number: '+15550101' }],
        ['\u{1F511}key', { given_name: 'Ada\u{10FFFF}', family_name: 'Love' }],
      ];
      const cases: readonly (readonly [Filter, readonly string[]])[] = [
        [['username', '=', 'ada'], ['ada']],
        [['username', '=', 'Ada'], []],
        [
          ['username', '^=', 'ada'],
          ['ada', 'adam'],
        ],
        [['username', '^=', '\u{1F511}'], ['\u{1F511}key']],
        [['email', '=', 'ada@x.test'], ['ada']],
        [
          ['email', '^=', 'ada@x.test'],
          ['ada', 'ben'],
        ],
        [['email', '=', 'adam@x.test'], []],
        [['email', '=', 'Adam@x.test'], ['adam']],
        [['phone_number', '=', '+15550101'], ['ben']],
        [
          ['phone_number', '^=', '+1555'],
          ['adam', 'ben'],
        ],
        [['name', '=', 'Ada'], []],
        [
          ['name', '^=', 'Ada'],
          ['ada', 'adam'],
        ],
        [
          ['given_name', '^=', 'Ada'],
          ['ada', '\u{1F511}key'],
        ],
        [['family_name', '=', 'Love'], ['\u{1F511}key']],
        [
          ['family_name', '^=', 'Love'],
          ['ada', '\u{1F511}key'],
        ],
        [['preferred_username', '=', 'First'], ['adam']],
        [['preferred_username', '^=', 'first'], []],
        [['email', '=', ''], []],
        [['email', '^=', ''], []],
        [['username', '^=', ''], []],
        [['cognito:user_status', '^=', ''], []],
      ];

      test.each(cases)('finds by %j', async (filter, expected) => {
        const stores = open();
        const pool = await storedPool(stores);
        for (const [username, attributes] of people) await storedUser(stores, pool, username, { attributes });
        expect(new Set(names(await everyUser(stores, pool, match(filter))))).toEqual(new Set(expected));
        expect(new Set(names(await everyUser(stores, pool, match(filter), 1)))).toEqual(new Set(expected));
      });
    });

    test('compares addresses and preferred names as the pool does, other values exactly', async () => {
      const stores = open();
      const pool = await storedPool(stores, { UsernameConfiguration: { CaseSensitive: false } });
      await storedUser(stores, pool, 'Ada', {
        attributes: { email: 'Ada@X.test', preferred_username: 'Countess', name: 'Ada' },
      });
      const found = async (...filter: Filter) => (await everyUser(stores, pool, match(filter))).length;
      expect(await found('email', '=', 'aDA@x.TEST')).toBe(1);
      expect(await found('email', '^=', 'ADA@')).toBe(1);
      expect(await found('preferred_username', '=', 'COUNTESS')).toBe(1);
      expect(await found('name', '=', 'ada')).toBe(0);
      expect(await found('username', '=', 'ada')).toBe(0);
      expect(await found('username', '=', 'Ada')).toBe(1);
      expect(await found('username', '^=', 'A')).toBe(1);
      expect(await found('username', '^=', 'a')).toBe(0);
    });

    test('finds by sub, whether or not the sub is the username', async () => {
      const stores = open();
      const named = await storedPool(stores);
      const unnamed = await storedPool(stores, { UsernameAttributes: ['email'] });
      const ada = await storedUser(stores, named, 'ada');
      const ben = newUser(unnamed, '', { attributes: { email: 'ben@x.test' } });
      await stores.users.add(unnamed, { ...ben, username: ben.sub });
      for (const [pool, { sub }] of [
        [named, ada],
        [unnamed, ben],
      ] as const) {
        for (const filter of [
          ['sub', '=', sub],
          ['sub', '^=', sub],
          ['sub', '^=', sub.slice(0, 9)],
        ] as const) {
          expect((await everyUser(stores, pool, match(filter))).map((user) => user.sub)).toEqual([sub]);
        }
        expect(await everyUser(stores, pool, match(['sub', '=', sub.slice(0, 9)]))).toEqual([]);
        expect(await everyUser(stores, pool, match(['sub', '=', 'ada']))).toEqual([]);
      }
    });

    test('finds by status and by whether users are enabled, page by page', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const states: readonly (readonly [string, UserStatus, boolean])[] = [
        ['a', 'CONFIRMED', true],
        ['b', 'CONFIRMED', false],
        ['c', 'COMPROMISED', true],
        ['d', 'UNCONFIRMED', true],
        ['e', 'FORCE_CHANGE_PASSWORD', false],
        ['f', 'RESET_REQUIRED', true],
        ['g', 'EXTERNAL_PROVIDER', false],
      ];
      for (const [username, status, enabled] of states) await storedUser(stores, pool, username, { status, enabled });
      const found = async (...filter: Filter) =>
        names(await everyUser(stores, pool, match(filter), 2))
          .toSorted()
          .join('');
      expect(await found('cognito:user_status', '=', 'CONFIRMED')).toBe('ab');
      expect(await found('cognito:user_status', '=', 'confirmed')).toBe('ab');
      expect(await found('cognito:user_status', '^=', 'co')).toBe('abc');
      expect(await found('cognito:user_status', '=', 'CO')).toBe('');
      expect(await found('cognito:user_status', '^=', 'UNC')).toBe('d');
      expect(await found('cognito:user_status', '=', 'NOTHING')).toBe('');
      expect(await found('status', '=', 'Enabled')).toBe('acdf');
      expect(await found('status', '=', 'Disabled')).toBe('beg');
      expect(await found('status', '^=', 'Dis')).toBe('beg');
      expect(await found('status', '=', 'enabled')).toBe('');
      expect(await found('status', '=', 'E')).toBe('');
    });

    test('follows every change of what it finds users by', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const user = await storedUser(stores, pool, 'ada', { attributes: { email: 'a@x.test', name: 'Ada' } });
      await stores.users.save(pool, user, {
        ...user,
        attributes: { email: 'b@x.test' },
        status: 'RESET_REQUIRED',
        enabled: false,
      });
      const found = async (...filter: Filter) => (await everyUser(stores, pool, match(filter))).length;
      expect([await found('email', '=', 'a@x.test'), await found('email', '=', 'b@x.test')]).toEqual([0, 1]);
      expect([await found('name', '=', 'Ada'), await found('status', '=', 'Enabled')]).toEqual([0, 0]);
      expect(await found('cognito:user_status', '=', 'RESET_REQUIRED')).toBe(1);
      expect((await everyUser(stores, pool, all))[0]).toMatchObject({
        enabled: false,
        attributes: { email: 'b@x.test' },
      });
    });

    test('compares long values whole, also where they differ only at their end', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const base = 'é'.repeat(700);
      for (const end of ['', 'a', 'b', 'bc'])
        await storedUser(stores, pool, `user-${end}`, { attributes: { name: base + end } });
      const found = async (...filter: Filter) => names(await everyUser(stores, pool, match(filter), 1)).toSorted();
      expect(await found('name', '=', base)).toEqual(['user-']);
      expect(await found('name', '=', `${base}b`)).toEqual(['user-b']);
      expect(await found('name', '^=', `${base}b`)).toEqual(['user-b', 'user-bc']);
      expect(await found('name', '^=', base)).toEqual(['user-', 'user-a', 'user-b', 'user-bc']);
      expect(await found('name', '^=', 'é'.repeat(449))).toHaveLength(4);
      expect(await found('name', '=', 'é'.repeat(450))).toEqual([]);
    });

    test('goes on with a filter after the user at which a page ended was removed', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const made = [];
      for (const username of ['a', 'b', 'c']) {
        made.push(
          await storedUser(stores, pool, username, { attributes: { email: `${username}@x.test`, name: 'same' } }),
        );
      }
      const query = match(['name', '=', 'same']);
      const first = await stores.users.list(pool, query, { limit: 2 });
      for (const user of made.filter(({ username }) => names(first.items).includes(username))) {
        await stores.users.remove(pool, user);
      }
      const rest = await stores.users.list(pool, query, { limit: 60, after: first.next });
      expect([...names(first.items), ...names(rest.items)].toSorted()).toEqual(['a', 'b', 'c']);
    });
  });
}
