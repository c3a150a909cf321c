/** What every device store promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Device } from '../../lambdas/core/model/device.ts';
import type { User } from '../../lambdas/core/model/user.ts';
import { inParallel, type OpenAll, storedPool, storedUser, tally } from './open-stores.ts';

type Owner = Pick<User, 'username' | 'sub'>;

async function aPlace(open: OpenAll) {
  const stores = open();
  const pool = await storedPool(stores);
  const ada = await storedUser(stores, pool, 'ada');
  const until = stores.clock.now() + 86_400_000;
  return {
    ...stores,
    pool,
    ada,
    find: (key: string, owner: Owner = ada) => stores.devices.find(pool, owner, key),
    add: (device: Device, owner: Owner = ada) => stores.devices.add(pool, owner, device),
    forget: (key: string, owner: Owner = ada) => stores.devices.forget(pool, owner, key, until),
    keys: async (owner: Owner = ada) => {
      const { items } = await stores.devices.list(pool, owner, { limit: 60 });
      return items.map(({ key }) => key);
    },
  };
}

const aDevice = (owner: { readonly sub: string }, members: Partial<Device> = {}): Device => ({
  key: `us-east-1_${randomUUID()}`,
  sub: owner.sub,
  name: 'a telephone',
  remembered: true,
  verifier: new Uint8Array([1, 2, 3]),
  createdAt: 1,
  modifiedAt: 2,
  authenticatedAt: 3,
  lastAddress: '192.0.2.1',
  version: 1,
  ...members,
});

/** Of the same name, later. */
const another = { username: 'ada', sub: randomUUID() };

export function deviceStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a device store`, () => {
    test('gives back what was added, with all of its members or the fewest', async () => {
      const { ada, add, find } = await aPlace(open);
      const full = aDevice(ada);
      const bare = aDevice(ada, { name: undefined, lastAddress: undefined, remembered: false });
      for (const device of [full, bare]) {
        expect(await add(device)).toBe('added');
        expect(await find(device.key)).toEqual(device);
      }
    });

    test('knows nothing of a key that was never added', async () => {
      const { find, forget } = await aPlace(open);
      expect(await find('us-east-1_0')).toBeUndefined();
      expect(await forget('us-east-1_0')).toBe(false);
      expect(await find('us-east-1_0')).toBeUndefined();
    });

    test('adds a key once, however many do at once', async () => {
      const { ada, add } = await aPlace(open);
      const device = aDevice(ada);
      expect(tally(await inParallel(20, () => add(device)))).toEqual({ added: 1, taken: 19 });
    });

    test('saves over the very version that was read', async () => {
      const { ada, pool, devices, add, find } = await aPlace(open);
      const device = aDevice(ada);
      await add(device);
      const save = (remembered: boolean) => devices.save(pool, ada, device, { ...device, remembered });
      expect(tally(await inParallel(10, () => save(false)))).toEqual({ saved: 1, changed: 9 });
      expect(await find(device.key)).toEqual({ ...device, remembered: false, version: 2 });
    });

    test('forgets once, and neither saves nor adds what was forgotten', async () => {
      const { ada, pool, devices, add, find, forget, keys } = await aPlace(open);
      const device = aDevice(ada);
      await add(device);
      expect(tally((await inParallel(10, () => forget(device.key))).map(String))).toEqual({ true: 1, false: 9 });
      expect(await find(device.key)).toBe('forgotten');
      expect(await devices.save(pool, ada, device, device)).toBe('changed');
      expect(await add(device)).toBe('taken');
      expect(await find(device.key)).toBe('forgotten');
      expect(await keys()).toEqual([]);
    });

    test('lists page by page, without those that were forgotten', async () => {
      const { ada, pool, devices, add, forget } = await aPlace(open);
      const all = Array.from({ length: 5 }, () => aDevice(ada));
      for (const device of all) await add(device);
      await forget(all[0]?.key ?? '');
      const first = await devices.list(pool, ada, { limit: 3 });
      const second = await devices.list(pool, ada, { limit: 3, after: first.next });
      expect(first.items).toHaveLength(3);
      const found = [...first.items, ...second.items].map(({ key }) => key);
      expect(found.toSorted()).toEqual(
        all
          .slice(1)
          .map(({ key }) => key)
          .toSorted(),
      );
    });

    test('keeps users apart, and those of one name after another', async () => {
      const { ada, pool, devices, add, find, forget, keys } = await aPlace(open);
      const bob = { username: 'bob', sub: randomUUID() };
      const device = aDevice(ada);
      await add(device);
      for (const other of [bob, another]) {
        expect(await find(device.key, other)).toBeUndefined();
        expect(await forget(device.key, other)).toBe(false);
        expect(await devices.save(pool, other, device, device)).toBe('changed');
        expect(await keys(other)).toEqual([]);
      }
      expect(await find(device.key)).toEqual(device);
    });

    test('adds nothing to somebody who is gone, and leaves nothing of somebody who goes meanwhile', async () => {
      const { ada, pool, users, add, find, keys } = await aPlace(open);
      await Promise.all([users.remove(pool, ada), ...Array.from({ length: 5 }, () => add(aDevice(ada)))]);
      // Whoever removes on a version that a device has raised reads again.
      const rest = await users.find(pool, 'ada');
      if (rest) expect(await users.remove(pool, rest)).toBe('removed');
      const late = aDevice(ada);
      expect(await add(late)).toBe('owner gone');
      expect(await find(late.key)).toBeUndefined();
      expect(await keys()).toEqual([]);
    });
  });
}
