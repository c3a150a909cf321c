/** What every ring store promises. */
import { describe, expect, test } from 'vitest';
import type { Ring, RingStore } from '../../lambdas/core/ports/ring-store.ts';
import { inParallel, tally } from './open-stores.ts';

const ring = (version: number) => ({
  version,
  wrapped: new Uint8Array([version % 256, 0, 255]),
  createdAt: 1000 + version,
});

/** `openEmpty` answers a store that has no ring yet: all rings of a deployment are one list. */
export function ringStoreContract(name: string, openEmpty: () => Promise<RingStore>): void {
  describe(`${name} as a ring store`, () => {
    test('has no newest ring before one was added', async () => {
      const rings = await openEmpty();
      expect(await rings.newest()).toBeUndefined();
      expect(await rings.find(1)).toBeUndefined();
    });

    test('gives back each version, and the highest number as the newest', async () => {
      const rings = await openEmpty();
      for (const version of [1, 2, 9, 10, 11]) expect(await rings.add(ring(version))).toBe('added');
      expect(plain(await rings.newest())).toEqual(ring(11));
      expect(plain(await rings.find(9))).toEqual(ring(9));
      expect(await rings.find(3)).toBeUndefined();
    });

    test('adds a version once, however many ask at once, and keeps the first', async () => {
      const rings = await openEmpty();
      const outcomes = await inParallel(20, (index) => rings.add({ ...ring(1), createdAt: index }));
      expect(tally(outcomes)).toEqual({ added: 1, taken: 19 });
      expect((await rings.find(1))?.createdAt).toBe(outcomes.indexOf('added'));
    });
  });
}

const plain = (found: Ring | undefined) => found && { ...found, wrapped: new Uint8Array(found.wrapped) };
