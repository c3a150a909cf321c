/** What every passkey store promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Passkey, PendingPasskey } from '../../lambdas/core/model/passkey.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { inParallel, newUser, type OpenAll, type OpenStores, storedPool, storedUser, tally } from './open-stores.ts';

const most = 20;
const by = (challenge: string, limit = most) => ({ challenge, most: limit });

const aPasskey = ({ sub }: User, id = 'AAAA', members: Partial<Passkey> = {}): Passkey => ({
  id,
  sub,
  name: 'Platform passkey',
  relyingPartyId: 'example.com',
  publicKey: Uint8Array.of(1, 2, 3),
  counter: 0,
  transports: ['internal'],
  attachment: 'platform',
  createdAt: 1,
  ...members,
});

/** Beside another registration that has begun. */
export async function storedPasskey(
  { passkeys, clock }: Pick<OpenStores, 'passkeys' | 'clock'>,
  pool: Pool,
  user: User,
) {
  const pending = { clientId: 'client', relyingPartyId: 'example.com', expiresAt: clock.now() + 1000 };
  await passkeys.begin(pool, user, { ...pending, challenge: 'c' });
  const outcome = await passkeys.add(pool, user, aPasskey(user), by('c'));
  if (outcome !== 'added') throw new Error('The passkey was not added');
  await passkeys.begin(pool, user, { ...pending, challenge: 'd' });
}

async function somebody(open: OpenAll) {
  const stores = open();
  const pool = await storedPool(stores);
  const user = await storedUser(stores, pool, 'Ada');
  const { passkeys, users, clock } = stores;
  const pending = (challenge = 'c'): PendingPasskey => ({
    challenge,
    clientId: 'client',
    relyingPartyId: 'example.com',
    expiresAt: clock.now() + 1000,
  });
  const begin = (challenge = 'c', owner = user) => passkeys.begin(pool, owner, pending(challenge));
  const add = async (id: string, owner = user, limit = most) => {
    await begin(id, owner);
    return passkeys.add(pool, owner, aPasskey(owner, id), by(id, limit));
  };
  const find = (id = 'AAAA', owner = user) => passkeys.find(pool, owner, id);
  const counts = async (owner = user) => (await users.find(pool, owner.username))?.passkeyCounts ?? {};
  const count = async (owner = user) => Object.values(await counts(owner)).reduce((sum, each) => sum + each, 0);
  const all = async (owner = user) => (await passkeys.list(pool, owner, { limit: 60 })).items.map(({ id }) => id);
  return { ...stores, pool, user, pending, begin, add, find, count, counts, all };
}

export function passkeyStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a passkey store`, () => {
    test('keeps the one registration that has begun, until its time is over', async () => {
      const { passkeys, pool, user, begin, pending, clock } = await somebody(open);
      expect(await passkeys.pending(pool, user)).toBeUndefined();
      await begin('a');
      await begin('b');
      expect(await passkeys.pending(pool, user)).toEqual(pending('b'));
      clock.advance(1000);
      expect(await passkeys.pending(pool, user)).toBeUndefined();
    });

    test('keeps a passkey whole, and counts it', async () => {
      const { passkeys, pool, user, begin, find, count } = await somebody(open);
      await begin();
      const passkey = aPasskey(user, 'AAAA', { counter: 7, transports: [], attachment: undefined });
      expect(await passkeys.add(pool, user, passkey, by('c'))).toBe('added');
      expect(await find()).toEqual(passkey);
      expect(await count()).toBe(1);
      expect(await passkeys.pending(pool, user)).toBeUndefined();
    });

    test('keeps the count beside every other write of the user', async () => {
      const { users, pool, user, add, count } = await somebody(open);
      await add('a');
      expect(await users.save(pool, user, { ...user, enabled: false })).toBe('changed');
      const current = await users.find(pool, 'Ada');
      if (!current) throw new Error('There is no such user');
      expect(await users.save(pool, current, { ...current, enabled: false })).toBe('saved');
      expect(await count()).toBe(1);
    });

    test('counts by relying party, beside every other write of the user', async () => {
      const { users, passkeys, pool, user, begin, counts } = await somebody(open);
      for (const [id, relyingPartyId] of [
        ['AAAA', 'a-b.example'],
        ['BBBB', 'a.b-example'],
        ['CCCC', 'a.b-example'],
      ] as const) {
        await begin(id);
        expect(await passkeys.add(pool, user, aPasskey(user, id, { relyingPartyId }), by(id))).toBe('added');
      }
      expect(await counts()).toEqual({ 'a-b.example': 1, 'a.b-example': 2 });
      expect(await passkeys.remove(pool, user, 'BBBB')).toBe(true);
      expect(await passkeys.remove(pool, user, 'AAAA')).toBe(true);
      expect(await counts()).toEqual({ 'a-b.example': 0, 'a.b-example': 1 });
      const current = await users.find(pool, 'Ada');
      if (!current) throw new Error('There is no such user');
      expect(await users.save(pool, current, { ...current, enabled: false })).toBe('saved');
      expect(await counts()).toEqual({ 'a.b-example': 1 });
      await begin('DDDD');
      expect(await passkeys.add(pool, user, aPasskey(user, 'DDDD'), by('DDDD', 1))).toBe('full');
    });

    test('adds nothing by a registration that was replaced, ended, or is of somebody else', async () => {
      const { passkeys, pool, user, begin, all, count, ...stores } = await somebody(open);
      const eve = await storedUser(stores, pool, 'Eve');
      await begin('old');
      await begin('new');
      expect(await passkeys.add(pool, user, aPasskey(user), by('old'))).toBe('over');
      expect(await passkeys.add(pool, eve, aPasskey(eve), by('new'))).toBe('over');
      expect(await passkeys.add(pool, user, aPasskey(user), by('new'))).toBe('added');
      expect(await passkeys.add(pool, user, aPasskey(user, 'BBBB'), by('new'))).toBe('over');
      expect([await all(), await all(eve), await count()]).toEqual([['AAAA'], [], 1]);
    });

    test('has each id once in a pool, whoever comes first', async () => {
      const { add, all, pool, ...stores } = await somebody(open);
      const eve = await storedUser(stores, pool, 'Eve');
      expect(tally(await Promise.all([add('AAAA'), add('AAAA', eve)]))).toEqual({ added: 1, taken: 1 });
      expect([...(await all()), ...(await all(eve))]).toEqual(['AAAA']);
    });

    test('tells long ids apart, and long ones from their digests', async () => {
      const { add, find } = await somebody(open);
      const [one, other] = ['a'.repeat(1364), `${'a'.repeat(1363)}b`];
      expect([await add(one), await add(other)]).toEqual(['added', 'added']);
      expect([(await find(one))?.id, (await find(other))?.id]).toEqual([one, other]);
      expect(await find('#')).toBeUndefined();
    });

    test('never has more than the most, however many are added at once', async () => {
      const { add, all, count, ...stores } = await somebody(open);
      for (const id of ['a', 'b', 'c']) expect(await add(id, undefined, 3)).toBe('added');
      expect(await add('d', undefined, 3)).toBe('full');
      expect(await stores.passkeys.remove(stores.pool, stores.user, 'a')).toBe(true);
      expect(await add('d', undefined, 3)).toBe('added');
      expect([await all(), await count()]).toEqual([['b', 'c', 'd'], 3]);
    });

    test('gives one registration one passkey, however many answer it at once', async () => {
      const { passkeys, pool, user, begin, count } = await somebody(open);
      await begin();
      const outcomes = await inParallel(8, (at) => passkeys.add(pool, user, aPasskey(user, `id${at}`), by('c')));
      expect(tally(outcomes)).toEqual({ added: 1, over: 7 });
      expect(await count()).toBe(1);
    });

    test('notes counters that rise, and those that never do', async () => {
      const { passkeys, pool, user, add, find } = await somebody(open);
      await add('AAAA');
      const used = (counter: number) => passkeys.used(pool, user, 'AAAA', counter);
      expect([await used(0), await used(0), await used(5), await used(5), await used(4), await used(0)]).toEqual([
        'noted',
        'noted',
        'noted',
        'stale',
        'stale',
        'stale',
      ]);
      expect(await find()).toMatchObject({ counter: 5 });
      expect(tally(await inParallel(6, () => used(6)))).toEqual({ noted: 1, stale: 5 });
      expect(await passkeys.used(pool, user, 'BBBB', 9)).toBe('stale');
      expect(await passkeys.used(pool, newUser(pool, 'Ada'), 'AAAA', 9)).toBe('stale');
    });

    test('removes a passkey once, and frees its id', async () => {
      const { passkeys, pool, user, add, count, ...stores } = await somebody(open);
      const eve = await storedUser(stores, pool, 'Eve');
      await add('AAAA');
      expect(await passkeys.remove(pool, eve, 'AAAA')).toBe(false);
      const outcomes = await inParallel(5, () => passkeys.remove(pool, user, 'AAAA'));
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await count()).toBe(0);
      expect(await add('AAAA', eve)).toBe('added');
    });

    test('lists page by page, for the very user', async () => {
      const { passkeys, pool, user, add } = await somebody(open);
      for (const id of ['a', 'b', 'c']) await add(id);
      const first = await passkeys.list(pool, user, { limit: 2 });
      const second = await passkeys.list(pool, user, { limit: 2, after: first.next });
      expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['a', 'b', 'c']);
      expect(await passkeys.list(pool, newUser(pool, 'Ada'), { limit: 2 })).toMatchObject({ items: [] });
    });

    test('has nothing of a former user of the name, whose ids are free', async () => {
      const { users, passkeys, pool, user, add, begin, all, ...stores } = await somebody(open);
      await add('AAAA');
      await begin('left');
      const current = await users.find(pool, 'Ada');
      expect(current && (await users.remove(pool, current))).toBe('removed');
      const next = await storedUser({ users }, pool, 'Ada');
      expect(await passkeys.pending(pool, next)).toBeUndefined();
      expect(await all(next)).toEqual([]);
      expect(await stores.find('AAAA')).toBeUndefined();
      expect(await add('AAAA', next)).toBe('added');
      expect(await passkeys.add(pool, user, aPasskey(user, 'BBBB'), by('left'))).toBe('over');
    });

    test('passes over what a former user of the name has left to a job', async () => {
      const { users, families, passkeys, pool, user, add } = await somebody(open);
      for (const id of ['a', 'b', 'd', 'e']) await add(id);
      await inParallel(110, () => families.revoke(pool, 'Ada', randomUUID(), 9_999_999_999_999));
      const current = await users.find(pool, 'Ada');
      expect(current && (await users.remove(pool, current))).toHaveProperty('rest');
      const next = await storedUser({ users }, pool, 'Ada');
      for (const id of ['c', 'f']) await add(id, next);
      const listed = async (limit: number) => (await passkeys.list(pool, next, { limit })).items.map(({ id }) => id);
      expect([await listed(1), await listed(2), await listed(20)]).toEqual([['c'], ['c', 'f'], ['c', 'f']]);
      expect([await passkeys.find(pool, next, 'a'), await passkeys.remove(pool, next, 'a')]).toEqual([
        undefined,
        false,
      ]);
      expect(await passkeys.find(pool, user, 'c')).toBeUndefined();
    });

    test('does not let a user go while a passkey comes: one of both sees the other', async () => {
      const { users, pool, add, user, ...stores } = await somebody(open);
      const current = await users.find(pool, 'Ada');
      const [added, removed] = await Promise.all([add('AAAA'), current && users.remove(pool, current)]);
      if (added === 'added') expect(removed).toBe('changed');
      else expect([added, removed]).toEqual(['over', 'removed']);
      expect(await stores.find('AAAA')).toEqual(added === 'added' ? expect.anything() : undefined);
    });
  });
}
