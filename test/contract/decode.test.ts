/** Reading JSON by a shape: what is let through, what is ignored, and what is refused as the wrong type. */
import { describe, expect, test } from 'vitest';
import { decode } from '../../lambdas/core/contract/decode.ts';
import { Refusal } from '../../lambdas/core/contract/errors.ts';
import { s } from '../../lambdas/core/contract/shape.ts';

const parsed = (text: string): unknown => JSON.parse(text);

function refusalOf(read: () => unknown): Refusal {
  try {
    read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('It was not refused');
}

describe('decode of structures, lists and maps', () => {
  const inner = s.structure({ Name: s.string(), Value: s.optional(s.string()) });
  const shape = s.structure({ Mode: s.optional(s.string()), Inner: s.optional(inner), All: s.optional(s.list(inner)) });

  test('ignores unknown members at every depth (pools-and-users 3)', () => {
    const json = { Mode: 'ON', More: 1, Inner: { Name: 'a', more: [] }, All: [{ Name: 'b', More: {} }] };
    expect(decode(shape, json)).toEqual({ Mode: 'ON', Inner: { Name: 'a' }, All: [{ Name: 'b' }] });
  });

  test('takes null for absent in structures, lists and maps (pools-and-users 3)', () => {
    expect(decode(shape, { Mode: null, Inner: { Name: 'a', Value: null } })).toEqual({ Inner: { Name: 'a' } });
    expect(decode(s.list(s.string()), ['a', null, 'b'])).toEqual(['a', 'b']);
    expect(decode(s.map(s.string(), s.string()), { a: null, b: 'c' })).toEqual({ b: 'c' });
  });

  test('distinguishes members by case', () => {
    expect(decode(shape, { mode: 'ON', MODE: 'ON' })).toEqual({});
  });

  test('does not take what every object inherits for a member', () => {
    const inherited = s.structure({ constructor: s.optional(s.string()), toString: s.optional(s.string()) });
    expect(decode(inherited, {})).toEqual({});
  });

  test('keeps __proto__ as a key like any other in a map', () => {
    const decoded = decode(s.map(s.string(), s.string()), parsed('{"__proto__":"a","constructor":"b"}'));
    expect(Object.entries(Object(decoded))).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    expect(Object.getPrototypeOf(decoded)).toBeNull();
  });

  test('lets nobody set the prototype of a structure', () => {
    const decoded = decode(shape, parsed('{"__proto__":{"Mode":"ON"},"Inner":{"__proto__":null,"Name":"a"}}'));
    expect(decoded).toEqual({ Inner: { Name: 'a' } });
    expect(Reflect.get(Object(decoded), 'Mode')).toBeUndefined();
  });

  test('hands free JSON on as it is', () => {
    const settings = { a: [1, null, { b: true }], c: 'd' };
    expect(decode(s.document(), settings)).toEqual(settings);
  });
});

describe('decode of single values', () => {
  test.each([
    ['1689721665.239', 1_689_721_665_239],
    ['1.689721665239E9', 1_689_721_665_239],
    ['0', 0],
    ['-1.5', -1500],
    ['0.0004', 0],
    ['-0', 0],
  ])('reads the timestamp %s as %d milliseconds (pools-and-users 7)', (text, milliseconds) => {
    expect(decode(s.timestamp(), parsed(text))).toBe(milliseconds);
  });

  test.each([
    [s.integer(), '2147483647', 2_147_483_647],
    [s.integer(), '-2147483648', -2_147_483_648],
    [s.integer(), '1.0', 1],
    [s.integer(), '1e2', 100],
    [s.integer(), '-0', 0],
    [s.long(), '9007199254740991', Number.MAX_SAFE_INTEGER],
    [s.double(), '-0.5', -0.5],
  ])('reads a number of type $type from %s', (shape, text, value) => {
    expect(decode(shape, parsed(text))).toBe(value);
  });

  test('reads bytes from base64, each as its own copy', () => {
    const first = decode(s.blob(), 'AQID');
    expect(first).toEqual(new Uint8Array([1, 2, 3]));
    expect(Reflect.get(Object(first), 'buffer')).toHaveProperty('byteLength', 3);
    expect(decode(s.blob(), '')).toEqual(new Uint8Array());
  });

  test.each([
    [s.string(), '1', 'NUMBER_VALUE can not be converted to a String'],
    [s.string(), 'true', 'TRUE_VALUE can not be converted to a String'],
    [s.string(), 'false', 'FALSE_VALUE can not be converted to a String'],
    [s.string(), '{}', 'Start of structure or map found where not expected.'],
    [s.string(), '[]', 'Unexpected list element termination'],
    [s.boolean(), '"true"', 'STRING_VALUE can not be converted to a Boolean'],
    [s.boolean(), '0', 'NUMBER_VALUE can not be converted to a Boolean'],
    [s.integer(), '"1"', 'STRING_VALUE can not be converted to a Integer'],
    [s.integer(), '0.5', 'NUMBER_VALUE can not be converted to a Integer'],
    [s.integer(), '2147483648', 'NUMBER_VALUE can not be converted to a Integer'],
    [s.integer(), '1e999', 'NUMBER_VALUE can not be converted to a Integer'],
    [s.long(), '9007199254740992', 'NUMBER_VALUE can not be converted to a Long'],
    [s.double(), '1e999', 'NUMBER_VALUE can not be converted to a Double'],
    [s.timestamp(), '"2023-07-18T23:07:45Z"', 'STRING_VALUE can not be converted to a Timestamp'],
    [s.timestamp(), '8640000000000.001', 'NUMBER_VALUE can not be converted to a Timestamp'],
    [s.timestamp(), '1e999', 'NUMBER_VALUE can not be converted to a Timestamp'],
    [s.blob(), '"*"', 'STRING_VALUE can not be converted to a Blob'],
    [s.blob(), '"AQI"', 'STRING_VALUE can not be converted to a Blob'],
    [s.blob(), '"A=AA"', 'STRING_VALUE can not be converted to a Blob'],
    [s.list(s.string()), '"a"', 'STRING_VALUE can not be converted to a List'],
    [s.list(s.string()), '{}', 'Start of structure or map found where not expected.'],
    [s.list(s.string()), '["a", 1]', 'NUMBER_VALUE can not be converted to a String'],
    [s.map(s.string(), s.string()), '[]', 'Unexpected list element termination'],
    [s.map(s.string(), s.string()), '{"a": 1}', 'NUMBER_VALUE can not be converted to a String'],
    [s.structure({}), '"a"', 'STRING_VALUE can not be converted to a Structure'],
    [s.structure({}), 'null', 'NULL_VALUE can not be converted to a Structure'],
    [s.structure({}), '[]', 'Unexpected list element termination'],
  ])('refuses as $0.type what is written %1$s (pools-and-users 2)', (shape, text, message) => {
    expect(refusalOf(() => decode(shape, parsed(text)))).toMatchObject({ name: 'SerializationException', message });
  });

  test.each([
    [s.string(), String.raw`"a\ud800"`],
    [s.string(), String.raw`"\udc00\ud800"`],
    [s.map(s.string(), s.string()), String.raw`{"\udfff":"a"}`],
    [s.list(s.string()), String.raw`["\ud83d"]`],
  ])('refuses half of a character in a $0.type, which UTF-8 cannot hold', (shape, text) => {
    expect(refusalOf(() => decode(shape, parsed(text)))).toMatchObject({
      name: 'SerializationException',
      message: 'Unexpected token in request body',
    });
  });

  test('takes whole characters beyond the basic plane', () => {
    expect(decode(s.string(), parsed(String.raw`"\ud83d\ude00"`))).toBe('😀');
  });
});
