/** Records that are kept with what is known of their pool. */
import { describe, expect, test } from 'vitest';
import { keptRecords } from '../../lambdas/adapters/dynamodb/kept-records.ts';
import { aPool } from '../support/model.ts';

/** Reads are written down; `known` is what there is to read. */
function aKeeper({ limit = 10, isKnown = true } = {}) {
  const reads: (readonly string[])[] = [];
  const known = new Map([...'abcdef'].map((id) => [id, `record ${id}`]));
  const current: { epoch: object | undefined } = { epoch: isKnown ? {} : undefined };
  const find = keptRecords<string>(
    { epochOf: () => current.epoch },
    {
      limit,
      async read(_poolId, ids) {
        reads.push(ids);
        return new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? ''] as const] : [])));
      },
    },
  );
  return { reads, known, current, find: (...ids: readonly string[]) => find(aPool(), ids) };
}

const records = (...ids: readonly string[]): readonly string[] => ids.map((id) => `record ${id}`);

describe('Kept records', () => {
  test('are read once, those that are missing in one go', async () => {
    const { find, reads } = aKeeper();
    expect(await find('a', 'b')).toEqual(records('a', 'b'));
    expect(await find('a', 'b', 'c', 'd')).toEqual(records('a', 'b', 'c', 'd'));
    expect(await find('d', 'a')).toEqual(records('d', 'a'));
    expect(reads).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('are read once for requests that ask at the same time', async () => {
    const { find, reads } = aKeeper();
    expect(await Promise.all([find('a', 'b'), find('b', 'c')])).toEqual([records('a', 'b'), records('b', 'c')]);
    expect(reads).toEqual([['a', 'b'], ['c']]);
  });

  test('are asked for again where there was none', async () => {
    const { find, known, reads } = aKeeper();
    expect(await find('a', 'x')).toEqual(records('a'));
    known.set('x', 'record x');
    expect(await find('a', 'x')).toEqual(records('a', 'x'));
    expect(reads).toEqual([['a', 'x'], ['x']]);
  });

  test('are forgotten with what was known of the pool', async () => {
    const { find, current, known } = aKeeper();
    await find('a');
    known.set('a', 'another');
    expect(await find('a')).toEqual(records('a'));
    current.epoch = {};
    expect(await find('a')).toEqual(['another']);
  });

  test('are read each time for a pool of which nothing is known', async () => {
    const { find, reads } = aKeeper({ isKnown: false });
    expect([await find('a', 'x'), await find('a')]).toEqual([records('a'), records('a')]);
    expect(reads).toEqual([['a', 'x'], ['a']]);
  });

  test('are all there although so many are not kept', async () => {
    const { find, reads } = aKeeper({ limit: 2 });
    await find('a', 'b');
    expect(await find('a', 'c', 'd', 'b')).toEqual(records('a', 'c', 'd', 'b'));
    expect(reads).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('are not kept when reading them failed', async () => {
    let fails = true;
    const find = keptRecords<string>(
      { epochOf: () => aKeeper },
      { limit: 1, read: async () => (fails ? Promise.reject(new Error('away')) : new Map([['a', 'found']])) },
    );
    await expect(find(aPool(), ['a'])).rejects.toThrow('away');
    fails = false;
    expect(await find(aPool(), ['a'])).toEqual(['found']);
  });
});
