/** What every user store promises about accounts at identity providers. */
import { describe, expect, test } from 'vitest';
import type { Identity } from '../../lambdas/core/model/identity.ts';
import { identityAlias } from '../../lambdas/core/rules/identities.ts';
import { inParallel, newUser, type OpenAll, storedPool, storedUser, tally } from './open-stores.ts';

const identity = (members: Partial<Identity> = {}): Identity => ({
  providerName: 'Google',
  providerType: 'Google',
  userId: '1078',
  primary: false,
  dateCreated: 5,
  ...members,
});

const all: readonly Identity[] = [
  identity({ primary: true }),
  identity({ providerName: 'Corp', providerType: 'OIDC', userId: 'Ada@example.com', attribute: 'email' }),
  identity({ providerName: 'Office', providerType: 'SAML', issuer: 'https://idp.example.com', userId: 'ada"#\\' }),
];

export function userIdentitiesContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of users from identity providers`, () => {
    test('gives back identities as they were added, and leads from each to the user', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const user = await storedUser({ users }, pool, 'ada', { identities: all, attributes: { email: 'a@b.c' } });
      expect(await users.find(pool, 'ada')).toEqual(user);
      for (const each of all) expect(await users.resolve(pool, identityAlias(each))).toBe('ada');
      const { items } = await users.list(pool, { kind: 'all' }, { limit: 10 });
      expect(items.map(({ identities, attributes }) => ({ identities, attributes }))).toEqual([
        { identities: all, attributes: { email: 'a@b.c' } },
      ]);
    });

    test('tells identities apart by provider, attribute and value, in these very letters', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools }, { UsernameConfiguration: { CaseSensitive: false } });
      await storedUser({ users }, pool, 'ada', { identities: [identity({ userId: 'Ab' })] });
      for (const other of [
        identity({ userId: 'ab' }),
        identity({ userId: 'Ab', providerName: 'google' }),
        identity({ userId: 'Ab', attribute: 'email' }),
        identity({ userId: 'b', providerName: 'GoogleA' }),
      ]) {
        expect(await users.resolve(pool, identityAlias(other))).toBeUndefined();
      }
    });

    test('leads an identity to one of many users, who are added or changed at once', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const changing = await inParallel(3, (index) => storedUser({ users }, pool, `old-${index}`));
      const outcomes = await Promise.all([
        ...changing.map((user) => users.save(pool, user, { ...user, identities: [identity()] })),
        ...['x', 'y', 'z'].map((name) => users.add(pool, newUser(pool, name, { identities: [identity()] }))),
      ]);
      const { saved = 0, added = 0, ...others } = tally(outcomes);
      expect([saved + added, others]).toEqual([1, { '{"taken":"identity"}': 5 }]);
      const holder = [...changing.map(({ username }) => username), 'x', 'y', 'z'][
        outcomes.findIndex((outcome) => outcome === 'saved' || outcome === 'added')
      ];
      expect(await users.resolve(pool, identityAlias(identity()))).toBe(holder);
    });

    test('never takes an identity from its holder', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const ada = await storedUser({ users }, pool, 'ada', { identities: [identity()] });
      const grace = await storedUser({ users }, pool, 'grace');
      const after = { ...grace, identities: [identity()] };
      expect(await users.save(pool, grace, after, { force: true })).toEqual({ taken: 'identity' });
      expect(await users.find(pool, 'ada')).toEqual(ada);
    });

    test('frees identities that are removed, and those of a user who is', async () => {
      const { pools, users } = open();
      const pool = await storedPool({ pools });
      const ada = await storedUser({ users }, pool, 'ada', { identities: all });
      const [kept, ...removed] = all;
      await users.save(pool, ada, { ...ada, identities: kept && [kept] });
      const grace = await storedUser({ users }, pool, 'grace', { identities: removed });
      const later = await users.find(pool, 'ada');
      if (later) await users.remove(pool, later);
      await users.save(pool, grace, { ...grace, identities: all });
      for (const each of all) expect(await users.resolve(pool, identityAlias(each))).toBe('grace');
      const last = await users.find(pool, 'grace');
      if (last) await users.save(pool, last, { ...last, identities: [] });
      expect((await users.find(pool, 'grace'))?.identities).toBeUndefined();
    });
  });
}
