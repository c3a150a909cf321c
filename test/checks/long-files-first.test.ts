/** The order that test files are run in. */
import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { longFiles, rankOf } from '../../tools/long-files-first.ts';

const files = globSync('test/**/*.test.ts');
const inOrder = (seed: number) => files.toSorted((a, b) => (rankOf(a, seed) < rankOf(b, seed) ? -1 : 1));

test('Files that take long begin, and the seed decides about the rest', () => {
  const [one, same, other] = [inOrder(1), inOrder(1), inOrder(2)];
  expect(one).toEqual(same);
  expect(one).not.toEqual(other);
  // Each of them is a file that there is.
  for (const order of [one, other]) expect(new Set(order.slice(0, longFiles.size))).toEqual(longFiles);
});
