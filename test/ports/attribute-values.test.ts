/** Tests the JSON form of values beyond what the table's contract covers. */
import { describe, expect, test } from 'vitest';
import { fromAttributes, toAttributes } from '../../lambdas/adapters/dynamodb/attribute-values.ts';

describe('the JSON form of values', () => {
  test('gives nothing another prototype', () => {
    const map = Object.fromEntries([['__proto__', { admin: true }]]);
    const read = fromAttributes(JSON.parse(JSON.stringify(toAttributes({ map }))))['map'] as object;
    expect(Object.getOwnPropertyNames(read)).toEqual(['__proto__']);
    expect('admin' in read).toBe(false);
  });

  test('has each type as DynamoDB writes it', () => {
    const values = { s: 'x', n: -1.5, t: true, z: null, b: new Uint8Array([1, 2]), l: ['y', undefined], m: { n: 1 } };
    expect(toAttributes(values)).toEqual({
      s: { S: 'x' },
      n: { N: '-1.5' },
      t: { BOOL: true },
      z: { NULL: true },
      b: { B: 'AQI=' },
      l: { L: [{ S: 'y' }] },
      m: { M: { n: { N: '1' } } },
    });
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('does not hold %d, which would not come back', (n) => {
    expect(() => toAttributes({ n })).toThrow(RangeError);
  });

  test.each([
    ['a date', new Date(0)],
    ['a set', new Set([1])],
    ['a big integer', 1n],
    ['a function', () => 1],
  ])('does not hold %s', (_, value) => {
    expect(() => toAttributes({ value })).toThrow(TypeError);
  });

  test('refuses a type that it does not know', () => {
    expect(() => fromAttributes({ set: { SS: ['a'] } as never })).toThrow(TypeError);
  });

  test('takes bytes as the SDK gives them', () => {
    expect(fromAttributes({ b: { B: new Uint8Array([3]) } })).toEqual({ b: new Uint8Array([3]) });
  });
});
