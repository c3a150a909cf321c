/** What every sealer promises. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Place, Sealer } from '../../lambdas/core/ports/sealer.ts';

const place: Place = { purpose: 'session', poolId: 'us-east-1_aBcDeF123', item: 'ada' };
const secret = Buffer.from('what nobody else may read');

/** `make` answers a sealer whose keys no other one has. */
export function sealerContract(name: string, make: () => Sealer | Promise<Sealer>): void {
  describe(`${name} as a sealer`, () => {
    test('opens what it sealed, whatever that is', async () => {
      const sealer = await make();
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 5_000 }), fc.string(), async (plain, item) => {
          const sealed = await sealer.seal(plain, { ...place, item });
          expect(new Uint8Array((await sealer.open(sealed, { ...place, item })) ?? [])).toEqual(plain);
        }),
      );
    });

    test('shows nothing of what is inside, and seals the same value differently each time', async () => {
      const sealer = await make();
      const [first, second] = [await sealer.seal(secret, place), await sealer.seal(secret, place)];
      expect(Buffer.from(first).includes('nobody')).toBe(false);
      expect(first).not.toEqual(second);
    });

    test('does not open what has a single bit flipped', async () => {
      const sealer = await make();
      const sealed = await sealer.seal(secret, place);
      for (let bit = 0; bit < sealed.length * 8; bit++) {
        const flipped = Uint8Array.from(sealed, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
        expect(await sealer.open(flipped, place)).toBeUndefined();
      }
    });

    test('does not open what was cut, extended or never sealed', async () => {
      const sealer = await make();
      const sealed = await sealer.seal(secret, place);
      for (let length = 0; length < sealed.length; length++) {
        expect(await sealer.open(sealed.subarray(0, length), place)).toBeUndefined();
      }
      expect(await sealer.open(Buffer.concat([sealed, Buffer.of(0)]), place)).toBeUndefined();
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (noise) => {
          expect(await sealer.open(noise, place)).toBeUndefined();
        }),
      );
    });

    test('does not open what was moved to another purpose, pool or item', async () => {
      const sealer = await make();
      const sealed = await sealer.seal(secret, place);
      const elsewhere: Place[] = [
        { ...place, purpose: 'srp' },
        { ...place, poolId: 'us-east-1_aBcDeF124' },
        { ...place, item: 'adb' },
        { ...place, item: '' },
        // The same letters in a row, cut elsewhere.
        { ...place, poolId: 'us-east-1_aBcDeF12', item: '3ada' },
        { ...place, poolId: 'us-east-1_aBcDeF123a', item: 'da' },
      ];
      for (const other of elsewhere) expect(await sealer.open(sealed, other)).toBeUndefined();
    });

    test('does not open what was moved, wherever from and to', async () => {
      const sealer = await make();
      const anyPlace = fc.record({
        purpose: fc.constantFrom('password' as const, 'refresh-token' as const, 'client-secret' as const),
        poolId: fc.string({ maxLength: 4 }),
        item: fc.string({ maxLength: 4 }),
      });
      await fc.assert(
        fc.asyncProperty(anyPlace, anyPlace, async (from, to) => {
          const isSame = from.purpose === to.purpose && from.poolId === to.poolId && from.item === to.item;
          const opened = await sealer.open(await sealer.seal(secret, from), to);
          expect(opened === undefined).toBe(!isSame);
        }),
      );
    });

    test('does not open what another one sealed', async () => {
      const [sealer, other] = [await make(), await make()];
      expect(await other.open(await sealer.seal(secret, place), place)).toBeUndefined();
    });

    test('digests the same text in the same place to the same 32 bytes, and to others elsewhere', async () => {
      const [sealer, other] = [await make(), await make()];
      const digest = await sealer.digest('123456', { purpose: 'code', poolId: place.poolId });
      expect(digest).toHaveLength(32);
      expect(await sealer.digest('123456', { purpose: 'code', poolId: place.poolId })).toEqual(digest);
      const others = await Promise.all([
        sealer.digest('123457', { purpose: 'code', poolId: place.poolId }),
        sealer.digest('123456', { purpose: 'simulated-user', poolId: place.poolId }),
        sealer.digest('123456', { purpose: 'code', poolId: 'us-east-1_aBcDeF124' }),
        other.digest('123456', { purpose: 'code', poolId: place.poolId }),
      ]);
      for (const different of others) expect(different).not.toEqual(digest);
    });
  });
}
