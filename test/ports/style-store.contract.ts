/** What every store of styles promises. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { current, anImage as image, newStyle, read } from '../support/style-images.ts';
import { purgePool } from '../support/worker.ts';
import { inParallel, type OpenAll, storedClient, tally } from './open-stores.ts';

export function styleStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of styles`, () => {
    test('gives back a style as it was added, by its id and by its client', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const settings = { components: { form: { borderRadius: 8 } }, order: ['a', ['b', true]] };
      const assets = [
        image(1_000_000),
        image(1, 1, { colorMode: 'DARK' }),
        image(350_001, 2, { category: 'IDP_BUTTON_ICON', resourceId: 'Google', extension: 'SVG' }),
      ];
      const style = newStyle(client, { settings, assets });
      expect(await read(stores, style)).toBeUndefined();
      expect(await stores.styles.findOfClient(client.poolId, client.id)).toBeUndefined();
      expect(await stores.styles.add(style, 20)).toBe('added');
      expect(await read(stores, style)).toEqual(style);
      expect(await stores.styles.findOfClient(client.poolId, client.id)).toEqual(await current(stores, style));
      expect(await stores.styles.find(randomUUID(), style.id)).toBeUndefined();
    });

    test('tells a style without settings from one whose settings are empty', async () => {
      const stores = open();
      const [bare, empty] = [
        newStyle(await storedClient(stores)),
        newStyle(await storedClient(stores), { settings: {} }),
      ];
      for (const style of [bare, empty]) await stores.styles.add(style, 20);
      expect(await read(stores, bare)).toStrictEqual({ ...bare, settings: undefined });
      expect(await read(stores, empty)).toStrictEqual(empty);
    });

    test('adds one to a client, however many ask at once, and none to a client that is gone', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const add = () => stores.styles.add(newStyle(client, { assets: [image(10)] }), 20);
      expect(tally(await inParallel(5, add))).toEqual({ added: 1, taken: 4 });
      await stores.clients.remove(client);
      expect(await add()).toBe('taken');
    });

    test('adds none to a pool that is not there, nor more than a pool has room for', async () => {
      const stores = open();
      const first = await storedClient(stores);
      const others = await inParallel(6, () => storedClient(stores, first.poolId));
      const outcomes = await Promise.all(others.map((client) => stores.styles.add(newStyle(client), 3)));
      expect(tally(outcomes)).toEqual({ added: 3, full: 3 });
      const gone = { ...first, poolId: 'us-east-1_nobody' };
      expect(await stores.styles.add(newStyle(gone), 3)).toBe('pool gone');
    });

    test('lets one of several changes of the same version win, with all of its images', async () => {
      const stores = open();
      const style = newStyle(await storedClient(stores), { assets: [image(400_000, 255)] });
      await stores.styles.add(style, 20);
      const before = await current(stores, style);
      const outcomes = await inParallel(4, (index) =>
        stores.styles.save(before, { ...before, modifiedAt: index, assets: [image(400_000, index)] }),
      );
      expect(tally(outcomes)).toEqual({ saved: 1, changed: 3 });
      const won = outcomes.indexOf('saved');
      const after = { ...style, modifiedAt: won, assets: [image(400_000, won)], version: 1 };
      expect(await read(stores, style)).toEqual(after);
    });

    test('keeps the images that a change leaves, and takes in those that are new', async () => {
      const stores = open();
      const [light, dark] = [image(360_000, 1), image(360_000, 2, { colorMode: 'DARK' })];
      const style = newStyle(await storedClient(stores), { assets: [light] });
      await stores.styles.add(style, 20);
      const before = await current(stores, style);
      await stores.styles.save(before, { ...before, assets: [...before.assets, dark] });
      expect(await read(stores, style)).toEqual({ ...style, assets: [light, dark], version: 1 });
      const [kept] = (await current(stores, style)).assets;
      expect(kept?.place).toEqual(before.assets[0]?.place);
    });

    test('removes the version that was read, once, and its client may have another one', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const style = newStyle(client, { assets: [image(10)] });
      await stores.styles.add(style, 1);
      const before = await current(stores, style);
      await stores.styles.save(before, { ...before, settings: {} });
      expect(await stores.styles.remove(before)).toBe('changed');
      const now = await current(stores, style);
      expect(tally(await inParallel(4, () => stores.styles.remove(now)))).toEqual({ removed: 1, changed: 3 });
      expect(await stores.styles.save(now, now)).toBe('changed');
      expect(await stores.styles.findOfClient(client.poolId, client.id)).toBeUndefined();
      expect(await stores.styles.add(newStyle(client), 1)).toBe('added');
    });

    test('lets a style go with its client, which makes room for another one', async () => {
      const stores = open();
      const client = await storedClient(stores);
      const other = await storedClient(stores, client.poolId);
      const style = newStyle(client, { assets: [image(10)] });
      await stores.styles.add(style, 1);
      expect(await stores.styles.add(newStyle(other), 1)).toBe('full');
      expect(await stores.clients.remove(client)).toBe('removed');
      expect(await read(stores, style)).toBeUndefined();
      expect(await stores.styles.add(newStyle(other), 1)).toBe('added');
    });

    test('adds a style or removes its client, and never leaves one without the other', async () => {
      const stores = open();
      for (let round = 0; round < 8; round++) {
        const client = await storedClient(stores);
        const style = newStyle(client);
        const [added] = await Promise.all([stores.styles.add(style, 20), stores.clients.remove(client)]);
        const isThere = (await stores.clients.read(client.poolId, client.id)) !== undefined;
        expect((await read(stores, style)) !== undefined).toBe(isThere && added === 'added');
      }
    });

    test('changes nothing in a pool that is gone, and keeps nothing of it', async () => {
      const stores = open();
      const { pools, styles, worker } = stores;
      const client = await storedClient(stores);
      const style = newStyle(client, { assets: [image(10)] });
      await styles.add(style, 20);
      const before = await current(stores, style);
      const pool = await pools.read(client.poolId);
      if (pool) await pools.remove(pool);
      expect(await styles.save(before, before)).toBe('changed');
      await purgePool(worker, client.poolId);
      expect(await read(stores, style)).toBeUndefined();
    });
  });
}
