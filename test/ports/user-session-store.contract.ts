/** What every store of users' sessions promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { UserSession } from '../../lambdas/core/model/user-session.ts';
import { inParallel, newPool, type OpenAll } from './open-stores.ts';

const hour = 3_600_000;

function somebody(open: OpenAll) {
  const { userSessions, clock } = open();
  const pool = newPool({ UsernameConfiguration: { CaseSensitive: false } });
  const ada = { username: 'Ada', sub: randomUUID() };
  const aSession = (members: Partial<UserSession> = {}): UserSession => ({
    id: `tkn${randomUUID().replaceAll('-', '').slice(0, 25)}`,
    sub: ada.sub,
    clientId: 'a client',
    originJti: randomUUID(),
    createdAt: clock.now(),
    activeAt: clock.now(),
    expiresAt: clock.now() + hour,
    ...members,
  });
  const add = async (members?: Partial<UserSession>) => {
    const session = aSession(members);
    await userSessions.add(pool, ada, session);
    return session;
  };
  const list = (owner = ada) => userSessions.list(pool, owner);
  return { userSessions, clock, pool, ada, add, list };
}

export function userSessionStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of users' sessions`, () => {
    test('lists what was added, the least recently used first', async () => {
      const { add, list, clock } = somebody(open);
      const [first, second] = [await add({ lastAddress: '192.0.2.1' }), await add({ activeAt: clock.now() - 1 })];
      expect(await list()).toEqual([{ lastAddress: undefined, ...second }, first]);
    });

    test('goes by the name as the pool compares it', async () => {
      const { add, list, ada } = somebody(open);
      const session = await add();
      expect(await list({ ...ada, username: 'aDA' })).toMatchObject([session]);
    });

    test('shows nothing of other names, other pools, or of an earlier user of the name', async () => {
      const { add, list, ada, userSessions } = somebody(open);
      await add();
      expect(await list({ ...ada, username: 'ben' })).toEqual([]);
      expect(await list({ ...ada, sub: randomUUID() })).toEqual([]);
      expect(await userSessions.list(newPool(), ada)).toEqual([]);
    });

    test('leaves out what is over, to the millisecond', async () => {
      const { add, list, clock } = somebody(open);
      await add();
      clock.advance(hour - 1);
      expect(await list()).toHaveLength(1);
      clock.advance(1);
      expect(await list()).toEqual([]);
    });

    test('notes when and from where a session was used, and until when it lasts', async () => {
      const { add, list, clock, userSessions, pool, ada } = somebody(open);
      const [used, other] = [await add({ lastAddress: '192.0.2.1' }), await add()];
      const seen = { activeAt: clock.now() + 5, expiresAt: clock.now() + 2 * hour };
      await userSessions.touch(pool, ada, used.id, { ...seen, lastAddress: '192.0.2.2' });
      expect(await list()).toEqual([
        { ...other, lastAddress: undefined },
        { ...used, ...seen, lastAddress: '192.0.2.2' },
      ]);
      await userSessions.touch(pool, ada, used.id, seen);
      expect((await list())[1]).toEqual({ ...used, ...seen, lastAddress: '192.0.2.2' });
    });

    test('brings nothing back by a use, and lets nobody else use it', async () => {
      const { add, list, clock, userSessions, pool, ada } = somebody(open);
      const session = await add();
      const seen = { activeAt: clock.now() + 5, expiresAt: clock.now() + 2 * hour };
      await userSessions.touch(pool, { ...ada, sub: randomUUID() }, session.id, seen);
      expect(await list()).toMatchObject([session]);
      await userSessions.remove(pool, ada, session.id);
      await userSessions.touch(pool, ada, session.id, seen);
      expect(await list()).toEqual([]);
    });

    test('removes a session once, and none of somebody else', async () => {
      const { add, list, userSessions, pool, ada } = somebody(open);
      const session = await add();
      const remove = (owner = ada) => userSessions.remove(pool, owner, session.id);
      expect(await remove({ ...ada, sub: randomUUID() })).toBe(false);
      expect(await list()).toHaveLength(1);
      expect((await inParallel(5, () => remove())).filter(Boolean)).toEqual([true]);
      expect(await list()).toEqual([]);
      expect(await remove()).toBe(false);
    });

    test('keeps all of many', async () => {
      const { add, list } = somebody(open);
      const added = await inParallel(130, () => add());
      expect((await list()).map(({ id }) => id)).toEqual(added.map(({ id }) => id).toSorted());
    });
  });
}
