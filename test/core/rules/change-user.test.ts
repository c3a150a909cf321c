import { describe, expect, test } from 'vitest';
import type { User } from '../../../lambdas/core/model/user.ts';
import type { SaveExtra, UserStore } from '../../../lambdas/core/ports/user-store.ts';
import { type Change, changeUser, removeUser } from '../../../lambdas/core/rules/change-user.ts';
import { aPool, aUser } from '../../support/model.ts';
import { refusalFrom } from '../../support/refusals.ts';

type Outcome = Awaited<ReturnType<UserStore['save']>>;

const pool = aPool();
const renamed = (user: User): User => ({ ...user, attributes: { ...user.attributes, name: 'Ada' } });

/** A store that answers saves in this order, and reads with whatever somebody else wrote in between. */
function scripted(outcomes: readonly Outcome[], newer?: User | undefined) {
  const saves: { before: User; after: User; extra: SaveExtra | undefined }[] = [];
  const users: Pick<UserStore, 'save' | 'find'> = {
    async save(_pool, before, after, extra) {
      saves.push({ before, after, extra });
      return outcomes[Math.min(saves.length, outcomes.length) - 1] ?? 'saved';
    },
    find: async () => newer,
  };
  // The rule asks the store for nothing else.
  return { saves, ports: { users: users as UserStore } };
}

const change = (ports: { users: UserStore }, user: User, members: Partial<Change> = {}) =>
  changeUser(ports, pool, user, { decide: renamed, ...members });

describe('A change of a user', () => {
  const user = aUser({ version: 7 });

  test('is saved on the very version that it was decided on, with what goes along', async () => {
    const { ports, saves } = scripted(['saved']);
    const extra = { force: true };
    expect(await change(ports, user, { extra })).toEqual({ ...renamed(user), version: 8 });
    expect(saves).toEqual([{ before: user, after: renamed(user), extra }]);
  });

  test('is decided again when somebody else came first', async () => {
    const newer = aUser({ version: 8, attributes: { email: 'a@b.c' } });
    const { ports, saves } = scripted(['changed', 'saved'], newer);
    expect(await change(ports, user)).toEqual({ ...renamed(newer), version: 9 });
    expect(saves.map(({ before }) => before.version)).toEqual([7, 8]);
  });

  test('is refused by what it finds the second time', async () => {
    const newer = aUser({ version: 8, enabled: false });
    const { ports } = scripted(['changed'], newer);
    const decide = (current: User) => {
      if (!current.enabled) throw new Error('disabled meanwhile');
      return current;
    };
    await expect(change(ports, user, { decide })).rejects.toThrow('disabled meanwhile');
  });

  test('is refused when the user is gone, or is another of the same name', async () => {
    const gone = 'UserNotFoundException: User does not exist.';
    expect(await refusalFrom(change(scripted(['changed'], undefined).ports, user))).toBe(gone);
    const other = aUser({ sub: '11111111-7b1e-4d0e-9a51-5b1d6c0e8a77', version: 8 });
    expect(await refusalFrom(change(scripted(['changed'], other).ports, user))).toBe(gone);
  });

  test('is refused when its code was used by somebody else', async () => {
    const extra = { spend: { purpose: 'sign-up', digest: new Uint8Array(32) } } as const;
    expect(await refusalFrom(change(scripted(['changed'], user).ports, user, { extra }))).toBe(
      'ExpiredCodeException: Invalid code provided, please request a code again.',
    );
  });

  test('is tried again when the user is as before and no code was lost', async () => {
    const { ports, saves } = scripted(['changed', 'saved'], user);
    expect(await change(ports, user)).toMatchObject({ version: 8 });
    expect(saves).toHaveLength(2);
  });

  test('is refused when an alias belongs to another, in the words of the operation', async () => {
    const taken = { taken: 'email' } as const;
    expect(await refusalFrom(change(scripted([taken]).ports, user))).toBe(
      'AliasExistsException: An account with the given email already exists.',
    );
    const worded = change(scripted([taken]).ports, user, { taken: (kind) => new Error(`no ${kind}`) as never });
    await expect(worded).rejects.toThrow('no email');
  });

  test('gives up after five tries', async () => {
    let version = 7;
    const users = {
      save: async () => 'changed' as const,
      find: async () => aUser({ version: ++version }),
    };
    // The rule asks the store for nothing else.
    expect(await refusalFrom(change({ users: users as unknown as UserStore }, user))).toMatch(
      /^TooManyRequestsException: /,
    );
    expect(version).toBe(12);
  });
});

describe('The removal of a user', () => {
  const removing = (outcomes: readonly Awaited<ReturnType<UserStore['remove']>>[], newer?: User | undefined) => {
    const removed: number[] = [];
    const woken: string[] = [];
    const jobs = { wake: async (id: string) => void woken.push(id) };
    const users: Pick<UserStore, 'remove' | 'find'> = {
      async remove(_pool, { version }) {
        removed.push(version);
        return outcomes[Math.min(removed.length, outcomes.length) - 1] ?? 'removed';
      },
      find: async () => newer,
    };
    // The rule asks the store for nothing else.
    return { removed, woken, done: removeUser({ users: users as UserStore, jobs }, pool, aUser({ version: 7 })) };
  };

  test('is done on the newest version', async () => {
    const { removed, woken, done } = removing(['changed', 'removed'], aUser({ version: 8 }));
    expect(await refusalFrom(done)).toBe('nothing is refused');
    expect([removed, woken]).toEqual([[7, 8], []]);
  });

  test('wakes a worker for the job that removes the rest', async () => {
    const { removed, woken, done } = removing([{ rest: 'purge-user-1' }]);
    expect(await refusalFrom(done)).toBe('nothing is refused');
    expect([removed, woken]).toEqual([[7], ['purge-user-1']]);
  });

  test('is refused when somebody else was first, and spares whoever has the name by now', async () => {
    const gone = 'UserNotFoundException: User does not exist.';
    expect(await refusalFrom(removing(['changed'], undefined).done)).toBe(gone);
    const { removed, done } = removing(['changed', 'removed'], aUser({ sub: '11111111-7b1e-4d0e-9a51-5b1d6c0e8a77' }));
    expect(await refusalFrom(done)).toBe(gone);
    expect(removed).toEqual([7]);
  });

  test('gives up after five tries', async () => {
    const { removed, done } = removing(['changed'], aUser());
    expect(await refusalFrom(done)).toMatch(/^TooManyRequestsException: /);
    expect(removed).toHaveLength(5);
  });
});
