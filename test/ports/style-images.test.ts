/** Images of styles as rows: whole for whoever reads them, and gone when no style has them, whoever was killed meanwhile. */
import { describe, expect, test } from 'vitest';
import { partsOf } from '../../lambdas/adapters/dynamodb/asset-parts.ts';
import { bytesIn } from '../../lambdas/adapters/dynamodb/fields.ts';
import { styleKey } from '../../lambdas/adapters/dynamodb/keys.ts';
import { decodeStyle } from '../../lambdas/adapters/dynamodb/style-rows.ts';
import type { Table } from '../../lambdas/adapters/dynamodb/table.ts';
import type { Wire } from '../../lambdas/adapters/dynamodb/wire.ts';
import type { Style } from '../../lambdas/core/model/style.ts';
import { type Death, mortalWire } from '../support/mortal-wire.ts';
import { ownTables } from '../support/own-table.ts';
import { anImage, current, imageRows, jobRows, newStyle, read, runDue } from '../support/style-images.ts';
import { testWire } from '../support/table.ts';
import { purgePool } from '../support/worker.ts';
import { openDynamodbStores } from './dynamodb-stores.ts';
import { aClock, storedClient } from './open-stores.ts';

const hour = 60 * 60_000;
/** Of two rows. */
const large = (filling: number) => anImage(350_001, filling);
/** Of one. */
const small = (filling: number) => anImage(10, filling, { colorMode: 'DARK' });

/** A table of one's own, with a client that has no style yet; processes share a clock. */
async function aScene() {
  const reach = await ownTables();
  const clock = aClock();
  const table = reach();
  const processOn = (chosen: Table) => openDynamodbStores({ table: chosen, clock, versionCheck: 'always' });
  const stores = processOn(table);
  const client = await storedClient(stores);
  return {
    ...stores,
    table,
    client,
    /** Another one, whose requests take another way. */
    processOver: (wire: Wire) => processOn(reach(wire)),
    processOn,
    runDue: () => runDue(stores.worker),
    imageRows: () => imageRows(table, client.poolId),
    /** Once there is nothing to do any more, there are the images that the style has, and no job. */
    async cleanUp({ poolId, id }: Style): Promise<void> {
      clock.advance(2 * hour);
      await runDue(stores.worker);
      expect(await jobRows(table)).toEqual([]);
      const row = await table.get(styleKey(poolId, id), { consistent: true });
      const named = row ? [...partsOf(decodeStyle(row))] : [];
      expect((await imageRows(table, poolId)).map(({ SK }) => SK).toSorted()).toEqual(named.toSorted());
    },
  };
}

type Scene = Awaited<ReturnType<typeof aScene>>;

/** With a style that has a large image and a small one. */
async function aSceneWithStyle(): Promise<Scene & { readonly style: Style }> {
  const scene = await aScene();
  const style = newStyle(scene.client, { assets: [large(1), small(1)] });
  await scene.styles.add(style, 20);
  return { ...scene, style };
}

/** A process that does something to the table right before the first request that `isMeant` says. */
function interrupted(
  table: Table,
  isMeant: (name: keyof Table, key: string) => boolean,
  meanwhile: () => Promise<unknown>,
) {
  let isDone = false;
  const before = async (name: keyof Table, key = ''): Promise<void> => {
    if (isDone || !isMeant(name, key)) return;
    isDone = true;
    await meanwhile();
  };
  const wrapped: Table = {
    ...table,
    async put(item, options) {
      await before('put', item.SK);
      return table.put(item, options);
    },
    async transact(writes) {
      await before('transact');
      return table.transact(writes);
    },
    async getMany(keys, options) {
      await before('getMany');
      return table.getMany(keys, options);
    },
    async removeMany(keys) {
      await before('removeMany');
      return table.removeMany(keys);
    },
  };
  return wrapped;
}

describe('An image of a million bytes', () => {
  test('stands in rows that the database takes, and comes back as it was', async () => {
    const scene = await aScene();
    const bytes = Uint8Array.from({ length: 1_000_000 }, (_, index) => index % 251);
    const style = newStyle(scene.client, { assets: [anImage(0, 0, { bytes }), small(1)] });
    await scene.styles.add(style, 20);
    const sizes = (await scene.imageRows()).map((row) => bytesIn(row, 'b').length);
    expect(sizes).toEqual([350_000, 350_000, 300_000, 10]);
    expect(await read(scene, style)).toEqual(style);
    await scene.cleanUp(style);
    expect(await read(scene, style)).toEqual(style);
  });
});

describe.each(['before', 'after'] as const)('A process killed %s one of its writes, whichever,', (when) => {
  /** Whether it was killed at all. */
  type Attempt = (death: Death) => Promise<boolean>;

  async function untilNobodyDies(attempt: Attempt, writes: number): Promise<void> {
    let at = 1;
    while (await attempt({ at, when })) at += 1;
    expect(at).toBe(writes + 1);
  }

  test('leaves a style that was added with all of its images, or nothing', async () => {
    // The job, three rows of images, the style.
    await untilNobodyDies(async (death) => {
      const scene = await aScene();
      const style = newStyle(scene.client, { assets: [large(1), small(1)] });
      const wire = mortalWire(testWire(), death);
      await scene
        .processOver(wire)
        .styles.add(style, 20)
        .catch((error) => expect(error).toMatchObject({ message: /killed/ }));
      const isAdded = !wire.hasDied() || (death.at === 5 && when === 'after');
      expect(await read(scene, style)).toEqual(isAdded ? style : undefined);
      await scene.cleanUp(style);
      expect(await read(scene, style)).toEqual(isAdded ? style : undefined);
      expect(await scene.imageRows()).toHaveLength(isAdded ? 3 : 0);
      return wire.hasDied();
    }, 5);
  });

  test('leaves a style that was changed with all images as they were, or all as they are', async () => {
    // The job, two rows of the new image, the style.
    await untilNobodyDies(async (death) => {
      const scene = await aSceneWithStyle();
      const { style } = scene;
      const wire = mortalWire(testWire(), death);
      const killed = scene.processOver(wire);
      const before = await current(killed, style);
      const [, kept] = before.assets;
      if (!kept) throw new Error('There is no image to keep.');
      await killed.styles
        .save(before, { ...before, assets: [kept, large(2)] })
        .catch((error) => expect(error).toMatchObject({ message: /killed/ }));
      const isSaved = !wire.hasDied() || (death.at === 4 && when === 'after');
      const expected = isSaved ? { ...style, assets: [small(1), large(2)], version: 1 } : style;
      expect(await read(scene, style)).toEqual(expected);
      await scene.cleanUp(style);
      expect(await read(scene, style)).toEqual(expected);
      expect(await scene.imageRows()).toHaveLength(3);
      return wire.hasDied();
    }, 4);
  });

  test('leaves no image of a style that was removed, by itself or with its client', async () => {
    for (const what of ['style', 'client'] as const) {
      await untilNobodyDies(async (death) => {
        const scene = await aSceneWithStyle();
        const { style, client } = scene;
        const wire = mortalWire(testWire(), death);
        const { styles, clients } = scene.processOver(wire);
        const removing = what === 'style' ? styles.remove(await current(scene, style)) : clients.remove(client);
        await removing.catch((error) => expect(error).toMatchObject({ message: /killed/ }));
        const isRemoved = !wire.hasDied() || when === 'after';
        expect(await read(scene, style)).toEqual(isRemoved ? undefined : style);
        await scene.cleanUp(style);
        expect(await scene.imageRows()).toHaveLength(isRemoved ? 0 : 3);
        return wire.hasDied();
      }, 1);
    }
  });
});

describe('A writer whose images a worker took for abandoned', () => {
  const lastWrite = (name: keyof Table) => name === 'transact';

  test('adds no style', async () => {
    const scene = await aScene();
    const style = newStyle(scene.client, { assets: [large(1)] });
    const late = interrupted(scene.table, lastWrite, async () => {
      scene.clock.advance(2 * hour);
      await scene.runDue();
    });
    expect(await scene.processOn(late).styles.add(style, 20)).toBe('taken');
    expect(await scene.imageRows()).toEqual([]);
    expect(await read(scene, style)).toBeUndefined();
    await scene.cleanUp(style);
  });

  test('changes nothing, even when that worker has only begun', async () => {
    const scene = await aSceneWithStyle();
    const { style, worker, clock, table } = scene;
    const late = interrupted(table, lastWrite, async () => {
      clock.advance(2 * hour);
      const [id = ''] = await worker.jobStore.due(clock.now());
      const lease = { token: 'of a worker that dies', now: clock.now(), until: clock.now() + 1 };
      expect(await worker.jobStore.lease(id, lease)).toBeDefined();
    });
    const before = await current(scene, style);
    const after = { ...before, assets: [large(2)] };
    expect(await scene.processOn(late).styles.save(before, after)).toBe('changed');
    expect(await read(scene, style)).toEqual(style);
    await scene.cleanUp(style);
    expect(await read(scene, style)).toEqual(style);
    expect(await scene.styles.save(before, after)).toBe('saved');
    await scene.cleanUp(style);
  });

  test('leaves nothing in a pool that was purged meanwhile', async () => {
    const scene = await aSceneWithStyle();
    const { pools, client, table, worker } = scene;
    const style = newStyle(await storedClient(scene, client.poolId), { assets: [large(1)] });
    const late = interrupted(
      table,
      (name, key) => name === 'put' && key.startsWith('BA#'),
      async () => {
        const pool = await pools.read(client.poolId);
        if (pool) await pools.remove(pool);
        await purgePool(worker, client.poolId);
      },
    );
    expect(await scene.processOn(late).styles.add(style, 20)).toBe('pool gone');
    expect(await scene.imageRows()).not.toEqual([]);
    await scene.cleanUp(style);
    expect(await scene.imageRows()).toEqual([]);
  });
});

describe('A worker that removes what a style had', () => {
  test('leaves what a change has brought since it looked', async () => {
    const scene = await aSceneWithStyle();
    const { style, styles, table, clock } = scene;
    const first = await current(scene, style);
    await styles.save(first, { ...first, assets: [large(2), small(2)] });
    const slow = interrupted(
      table,
      (name) => name === 'removeMany',
      async () => {
        const now = await current(scene, style);
        await styles.save(now, { ...now, assets: [...now.assets.slice(0, 1), small(3)] });
      },
    );
    await runDue(scene.processOn(slow).worker);
    expect(await read(scene, style)).toEqual({ ...style, assets: [large(2), small(3)], version: 2 });
    clock.advance(1);
    await scene.cleanUp(style);
    expect(await read(scene, style)).toEqual({ ...style, assets: [large(2), small(3)], version: 2 });
  });
});

describe('A reader of a style', () => {
  test('is shown the next version when the images of what it has read are gone', async () => {
    const scene = await aSceneWithStyle();
    const { style, styles, table, client } = scene;
    const replace = async () => {
      const now = await current(scene, style);
      await styles.save(now, { ...now, assets: [large(2), small(2)] });
      await scene.runDue();
    };
    const reading = (meanwhile: () => Promise<unknown>) =>
      scene.processOn(interrupted(table, (name) => name === 'getMany', meanwhile)).styles;
    const next = { ...style, assets: [large(2), small(2)], version: 1 };
    expect(await read({ styles: reading(replace) }, style)).toEqual(next);
    const remove = async () => {
      await styles.remove(await current(scene, style));
      await scene.runDue();
    };
    expect(await reading(remove).findOfClient(client.poolId, client.id)).toBeUndefined();
  });

  test('never sees an image of one version beside one of another', async () => {
    const scene = await aSceneWithStyle();
    const { style, styles } = scene;
    let isWriting = true;
    const write = async () => {
      for (let filling = 2; filling < 12; filling++) {
        const now = await current(scene, style);
        expect(await styles.save(now, { ...now, assets: [large(filling), small(filling)] })).toBe('saved');
        await scene.runDue();
      }
      isWriting = false;
    };
    const seen = new Set<number>();
    const watch = async () => {
      while (isWriting) {
        const { assets, version } = await current(scene, style);
        const fillings = new Set(assets.flatMap(({ bytes }) => [...new Set(bytes)]));
        expect([assets.length, ...fillings]).toEqual([2, version + 1]);
        seen.add(version);
      }
    };
    await Promise.all([write(), watch(), watch(), watch()]);
    expect(seen.size).toBeGreaterThan(1);
    await scene.cleanUp(style);
  });

  test('is told of images that are lost', async () => {
    const scene = await aSceneWithStyle();
    const [row] = await scene.imageRows();
    if (row) await scene.table.remove(row);
    await expect(read(scene, scene.style)).rejects.toThrow('rows of its images are missing');
  });
});
