import { describe, expect, test } from 'vitest';
import type { PoolSettings } from '../../../lambdas/core/model/pool.ts';
import type { User } from '../../../lambdas/core/model/user.ts';
import type { UserStore } from '../../../lambdas/core/ports/user-store.ts';
import { aliasesOf, fold } from '../../../lambdas/core/rules/aliases.ts';
import { answersTo, findSignInSet, findUser, requireUser } from '../../../lambdas/core/rules/names.ts';
import { aPool, aUser } from '../../support/model.ts';
import { refusalFrom } from '../../support/refusals.ts';

const poolWith = (settings: PoolSettings) => aPool({ settings });

/** Users by their names, as the store keeps them, and how often it was asked. */
function storeOf(pool: ReturnType<typeof aPool>, ...members: User[]) {
  const asked = { reads: 0, resolves: 0 };
  const byName = (username: string) => {
    asked.reads++;
    return members.find((user) => fold(pool, 'username', user.username) === fold(pool, 'username', username));
  };
  const users: Pick<UserStore, 'find' | 'signIn' | 'resolve'> = {
    find: async (_pool, username) => byName(username),
    async signIn(_pool, username) {
      const user = byName(username);
      return user ? { username, user, memberships: [] } : { username };
    },
    async resolve(_pool, { kind, value }) {
      asked.resolves++;
      const isHolder = (user: User) =>
        aliasesOf(pool, user).some((alias) => alias.kind === kind && alias.value === value);
      return members.find(isHolder)?.username;
    },
  };
  // The rules ask the store for nothing else.
  return { asked, ports: { users: users as UserStore } };
}

const ada = aUser({ attributes: { email: 'Ada@example.com', email_verified: 'true', preferred_username: 'Countess' } });
const grace = aUser({ username: 'grace', sub: '11111111-7b1e-4d0e-9a51-5b1d6c0e8a77' });

describe('A name', () => {
  test.each<[PoolSettings, string, string | undefined]>([
    [{}, 'ada', 'ada'],
    [{}, 'ADA', undefined],
    [{}, ada.sub, 'ada'],
    [{}, 'Ada@example.com', undefined],
    [{ UsernameConfiguration: { CaseSensitive: false } }, 'ADA', 'ada'],
    [{ AliasAttributes: ['email'] }, 'Ada@example.com', 'ada'],
    [{ AliasAttributes: ['email'] }, 'ada@example.com', undefined],
    [{ AliasAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } }, 'ADA@EXAMPLE.COM', 'ada'],
    [{ AliasAttributes: ['preferred_username'] }, 'Countess', 'ada'],
    [{ AliasAttributes: ['preferred_username'] }, 'ada', 'ada'],
    [{ AliasAttributes: ['phone_number'] }, 'Ada@example.com', undefined],
    [{ UsernameAttributes: ['email'] }, 'Ada@example.com', 'ada'],
    [{}, '', undefined],
    [{}, 'nobody', undefined],
  ])('leads in a pool of %j: %s to %s', async (settings, name, expected) => {
    const pool = poolWith(settings);
    const { ports } = storeOf(pool, ada, grace);
    expect((await findUser(ports, pool, name))?.username).toBe(expected);
    expect((await findSignInSet(ports, pool, name)).user?.username).toBe(expected);
    expect(answersTo(pool, ada, name)).toBe(expected === 'ada');
  });

  test('that nobody has is refused where somebody is needed', async () => {
    const { ports } = storeOf(aPool(), ada);
    expect((await requireUser(ports, aPool(), 'ada')).username).toBe('ada');
    expect(await refusalFrom(requireUser(ports, aPool(), 'nobody'))).toBe(
      'UserNotFoundException: User does not exist.',
    );
  });

  test('is a username before it is an alias, so that nobody keeps another out', async () => {
    const pool = poolWith({ AliasAttributes: ['preferred_username'] });
    const eve = aUser({
      username: 'eve',
      sub: '22222222-7b1e-4d0e-9a51-5b1d6c0e8a77',
      attributes: { preferred_username: 'ada' },
    });
    const { ports } = storeOf(pool, eve, ada);
    expect((await findUser(ports, pool, 'ada'))?.username).toBe('ada');
  });

  test('that nobody has is looked for as often as one that leads to a user', async () => {
    for (const settings of [{}, { AliasAttributes: ['email'] }, { UsernameAttributes: ['email'] }] as PoolSettings[]) {
      const pool = poolWith(settings);
      const known = storeOf(pool, ada, grace);
      await findSignInSet(known.ports, pool, 'Ada@example.com');
      const unknown = storeOf(pool, ada, grace);
      await findSignInSet(unknown.ports, pool, 'Nobody@example.com');
      expect(unknown.asked).toEqual(known.asked);
    }
  });
});
