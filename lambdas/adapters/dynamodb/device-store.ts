/** Keeps devices among the rows of their users. One that was forgotten leaves a row outside of the list. */

import type { Device } from '../../core/model/device.ts';
import type { Page } from '../../core/model/page.ts';
import type { Pool } from '../../core/model/pool.ts';
import type { User } from '../../core/model/user.ts';
import type { DeviceStore } from '../../core/ports/device-store.ts';
import { fold } from '../../core/rules/aliases.ts';
import { decodeDevice, encodeDevice, encodeForgotten } from './device-rows.ts';
import { and, has, increase, isAbsent } from './expressions.ts';
import { deviceKeyOf, devicesOfUser, forgottenDeviceKey, isForgottenDeviceKey, userKey } from './keys.ts';
import { listPage } from './paging.ts';
import type { Item, Key, Table, Write } from './table.ts';

type Owner = Pick<User, 'username' | 'sub'>;

export function deviceStore({ table }: { readonly table: Table }): DeviceStore {
  return {
    async find(pool, owner, deviceKey) {
      const keys = Object.values(keysOf(pool, owner, deviceKey));
      const items = (await table.getMany(keys, { consistent: true })).filter(isOf(owner));
      if (items.some(isForgottenDeviceKey)) return 'forgotten';
      const [item] = items;
      return item && decodeDevice(item);
    },

    async add(pool, owner, device) {
      const { live, forgotten } = keysOf(pool, owner, device.key);
      const outcome = await table.transact([
        raiseVersion(pool, owner),
        { put: encodeDevice(live, device), condition: isAbsent },
        { check: forgotten, condition: isAbsent },
      ]);
      if (outcome === 'done') return 'added';
      return outcome.refused[0] ? 'owner gone' : 'taken';
    },

    async save(pool, owner, before, after) {
      const { live } = keysOf(pool, owner, before.key);
      const item = encodeDevice(live, { ...after, version: before.version + 1 });
      const outcome = await table.put(item, and(has('sub', owner.sub), has('n', before.version)));
      return outcome === 'done' ? 'saved' : 'changed';
    },

    async forget(pool, owner, deviceKey, until) {
      const { live, forgotten } = keysOf(pool, owner, deviceKey);
      const outcome = await table.transact([
        { remove: live, condition: has('sub', owner.sub) },
        { put: encodeForgotten(forgotten, owner.sub, until) },
      ]);
      return outcome === 'done';
    },

    async list(pool, owner, page) {
      const found = await listPage(table, devicesOfUser(pool.id, nameOf(pool, owner)), page, decodeDevice);
      return ofOwner(found, owner);
    },
  };
}

/** Rows of somebody who had the name before may still wait for their removal. */
const ofOwner = (page: Page<Device>, { sub }: Owner): Page<Device> => ({
  ...page,
  items: page.items.filter((device) => device.sub === sub),
});

const isOf =
  ({ sub }: Owner) =>
  (item: Item): boolean =>
    item['sub'] === sub;

/** Whoever removes the user on a version has seen all devices until then. */
const raiseVersion = (pool: Pool, owner: Owner): Write => ({
  update: userKey(pool.id, nameOf(pool, owner)),
  change: increase('n', 1),
  condition: has('sub', owner.sub),
});

const keysOf = (pool: Pool, owner: Owner, deviceKey: string): Readonly<Record<'live' | 'forgotten', Key>> => ({
  live: deviceKeyOf(pool.id, nameOf(pool, owner), deviceKey),
  forgotten: forgottenDeviceKey(pool.id, nameOf(pool, owner), deviceKey),
});

const nameOf = (pool: Pool, { username }: Owner): string => fold(pool, 'username', username);
