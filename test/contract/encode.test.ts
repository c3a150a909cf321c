/** Writing answers by a shape: nothing but what the shape knows, in the form of the wire. */
import { describe, expect, test } from 'vitest';
import { encode } from '../../lambdas/core/contract/encode.ts';
import { s } from '../../lambdas/core/contract/shape.ts';

describe('encode', () => {
  test('writes a timestamp as a number of seconds with milliseconds (pools-and-users 7)', () => {
    expect(JSON.stringify(encode(s.timestamp(), 1_689_721_665_239))).toBe('1689721665.239');
    expect(JSON.stringify(encode(s.timestamp(), 1_689_721_665_000))).toBe('1689721665');
  });

  test('writes bytes as standard base64', () => {
    expect(encode(s.blob(), new Uint8Array([251, 255, 254]))).toBe('+//+');
    expect(encode(s.blob(), new Uint8Array([1, 2, 3, 4, 5]).subarray(1, 3))).toBe('AgM=');
  });

  test('leaves out what the shape does not know, at every depth', () => {
    const shape = s.structure({
      User: s.structure({ Name: s.string() }),
      All: s.list(s.structure({ A: s.integer() })),
    });
    const value = { User: { Name: 'ada', verifier: 'secret' }, All: [{ A: 1, B: 2 }], pool: {} };
    expect(encode(shape, value)).toEqual({ User: { Name: 'ada' }, All: [{ A: 1 }] });
  });

  test('leaves out what is undefined or null, and never writes null', () => {
    const shape = s.structure({ A: s.optional(s.string()), B: s.optional(s.list(s.string())), C: s.string() });
    expect(encode(shape, { A: undefined, B: ['a', null, undefined], C: null })).toEqual({ B: ['a'] });
    expect(encode(s.map(s.string(), s.string()), { a: undefined, b: null, c: '' })).toEqual({ c: '' });
  });

  test('keeps empty texts, lists and structures that it is given', () => {
    const shape = s.structure({ A: s.string(), B: s.list(s.string()), C: s.structure({}), D: s.boolean() });
    expect(encode(shape, { A: '', B: [], C: {}, D: false })).toEqual({ A: '', B: [], C: {}, D: false });
  });

  test('does not take what every object inherits for a member', () => {
    expect(encode(s.structure({ toString: s.optional(s.string()) }), {})).toEqual({});
  });

  test('keeps __proto__ as a key like any other in a map', () => {
    const value: unknown = JSON.parse('{"__proto__":"a"}');
    expect(JSON.stringify(encode(s.map(s.string(), s.string()), value))).toBe('{"__proto__":"a"}');
  });

  test('hands free JSON on as it is', () => {
    expect(encode(s.document(), { a: [null] })).toEqual({ a: [null] });
  });

  test.each([
    [s.string(), 1],
    [s.boolean(), 'true'],
    [s.integer(), '1'],
    [s.double(), Number.NaN],
    [s.timestamp(), new Date(0)],
    [s.timestamp(), Number.POSITIVE_INFINITY],
    [s.blob(), 'AQID'],
    [s.list(s.string()), 'a'],
    [s.list(s.string()), new Set(['a'])],
    [s.map(s.string(), s.string()), ['a']],
    [s.structure({}), []],
    [s.structure({}), null],
    [s.structure({ A: s.string() }), { A: 1 }],
  ])('calls it a fault where a $0.type is answered with something else', (shape, value) => {
    expect(() => encode(shape, value)).toThrow(TypeError);
  });

  test('does not say in the fault what was to be answered', () => {
    expect(() => encode(s.secret(s.boolean()), 'hunter2')).toThrow(
      'An answer holds something else where a boolean belongs',
    );
  });
});
