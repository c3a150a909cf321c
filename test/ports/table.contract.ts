/** What every table answers, whatever carries its requests and whatever goes wrong on the way. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { assign, has, increase, isAbsent, isPresent, lacks } from '../../lambdas/adapters/dynamodb/expressions.ts';
import type { Item, Query, Table, Write } from '../../lambdas/adapters/dynamodb/table.ts';
import { countAll } from '../support/count-all.ts';

export interface TableUnderTest {
  readonly table: Table;
  /** Resolves when the indexes know of every write. */
  readonly settled: () => Promise<void>;
  /** Answers get lost, so that a write may be repeated after others have written the same row. */
  readonly repeats?: boolean;
}

const partition = (): string => `T#${randomUUID()}`;
const below = (limit: number) => ({ expression: 'tries < :max', values: { ':max': limit } });

/** `open` is called before the first test. */
export function tableContract(name: string, open: () => TableUnderTest): void {
  describe(name, () => {
    let table: Table;
    let settled: TableUnderTest['settled'];
    let repeats: boolean;
    beforeAll(() => {
      ({ table, settled, repeats = false } = open());
    });

    async function fill(rows: readonly Item[]): Promise<void> {
      for (let from = 0; from < rows.length; from += 100) {
        expect(await table.transact(rows.slice(from, from + 100).map((put) => ({ put })))).toBe('done');
      }
    }

    const sorted = (PK: string, keys: readonly string[]) => keys.map((SK) => ({ PK, SK }));
    const find = async (query: Omit<Query, 'limit'>) =>
      (await table.query({ limit: 500, ...query })).items.map(({ SK }) => SK);

    describe('one row', () => {
      test('comes back as it was put', async () => {
        const item = {
          PK: partition(),
          SK: '@',
          text: 'Ünïcode \u{1F600} "\\',
          empty: '',
          numbers: [0, -1.5, 1e21 / 1e6, Number.MAX_SAFE_INTEGER],
          yes: true,
          no: false,
          nothing: null,
          bytes: new Uint8Array([0, 255, 128]),
          map: { deep: { list: [{ a: 1 }, ['b']], bytes: new Uint8Array([7]) }, none: {}, empty: [] },
        };
        await table.put(item);
        expect(await table.get(item)).toEqual(item);
        expect(await table.get(item, { consistent: true })).toEqual(item);
      });

      test('keeps a name that means something to the language', async () => {
        const item = { PK: partition(), SK: '@', map: { constructor: 'x', toString: { valueOf: 1 } }, length: 1 };
        await table.put(item);
        expect(await table.get(item)).toEqual(item);
      });

      test('leaves out what is undefined', async () => {
        const key = { PK: partition(), SK: '@' };
        await table.put({ ...key, gone: undefined, map: { gone: undefined, left: 1 } });
        expect(await table.get(key)).toEqual({ ...key, map: { left: 1 } });
      });

      test('is undefined when it is not there', async () => {
        expect(await table.get({ PK: partition(), SK: '@' })).toBeUndefined();
      });

      test('is replaced by a put without a condition', async () => {
        const key = { PK: partition(), SK: '@' };
        await table.put({ ...key, a: 1 });
        expect(await table.put({ ...key, b: 2 })).toBe('done');
        expect(await table.get(key)).toEqual({ ...key, b: 2 });
      });

      test('is told by a put whose condition it does not meet', async () => {
        const item = { PK: partition(), SK: '@', un: 'ada', map: { a: 1 } };
        expect(await table.put(item, isAbsent)).toBe('done');
        expect(await table.put({ ...item, un: 'bob' }, isAbsent)).toEqual({ current: item });
        expect(await table.put({ ...item, un: 'eve' }, has('un', 'ada'))).toBe('done');
        expect(await table.get(item)).toEqual({ ...item, un: 'eve' });
      });

      test('is made, changed and told by an update', async () => {
        const key = { PK: partition(), SK: '@' };
        const made = await table.update(key, assign({ a: 1, b: 2 }));
        expect(made).toEqual({ item: { ...key, a: 1, b: 2 } });
        const changed = await table.update(key, assign({ a: undefined, b: 3 }), has('a', 1));
        expect(changed).toEqual({ item: { ...key, b: 3 } });
        expect(await table.update(key, assign({ b: 4 }), has('a', 1))).toEqual({ current: { ...key, b: 3 } });
        expect(await table.get(key)).toEqual({ ...key, b: 3 });
      });

      test('is not made by an update that asks for it to be there', async () => {
        const key = { PK: partition(), SK: '@' };
        expect(await table.update(key, increase('n', 1), isPresent)).toEqual({ current: undefined });
        expect(await table.get(key)).toBeUndefined();
      });

      test('counts every increase', async () => {
        const key = { PK: partition(), SK: '@' };
        await Promise.all(Array.from({ length: 60 }, () => table.update(key, increase('n', 1))));
        const n = (await table.get(key))?.['n'];
        if (repeats) expect(n).toBeGreaterThanOrEqual(60);
        else expect(n).toBe(60);
      });

      test('lets through as many guesses as allowed and no more, however many come at once', async () => {
        const key = { PK: partition(), SK: '@' };
        await table.put({ ...key, tries: 0 });
        const guesses = Array.from({ length: 50 }, () => table.update(key, increase('tries', 1), below(5)));
        const outcomes = await Promise.all(guesses);
        const passed = outcomes.filter((outcome) => 'item' in outcome);
        expect(passed.length).toBeLessThanOrEqual(5);
        if (!repeats) expect(passed).toHaveLength(5);
        expect(await table.get(key)).toEqual({ ...key, tries: 5 });
      });

      test('is put by one alone of those who ask for its absence', async () => {
        const key = { PK: partition(), SK: '@' };
        const puts = Array.from({ length: 40 }, () => table.put(key, isAbsent));
        const outcomes = await Promise.all(puts);
        expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
        expect(outcomes.filter((outcome) => outcome !== 'done')).toEqual(Array(39).fill({ current: key }));
      });

      test('is removed, or told when its condition does not hold', async () => {
        const item = { PK: partition(), SK: '@', un: 'ada' };
        await table.put(item);
        expect(await table.remove(item, has('un', 'bob'))).toEqual({ current: item });
        expect(await table.remove(item, has('un', 'ada'))).toBe('done');
        expect(await table.get(item)).toBeUndefined();
        expect(await table.remove(item)).toBe('done');
        expect(await table.remove(item, isPresent)).toEqual({ current: undefined });
      });
    });

    describe('a transaction', () => {
      test('writes everything', async () => {
        const PK = partition();
        await fill([
          { PK, SK: 'changed', n: 1 },
          { PK, SK: 'gone' },
          { PK, SK: 'checked', ok: true },
        ]);
        const writes: readonly Write[] = [
          { put: { PK, SK: 'new', a: 'b' }, condition: isAbsent },
          { update: { PK, SK: 'changed' }, change: increase('n', 1), condition: has('n', 1) },
          { remove: { PK, SK: 'gone' }, condition: isPresent },
          { check: { PK, SK: 'checked' }, condition: has('ok', true) },
        ];
        expect(await table.transact(writes)).toBe('done');
        const { items } = await table.query({ partition: PK, limit: 10 });
        expect(items).toEqual([
          { PK, SK: 'changed', n: 2 },
          { PK, SK: 'checked', ok: true },
          { PK, SK: 'new', a: 'b' },
        ]);
      });

      test('writes nothing when one condition fails, and tells which and why', async () => {
        const PK = partition();
        await table.put({ PK, SK: 'taken', un: 'ada' });
        const outcome = await table.transact([
          { put: { PK, SK: 'new' }, condition: isAbsent },
          { put: { PK, SK: 'taken', un: 'bob' }, condition: isAbsent },
          { check: { PK, SK: 'missing' }, condition: isPresent },
          { update: { PK, SK: 'other' }, change: assign({ a: 1 }), condition: lacks('a') },
        ]);
        expect(outcome).toEqual({
          refused: [undefined, { current: { PK, SK: 'taken', un: 'ada' } }, { current: undefined }, undefined],
        });
        expect(await find({ partition: PK })).toEqual(['taken']);
      });

      test('is won by one alone of those who want the same row', async () => {
        const PK = partition();
        const claims = Array.from({ length: 40 }, (_, n) =>
          table.transact([
            { put: { PK, SK: 'alias', n }, condition: isAbsent },
            { put: { PK, SK: `user ${n}` }, condition: isAbsent },
          ]),
        );
        const outcomes = await Promise.all(claims);
        expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
        expect(await countAll(table, { partition: PK })).toBe(2);
      });

      test('takes up to a hundred writes', async () => {
        const PK = partition();
        const writes = Array.from({ length: 101 }, (_, n) => ({ put: { PK, SK: String(n) }, condition: isAbsent }));
        await expect(table.transact(writes)).rejects.toThrow(RangeError);
        expect(await table.transact(writes.slice(1))).toBe('done');
        expect(await countAll(table, { partition: PK })).toBe(100);
      });

      test('of nothing is done', async () => {
        expect(await table.transact([])).toBe('done');
      });
    });

    describe('many rows', () => {
      test('are read at once, each once, without those that are missing', async () => {
        const PK = partition();
        const rows = Array.from({ length: 230 }, (_, n) => ({ PK, SK: String(n), n }));
        await fill(rows);
        const read = await table.getMany([...rows, { PK, SK: 'missing' }, { PK, SK: '7' }], { consistent: true });
        const byNumber = [...read].sort((one, other) => Number(one['n']) - Number(other['n']));
        expect(byNumber).toEqual(rows);
        expect(await table.getMany([])).toEqual([]);
      });

      test('are removed at once, those that are missing included', async () => {
        const PK = partition();
        const rows = Array.from({ length: 60 }, (_, n) => ({ PK, SK: String(n) }));
        await fill(rows);
        await table.removeMany([...rows.slice(1), { PK, SK: 'missing' }, { PK, SK: '7' }]);
        expect(await find({ partition: PK })).toEqual(['0']);
        await table.removeMany(rows);
        await table.removeMany([]);
        expect(await countAll(table, { partition: PK })).toBe(0);
      });

      test('are counted beyond a page', async () => {
        const PK = partition();
        await fill(Array.from({ length: 620 }, (_, n) => ({ PK, SK: `n${String(n).padStart(4, '0')}` })));
        expect(await countAll(table, { partition: PK })).toBe(620);
        expect(await countAll(table, { partition: PK, sort: { prefix: 'n05' } })).toBe(100);
        expect(await countAll(table, { partition: PK, sort: { prefix: 'x' } })).toBe(0);
      });
    });

    describe('a query', () => {
      test('finds every key with a prefix and no other', async () => {
        const PK = partition();
        const matching = ['ab', 'ab!', 'aba', 'ab\u{7f}', 'abé', 'ab\uffff', 'ab\u{1F600}', 'ab\u{10FFFF}\u{10FFFF}z'];
        await fill(sorted(PK, [...matching, 'a', 'aa', 'ac', 'b', 'Ab']));
        expect((await find({ partition: PK, sort: { prefix: 'ab' } })).sort()).toEqual([...matching].sort());
      });

      test('sorts by the bytes of keys, in either direction', async () => {
        const PK = partition();
        const inOrder = ['A', 'a', 'b', 'é', '\uff61', '\u{1F600}'];
        await fill(sorted(PK, [...inOrder].reverse()));
        expect(await find({ partition: PK })).toEqual(inOrder);
        expect(await find({ partition: PK, backward: true })).toEqual([...inOrder].reverse());
      });

      test('takes an exact key, a range with both its ends, and everything for an empty prefix', async () => {
        const PK = partition();
        await fill(sorted(PK, ['a', 'b', 'c', 'd']));
        expect(await find({ partition: PK, sort: { equals: 'b' } })).toEqual(['b']);
        expect(await find({ partition: PK, sort: { from: 'b', to: 'c' } })).toEqual(['b', 'c']);
        expect(await find({ partition: PK, sort: { from: '', to: 'b' } })).toEqual(['a', 'b']);
        expect(await find({ partition: PK, sort: { from: 'c', to: 'b' } })).toEqual([]);
        expect(await find({ partition: PK, sort: { prefix: '' }, consistent: true })).toEqual(['a', 'b', 'c', 'd']);
      });

      test('goes on where the page before ended', async () => {
        const PK = partition();
        await fill(sorted(PK, ['a', 'b', 'c', 'd', 'e']));
        const read: string[] = [];
        let after: Query['after'];
        do {
          const { items, next } = await table.query({ partition: PK, limit: 2, after });
          expect(items.length).toBeLessThanOrEqual(2);
          read.push(...items.map(({ SK }) => SK));
          after = next;
        } while (after !== undefined);
        expect(read).toEqual(['a', 'b', 'c', 'd', 'e']);
      });

      test.each([0, 501, Number.NaN])('refuses a page of %d rows', async (limit) => {
        await expect(table.query({ partition: partition(), limit })).rejects.toThrow(RangeError);
      });
    });

    describe('an index', () => {
      test('finds the rows that have its attributes, and of them what it carries', async () => {
        const PK = partition();
        const g1p = `${PK}#u`;
        await fill([
          { PK, SK: '1', g1p, g1s: 'ada', u: 'Ada', pw: 'sealed' },
          { PK, SK: '2', g1p },
          { PK, SK: '3', P: PK, xe: 'ada@example.com', u: 'Ada' },
        ]);
        await settled();
        const { items } = await table.query({ index: 1, partition: g1p, sort: { prefix: 'a' }, limit: 10 });
        expect(items).toEqual([{ PK, SK: '1', g1p, g1s: 'ada', u: 'Ada' }]);
        const filtered = await table.query({ index: 2, partition: PK, sort: { equals: 'ada@example.com' }, limit: 10 });
        expect(filtered.items).toEqual([{ PK, SK: '3', P: PK, xe: 'ada@example.com' }]);
      });

      test('pages through rows of one sort value', async () => {
        const P = partition();
        const rows = Array.from({ length: 7 }, (_, n) => ({ PK: `${P}#${n}`, SK: '@', P, xs: 'CONFIRMED#E#' }));
        await fill(rows);
        await settled();
        const read: string[] = [];
        let after: Query['after'];
        do {
          const page = await table.query({ index: 8, partition: P, sort: { prefix: 'CONFIRMED#' }, limit: 3, after });
          read.push(...page.items.map(({ PK }) => PK));
          after = page.next;
        } while (after !== undefined);
        expect(read.sort()).toEqual(rows.map(({ PK }) => PK));
        expect(await countAll(table, { index: 8, partition: P })).toBe(7);
      });

      test('follows changes and removals', async () => {
        const P = partition();
        const key = { PK: P, SK: '@' };
        await table.put({ ...key, P, xn: 'before' });
        await table.update(key, assign({ xn: 'after' }));
        await settled();
        const names = async () =>
          (await table.query({ index: 4, partition: P, limit: 5 })).items.map((row) => row['xn']);
        expect(await names()).toEqual(['after']);
        await table.removeMany([key]);
        await settled();
        expect(await names()).toEqual([]);
      });

      test('has no consistent reads', async () => {
        await expect(table.query({ index: 1, partition: 'P', limit: 1, consistent: true })).rejects.toThrow(RangeError);
      });
    });

    test('a scan tells the keys of expired rows alone, when it is asked for them', async () => {
      const PK = partition();
      await fill([
        { PK, SK: 'expired', ttl: 99, more: 'x' },
        { PK, SK: 'due', ttl: 100 },
        { PK, SK: 'lasting' },
      ]);
      const found: Item[] = [];
      let after: Query['after'];
      do {
        const { items, next } = await table.scan({ limit: 500, after, expiredBefore: 100 });
        found.push(...items.filter((item) => item.PK === PK));
        after = next;
      } while (after !== undefined);
      expect(found).toEqual([{ PK, SK: 'expired', ttl: 99 }]);
    });
  });
}
