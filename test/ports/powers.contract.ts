/** What everything that computes modular powers promises. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ModularPowers } from '../../lambdas/core/ports/powers.ts';
import { toBytes } from '../../lambdas/core/rules/big-integers.ts';
import { prime, primeLength } from '../../lambdas/core/rules/srp-group.ts';

const minimal = (value: bigint): Buffer => toBytes(value, Math.ceil(value.toString(16).length / 2));

/** The schoolbook way, which takes no care of its timing. */
function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, base];
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

const exponents = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });

export function powersContract(name: string, make: () => ModularPowers): void {
  describe(`${name} as modular powers`, () => {
    test('raises the generator as schoolbook arithmetic does', async () => {
      const powers = make();
      await fc.assert(
        fc.asyncProperty(exponents, async (exponent) => {
          const expected = new Uint8Array(toBytes(power(2n, exponent), primeLength));
          expect(new Uint8Array(await powers.ofGenerator(toBytes(exponent, 32)))).toEqual(expected);
        }),
        { numRuns: 30 },
      );
    });

    test('raises any base, a square modulo N or none', async () => {
      const powers = make();
      await fc.assert(
        fc.asyncProperty(fc.bigInt({ min: 2n, max: prime - 2n }), exponents, async (base, exponent) => {
          const expected = new Uint8Array(toBytes(power(base, exponent), primeLength));
          expect(new Uint8Array(await powers.of(minimal(base), toBytes(exponent, 32)))).toEqual(expected);
        }),
        { numRuns: 30 },
      );
    });

    test('answers 384 bytes, however small the power is', async () => {
      const powers = make();
      const small = new Uint8Array(toBytes(8n, primeLength));
      expect(new Uint8Array(await powers.ofGenerator(Uint8Array.of(3)))).toEqual(small);
      expect(new Uint8Array(await powers.of(toBytes(2n, primeLength), Uint8Array.of(0, 0, 3)))).toEqual(small);
    });

    test('takes exponents of the size of N as well', async () => {
      const powers = make();
      // Fermat: a^(N - 1) = 1.
      const one = new Uint8Array(toBytes(1n, primeLength));
      expect(new Uint8Array(await powers.of(Uint8Array.of(5), minimal(prime - 1n)))).toEqual(one);
    });

    test.each([
      ['0', 0n],
      ['1', 1n],
      ['N - 1', prime - 1n],
      ['N', prime],
      ['N + 1', prime + 1n],
    ])('has no power of %s, and goes on with the next', async (_name, base) => {
      const powers = make();
      await expect(powers.of(toBytes(base, primeLength), Uint8Array.of(3))).rejects.toThrow();
      expect((await powers.ofGenerator(Uint8Array.of(3))).at(-1)).toBe(8);
    });

    test('answers each of many that run at once with its own power', async () => {
      const powers = make();
      const asked = Array.from({ length: 40 }, (_, index) => index);
      const answers = await Promise.all(asked.map((exponent) => powers.ofGenerator(Uint8Array.of(exponent))));
      expect(answers.map((answer) => new Uint8Array(answer))).toEqual(
        asked.map((exponent) => new Uint8Array(toBytes(2n ** BigInt(exponent), primeLength))),
      );
    });
  });
}
