/** What every group store promises, beside what it promises of records. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Group } from '../../lambdas/core/model/group.ts';
import type { Cursor } from '../../lambdas/core/model/page.ts';
import type { Pool } from '../../lambdas/core/model/pool.ts';
import { groupPurgeId } from '../../lambdas/core/rules/job-ids.ts';
import { runJob } from '../../lambdas/worker/run-job.ts';
import { untiring } from '../support/worker.ts';
import {
  inParallel,
  newGroup,
  newPool,
  type OpenAll,
  type OpenStores,
  storedGroup,
  storedPool,
  storedUser,
  tally,
} from './open-stores.ts';

type Reaching = Pick<OpenStores, 'groups' | 'users'>;

const byName = (one: Group, other: Group): number => (one.name < other.name ? -1 : 1);

/** As a token would name them. */
async function groupsOf({ groups, users }: Reaching, pool: Pool, username: string): Promise<readonly string[]> {
  const set = await users.signIn(pool, username);
  const memberships = set.user ? set.memberships : [];
  const found = await groups.behind(pool, memberships);
  expect((await groups.readBehind(pool, memberships)).toSorted(byName)).toEqual(found.toSorted(byName));
  return found.map(({ name }) => name).toSorted();
}

/** Every page until the last. */
async function membersOf({ groups }: Pick<OpenStores, 'groups'>, group: Group, limit = 60): Promise<readonly string[]> {
  const found: string[] = [];
  let after: Cursor | undefined;
  do {
    // As a client holds it: sealed as JSON.
    const page = await groups.members(group, { limit, after: after && JSON.parse(JSON.stringify(after)) });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    found.push(...page.items.map(({ username }) => username));
    after = page.next;
  } while (after);
  return found;
}

export function groupStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of groups`, () => {
    test('gives back a group as it was added, under its name in whatever case', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const group = newGroup(pool, 'Admins', { description: 'd', roleArn: 'arn', precedence: 0 });
      expect(await stores.groups.add(group, 10)).toBe('added');
      for (const asked of ['Admins', 'admins', 'ADMINS']) {
        expect(await stores.groups.find(pool.id, asked)).toEqual(group);
      }
      expect(await stores.groups.find((await storedPool(stores)).id, 'Admins')).toBeUndefined();
    });

    test('adds a name once, whatever its case, and as many as there may be', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const names = ['staff', 'Staff', 'STAFF', 'sTAFF'];
      const outcomes = await Promise.all(names.map((each) => stores.groups.add(newGroup(pool, each), 3)));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 3 });
      const others = await inParallel(6, (index) => stores.groups.add(newGroup(pool, `other ${index}`), 3));
      expect(tally(others)).toEqual({ added: 2, full: 4 });
      expect(await stores.groups.add(newGroup(newPool(), 'staff'), 3)).toBe('pool gone');
    });

    test('saves and removes a group on the version that it was decided on', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      const group = await storedGroup(stores, pool, 'staff');
      const after = { ...group, description: 'new' };
      expect(await stores.groups.save(group, after)).toBe('saved');
      expect(await stores.groups.save(group, group)).toBe('changed');
      expect(await stores.groups.remove(group)).toBe('changed');
      const current = { ...after, version: group.version + 1 };
      expect(await stores.groups.find(pool.id, 'staff')).toEqual(current);
      expect(await stores.groups.remove(current)).toBe('removed');
      expect(await stores.groups.find(pool.id, 'staff')).toBeUndefined();
      expect(await stores.groups.remove(current)).toBe('changed');
    });

    test('lists the groups of a pool in the order of their names', async () => {
      const stores = open();
      const pool = await storedPool(stores);
      await Promise.all(['c', 'B', 'a', 'D'].map((each) => storedGroup(stores, pool, each)));
      const first = await stores.groups.list(pool.id, { limit: 3 });
      const second = await stores.groups.list(pool.id, { limit: 3, after: first.next });
      expect([...first.items, ...second.items].map((group) => group.name)).toEqual(['a', 'B', 'c', 'D']);
    });
  });

  describe(`${name} as a store of memberships`, () => {
    async function furnished(...names: readonly string[]) {
      const stores = open();
      const pool = await storedPool(stores);
      const groups = await Promise.all(names.map((each) => storedGroup(stores, pool, each)));
      const user = await storedUser(stores, pool, 'ada');
      const [group] = groups;
      if (!group) throw new Error('There is no group.');
      const join = (joined: Group = group, most = 100) => stores.groups.join(pool, joined, user, most);
      return { stores, pool, group, all: groups, user, join };
    }

    test('shows a user in the groups that they joined, from both sides', async () => {
      const { stores, pool, all, group, user, join } = await furnished('one', 'two', 'three');
      await storedUser(stores, pool, 'ben');
      for (const joined of all.slice(0, 2)) expect(await join(joined)).toBe('joined');
      expect(await groupsOf(stores, pool, 'ada')).toEqual(['one', 'two']);
      expect(await groupsOf(stores, pool, 'ben')).toEqual([]);
      const { version: _, ...listed } = user;
      expect(await stores.groups.members(group, { limit: 60 })).toEqual({ items: [listed], next: undefined });
      expect(await stores.groups.leave(pool, group, user)).toBe('left');
      expect(await groupsOf(stores, pool, 'ada')).toEqual(['two']);
      expect(await membersOf(stores, group)).toEqual([]);
    });

    test('lets a user join and leave once, however often they are told to', async () => {
      const { stores, pool, group, user, join } = await furnished('one');
      expect(tally(await inParallel(4, () => join()))).toEqual({ joined: 1, 'member already': 3 });
      const left = await inParallel(4, () => stores.groups.leave(pool, group, user));
      expect(tally(left)).toEqual({ left: 1, 'no member': 3 });
      expect(await join()).toBe('joined');
    });

    test('counts the groups of a user exactly, however many are joined at once', async () => {
      const { stores, pool, all, user, join } = await furnished('a', 'b', 'c', 'd', 'e', 'f');
      expect(tally(await Promise.all(all.map((group) => join(group, 4))))).toEqual({ joined: 4, full: 2 });
      const [first] = await groupsOf(stores, pool, 'ada');
      const [inside, outside] = [
        all.find((group) => group.name === first),
        all.find(isNotIn(await groupsOf(stores, pool, 'ada'))),
      ];
      if (!inside || !outside) throw new Error('Four of six groups were not joined.');
      expect([await join(inside, 4), await join(outside, 4)]).toEqual(['member already', 'full']);
      await stores.groups.leave(pool, inside, user);
      expect([await join(outside, 4), await join(inside, 4)]).toEqual(['joined', 'full']);
    });

    test('keeps nobody out for groups that are gone', async () => {
      const { stores, pool, all, join } = await furnished('a', 'b', 'c', 'd', 'e');
      for (const group of all.slice(0, 4)) await join(group, 4);
      for (const group of all.slice(0, 2)) await stores.groups.remove(group);
      const anew = await storedGroup(stores, pool, 'a');
      const another = await storedGroup(stores, pool, 'f');
      const [, , , , last = anew] = all;
      expect([await join(last, 4), await join(anew, 4), await join(another, 4)]).toEqual(['joined', 'joined', 'full']);
      expect(await groupsOf(stores, pool, 'ada')).toEqual(['a', 'c', 'd', 'e']);
    });

    test('keeps nobody out for groups whose memberships were purged', async () => {
      const { stores, pool, all, join } = await furnished('a', 'b', 'c');
      const [one, two, three] = all;
      if (!one || !two || !three) throw new Error('Groups are missing.');
      for (const group of [one, two]) await join(group, 2);
      await stores.groups.remove(one);
      await runJob(stores.worker, groupPurgeId(one.id), untiring);
      expect([await join(three, 2), await join(await storedGroup(stores, pool, 'd'), 2)]).toEqual(['joined', 'full']);
    });

    test('ends with the group, and does not come back with another one of its name', async () => {
      const { stores, pool, group, user, join } = await furnished('one');
      await join();
      expect(await groupsOf(stores, pool, 'ada')).toEqual(['one']);
      await stores.groups.remove(group);
      expect(await groupsOf(stores, pool, 'ada')).toEqual([]);
      const anew = await storedGroup(stores, pool, 'One');
      expect(await groupsOf(stores, pool, 'ada')).toEqual([]);
      expect(await membersOf(stores, anew)).toEqual([]);
      expect(await stores.groups.leave(pool, anew, user)).toBe('no member');
      expect(await join(anew)).toBe('joined');
      await runJob(stores.worker, groupPurgeId(group.id), untiring);
      expect(await groupsOf(stores, pool, 'ada')).toEqual(['One']);
      expect(await membersOf(stores, anew)).toEqual(['ada']);
    });

    test('shows groups as they are by now', async () => {
      const { stores, pool, group, join } = await furnished('one');
      await join();
      await groupsOf(stores, pool, 'ada');
      await stores.groups.save(group, { ...group, precedence: 7 });
      const current = (await stores.pools.find(pool.id)) ?? pool;
      expect(await stores.groups.behind(current, [{ group: 'one', groupId: group.id }])).toMatchObject([
        { precedence: 7, version: group.version + 1 },
      ]);
    });

    test('is refused where group or user are gone, or others of their names', async () => {
      const { stores, pool, group, user, join } = await furnished('one');
      expect(await stores.groups.join(pool, { ...group, id: randomUUID() }, user, 100)).toBe('group gone');
      const { groups } = stores;
      expect(await groups.join(pool, group, { ...user, sub: randomUUID() }, 100)).toBe('user gone');
      expect(await groups.join(pool, group, { ...user, username: 'nobody' }, 100)).toBe('user gone');
      await groups.remove(group);
      expect(await join()).toBe('group gone');
      expect(await groups.leave(pool, group, user)).toBe('no member');
    });

    test('ends with the user, and does not come back with another one of the name', async () => {
      const { stores, pool, group, user, join } = await furnished('one');
      await join();
      expect(await stores.users.remove(pool, user)).toBe('changed');
      const current = await stores.users.find(pool, 'ada');
      if (current) await stores.users.remove(pool, current);
      expect(await membersOf(stores, group)).toEqual([]);
      const next = await storedUser(stores, pool, 'ada');
      expect(await groupsOf(stores, pool, 'ada')).toEqual([]);
      expect(await stores.groups.join(pool, group, next, 1)).toBe('joined');
      expect(await membersOf(stores, group)).toEqual(['ada']);
    });

    test('is not left behind by a user who joins while they are removed', async () => {
      const { stores, pool, group, all } = await furnished('one', 'two', 'three');
      for (let round = 0; round < 5; round++) {
        const user = await storedUser(stores, pool, `user-${round}`);
        const joins = all.map((each) => stores.groups.join(pool, each, user, 100));
        let outcome: unknown = await stores.users.remove(pool, user);
        await Promise.all(joins);
        while (outcome === 'changed') {
          const current = await stores.users.find(pool, user.username);
          outcome = current && (await stores.users.remove(pool, current));
        }
        const next = await storedUser(stores, pool, user.username);
        expect(await groupsOf(stores, pool, user.username)).toEqual([]);
        expect((await stores.users.find(pool, next.username))?.groupCount).toBeUndefined();
      }
      expect(await membersOf(stores, group)).toEqual([]);
    });

    test('lists members page by page, each once, in the order of their names', async () => {
      const { stores, pool, group } = await furnished('one');
      const names = Array.from({ length: 25 }, (_, index) => `user-${String(index).padStart(2, '0')}`);
      const people = await Promise.all(names.map((username) => storedUser(stores, pool, username)));
      await Promise.all(people.map((user) => stores.groups.join(pool, group, user, 100)));
      for (const limit of [1, 7, 25, 60]) expect(await membersOf(stores, group, limit)).toEqual(names);
    });

    test('goes on after the member at which a page ended has left, or is gone', async () => {
      const { stores, pool, group } = await furnished('one');
      const people = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((each) => storedUser(stores, pool, each)));
      for (const user of people) await stores.groups.join(pool, group, user, 100);
      const { next } = await stores.groups.members(group, { limit: 2 });
      const [a, b, c] = people;
      if (!a || !b || !c) throw new Error('People are missing.');
      await stores.groups.leave(pool, group, a);
      const current = await stores.users.find(pool, 'b');
      if (current) await stores.users.remove(pool, current);
      await stores.groups.leave(pool, group, c);
      const { items } = await stores.groups.members(group, { limit: 60, after: next });
      expect(items.map(({ username }) => username)).toEqual(['d', 'e']);
    });
  });
}

const isNotIn =
  (names: readonly string[]) =>
  ({ name }: Group): boolean =>
    !names.includes(name);
