/** What every source of random bytes promises, the one of the tests as well. */
import { describe, expect, test } from 'vitest';
import type { Random } from '../../lambdas/core/ports/random.ts';

export function randomContract(name: string, make: () => Random): void {
  describe(`${name} as a source of random bytes`, () => {
    test.each([0, 1, 16, 33, 1000])('gives as many bytes as are asked for: %d', (length) => {
      const bytes = make().bytes(length);
      expect(bytes).toBeInstanceOf(Uint8Array);
      expect(bytes).toHaveLength(length);
    });

    test('gives no 16 bytes twice', () => {
      const random = make();
      const drawn = Array.from({ length: 10_000 }, () => Buffer.from(random.bytes(16)).toString('hex'));
      expect(new Set(drawn).size).toBe(drawn.length);
    });

    test('gives every value of a byte, at every place', () => {
      const random = make();
      const seen = Array.from({ length: 4 }, () => new Set<number>());
      // That a place lacks a value after this many draws happens less than once in 10^30 runs.
      for (let draw = 0; draw < 20_000; draw++) {
        for (const [place, byte] of random.bytes(4).entries()) seen[place]?.add(byte);
      }
      expect(seen.map(({ size }) => size)).toEqual([256, 256, 256, 256]);
    });

    test("hands out bytes that are the caller's own", () => {
      const random = make();
      const first = random.bytes(16);
      const copy = Uint8Array.from(first);
      random.bytes(16).fill(0);
      expect(Uint8Array.from(first)).toEqual(copy);
    });
  });
}
