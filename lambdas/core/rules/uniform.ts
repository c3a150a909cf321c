/** Uniform choices out of unpredictable bytes. */
import type { Random } from '../ports/random.ts';

const range = 2 ** 32;

/** A whole number from 0 to `bound - 1`; rejection sampling, because a remainder alone would favour small numbers. */
export function numberBelow(random: Random, bound: number): number {
  const fair = range - (range % bound);
  for (;;) {
    const candidate = Buffer.from(random.bytes(4)).readUInt32BE();
    if (candidate < fair) return candidate % bound;
  }
}

/** As many characters of the alphabet as asked for, each independent of the others. */
export const characters = (random: Random, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet.charAt(numberBelow(random, alphabet.length))).join('');

/** Every order is equally likely (Fisher and Yates). */
export function shuffled<T>(random: Random, items: Iterable<T>): T[] {
  const drawn: T[] = [];
  const left = [...items];
  while (left.length > 0) drawn.push(...left.splice(numberBelow(random, left.length), 1));
  return drawn;
}
