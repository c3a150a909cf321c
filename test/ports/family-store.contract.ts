/** What every family store promises. */

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { inParallel, newPool, type OpenAll, tally } from './open-stores.ts';

function aFamily(open: OpenAll) {
  const stores = open();
  const [pool, jti] = [newPool(), randomUUID()];
  const expiresAt = stores.clock.now() + 86_400_000;
  return {
    ...stores,
    pool,
    find: () => stores.families.find(pool, 'ada', jti),
    revoke: () => stores.families.revoke(pool, 'ada', jti, expiresAt),
    rotate: (generation: number, grace = 0) =>
      stores.families.rotate(pool, 'ada', jti, { generation, grace, expiresAt }),
  };
}

export function familyStoreContract(name: string, open: OpenAll): void {
  describe(`${name} as a family store`, () => {
    test('knows nothing of a family that was neither revoked nor rotated', async () => {
      expect(await aFamily(open).find()).toBeUndefined();
    });

    test('keeps a revocation, however often it is made', async () => {
      const { find, revoke } = aFamily(open);
      await revoke();
      await revoke();
      expect(await find()).toMatchObject({ revoked: true });
    });

    test('keeps one family apart from another of the same user', async () => {
      const { families, pool, revoke } = aFamily(open);
      await revoke();
      expect(await families.find(pool, 'ada', randomUUID())).toBeUndefined();
    });

    test('has one heir for each generation, however many rotate at once', async () => {
      const { rotate, find, clock } = aFamily(open);
      for (const generation of [0, 1, 2]) {
        clock.advance(1000);
        expect(tally(await inParallel(50, () => rotate(generation)))).toEqual({ rotated: 1, reused: 49 });
        expect(await find()).toEqual({ revoked: false, generation: generation + 1, rotatedAt: clock.now() });
      }
    });

    test('lets the former generation repeat within the grace period, and never after it', async () => {
      const { rotate, clock } = aFamily(open);
      expect(await rotate(0, 10_000)).toBe('rotated');
      clock.advance(9_999);
      expect(await rotate(0, 10_000)).toBe('repeated');
      clock.advance(1);
      expect(await rotate(0, 10_000)).toBe('reused');
    });

    test('lets nothing repeat without a grace period, not even in the same millisecond', async () => {
      const { rotate } = aFamily(open);
      expect([await rotate(0), await rotate(0)]).toEqual(['rotated', 'reused']);
    });

    test('lets nobody repeat who is two generations behind', async () => {
      const { rotate } = aFamily(open);
      await rotate(0, 10_000);
      await rotate(1, 10_000);
      expect(await rotate(0, 10_000)).toBe('reused');
      expect(await rotate(1, 10_000)).toBe('repeated');
    });

    test('does not rotate to a generation that nobody has reached', async () => {
      expect(await aFamily(open).rotate(3)).toBe('reused');
    });

    test('neither rotates nor repeats once it is revoked', async () => {
      const { rotate, revoke, find } = aFamily(open);
      await rotate(0, 10_000);
      await revoke();
      expect([await rotate(0, 10_000), await rotate(1, 10_000)]).toEqual(['revoked', 'revoked']);
      expect(await find()).toMatchObject({ revoked: true, generation: 1 });
    });

    test('stays revoked whether the revocation or a rotation came first', async () => {
      const { rotate, revoke, find } = aFamily(open);
      await Promise.all([rotate(0), revoke(), rotate(1)]);
      expect(await find()).toMatchObject({ revoked: true });
      expect(await rotate(1)).toBe('revoked');
    });
  });
}
