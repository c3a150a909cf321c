/** What every store of the look of classic pages promises. */
import { describe, expect, test } from 'vitest';
import { everyClient, type UiCustomization } from '../../lambdas/core/model/ui-customization.ts';
import { purgePool } from '../support/worker.ts';
import { inParallel, newClient, type OpenAll, storedPool, tally } from './open-stores.ts';

export const newLook = (poolId: string, clientId: string, members: Partial<UiCustomization> = {}): UiCustomization => ({
  poolId,
  clientId,
  css: '.logo-customizable { max-width: 60%; }',
  logo: { type: 'PNG', bytes: new Uint8Array(102_400).fill(7) },
  createdAt: 5,
  modifiedAt: 6,
  version: 0,
  ...members,
});

const noBound = Number.POSITIVE_INFINITY;

export function uiCustomizationStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a store of UI customization`, () => {
    test('gives back what was added for a client and for all, each with the largest CSS and logo', async () => {
      const { pools, clients, uiCustomizations } = open();
      const pool = await storedPool({ pools });
      const client = newClient(pool);
      await clients.add(client, 1000);
      const css = 'x'.repeat(131_072);
      const logo = { type: 'JPEG', bytes: Uint8Array.of(1) } as const;
      const [own, shared] = [newLook(pool.id, client.id, { css }), newLook(pool.id, everyClient, { css, logo })];
      expect(await uiCustomizations.find(pool.id, client.id)).toBeUndefined();
      expect(await uiCustomizations.add(own, noBound)).toBe('added');
      expect(await uiCustomizations.find(pool.id, everyClient)).toBeUndefined();
      expect(await uiCustomizations.add(shared, noBound)).toBe('added');
      expect(await uiCustomizations.find(pool.id, client.id)).toEqual(own);
      expect(await uiCustomizations.find(pool.id, everyClient)).toEqual(shared);
    });

    test('keeps CSS without a logo, and a logo without CSS', async () => {
      const { pools, uiCustomizations } = open();
      for (const members of [{ logo: undefined }, { css: undefined }]) {
        const { id } = await storedPool({ pools });
        const look = newLook(id, everyClient, members);
        await uiCustomizations.add(look, noBound);
        expect(await uiCustomizations.find(id, everyClient)).toStrictEqual(look);
      }
    });

    test('adds one to each, and none to a client or a pool that is gone', async () => {
      const { pools, clients, uiCustomizations } = open();
      const pool = await storedPool({ pools });
      const client = newClient(pool);
      await clients.add(client, 1000);
      const outcomes = await inParallel(4, () => uiCustomizations.add(newLook(pool.id, client.id), noBound));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 3 });
      await clients.remove(client);
      expect(await uiCustomizations.find(pool.id, client.id)).toBeUndefined();
      expect(await uiCustomizations.add(newLook(pool.id, client.id), noBound)).toBe('taken');
      expect(await uiCustomizations.add(newLook('us-east-1_nobody', everyClient), noBound)).toBe('pool gone');
    });

    test('lets one of several changes of the same version win, and none come after the client has gone', async () => {
      const { pools, clients, uiCustomizations } = open();
      const pool = await storedPool({ pools });
      const client = newClient(pool);
      await clients.add(client, 1000);
      const look = newLook(pool.id, client.id);
      await uiCustomizations.add(look, noBound);
      const outcomes = await inParallel(4, (index) =>
        uiCustomizations.save(look, { ...look, modifiedAt: index, logo: undefined }),
      );
      expect(tally(outcomes)).toEqual({ saved: 1, changed: 3 });
      const after = { ...look, modifiedAt: outcomes.indexOf('saved'), logo: undefined, version: 1 };
      expect(await uiCustomizations.find(pool.id, client.id)).toEqual(after);
      await clients.remove(client);
      expect(await uiCustomizations.save(after, after)).toBe('changed');
      expect(await uiCustomizations.find(pool.id, client.id)).toBeUndefined();
    });

    test('removes the version that was read, once', async () => {
      const { pools, uiCustomizations } = open();
      const { id } = await storedPool({ pools });
      const look = newLook(id, everyClient);
      await uiCustomizations.add(look, noBound);
      expect(tally(await inParallel(3, () => uiCustomizations.remove(look)))).toEqual({ removed: 1, changed: 2 });
      expect(await uiCustomizations.find(id, everyClient)).toBeUndefined();
    });

    test('keeps nothing of a pool that is gone', async () => {
      const { pools, uiCustomizations, worker } = open();
      const pool = await storedPool({ pools });
      const look = newLook(pool.id, everyClient);
      await uiCustomizations.add(look, noBound);
      await pools.remove(pool);
      expect(await uiCustomizations.save(look, look)).toBe('changed');
      await purgePool(worker, pool.id);
      expect(await uiCustomizations.find(pool.id, everyClient)).toBeUndefined();
    });
  });
}
