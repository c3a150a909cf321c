/** The messages about broken bounds, byte for byte. */
import { describe, expect, test } from 'vitest';
import { SignUp } from '../../lambdas/account/operations/SignUp.ts';
import { CreateUserPoolClient } from '../../lambdas/clients/operations/CreateUserPoolClient.ts';
import { anyone } from '../../lambdas/core/contract/callers.ts';
import { operation } from '../../lambdas/core/contract/operation.ts';
import { type Shape, s } from '../../lambdas/core/contract/shape.ts';
import { requireValid, violations } from '../../lambdas/core/contract/validate.ts';
import { AddCustomAttributes } from '../../lambdas/pools/operations/AddCustomAttributes.ts';
import { DescribeUserPool } from '../../lambdas/pools/operations/DescribeUserPool.ts';

const pool = 'us-east-1_abcdefghi';
const messageOf = (broken: () => unknown): string => {
  try {
    broken();
  } catch (error) {
    return String(error);
  }
  throw new Error('It was not refused');
};
const member = (shape: Shape) => s.structure({ Value: s.optional(shape) });

describe('requireValid', () => {
  test('quotes the pattern that a pool id breaks (pools-and-users 4)', () => {
    expect(messageOf(() => requireValid(DescribeUserPool, { UserPoolId: ' ap-northeast-1_xxx' }))).toBe(
      String.raw`InvalidParameterException: 1 validation error detected: Value ' ap-northeast-1_xxx' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+`,
    );
  });

  test('counts two violations and joins their clauses (pools-and-users 4)', () => {
    const declared = operation({
      name: 'Declared',
      caller: anyone(),
      input: s.structure({ Limit: s.integer({ min: 0, max: 60 }), Name: s.string({ min: 1 }) }),
      errors: [],
    });
    expect(messageOf(() => requireValid(declared, { Limit: 61, Name: '' }))).toBe(
      "InvalidParameterException: 2 validation errors detected: Value '61' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 60; Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });

  test('returns what it was given when every bound holds', () => {
    const input = { UserPoolId: pool };
    expect(requireValid(DescribeUserPool, input)).toBe(input);
  });

  test('names a structure in a list by its place (pools-and-users 6)', () => {
    const input = {
      UserPoolId: pool,
      CustomAttributes: [{ Name: 'fine' }, { Name: 'a_name_of_far_too_many_letters' }],
    };
    expect(messageOf(() => requireValid(AddCustomAttributes, input))).toContain(
      "1 validation error detected: Value 'a_name_of_far_too_many_letters' at 'customAttributes.2.member.name' failed to satisfy constraint: Member must have length less than or equal to 20",
    );
  });

  test('reports elements of a list once, with all of their rules (pools-and-users 6)', () => {
    const input = { UserPoolId: pool, ClientName: 'web', LogoutURLs: [''] };
    expect(messageOf(() => requireValid(CreateUserPoolClient, input))).toBe(
      String.raw`InvalidParameterException: 1 validation error detected: Value '[]' at 'logoutURLs' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+]`,
    );
  });

  test('says nothing of secrets but where they are (pools-and-users 5)', () => {
    const message = messageOf(() =>
      requireValid(SignUp, { ClientId: 'no-client!', Username: 'a b', Password: 'pass\tword' }),
    );
    expect(message).toBe(
      String.raw`InvalidParameterException: 3 validation errors detected: Value at 'clientId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\w+]+; Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}]+; Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\S]+`,
    );
  });
});

describe('violations', () => {
  test.each<[string, Shape, unknown, string]>([
    [
      'a low number',
      s.integer({ min: 1 }),
      0,
      "Value '0' at 'value' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      'a high number',
      s.double({ max: 1 }),
      1.5,
      "Value '1.5' at 'value' failed to satisfy constraint: Member must have value less than or equal to 1",
    ],
    [
      'a short text',
      s.string({ min: 2 }),
      'a',
      "Value 'a' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      'a long text',
      s.string({ max: 2 }),
      'abc',
      "Value 'abc' at 'value' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      'an unknown choice',
      s.oneOf('A', 'B'),
      'C',
      "Value 'C' at 'value' failed to satisfy constraint: Member must satisfy enum value set: [A, B]",
    ],
    [
      'a short list',
      s.list(s.string(), { min: 1 }),
      [],
      "Value '[]' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      'a long list',
      s.list(s.integer(), { max: 1 }),
      [1, 2],
      "Value '[1, 2]' at 'value' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'a large map',
      s.map(s.string(), s.string(), { max: 1 }),
      { a: 'b', c: 'd' },
      "Value at 'value' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'too many bytes',
      s.blob({ max: 1 }),
      new Uint8Array(2),
      "Value at 'value' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'a choice in a list',
      s.list(s.oneOf('A', 'B')),
      ['A', 'C'],
      "Value '[A, C]' at 'value' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [A, B]]",
    ],
    [
      'a number in a list',
      s.list(s.integer({ min: 1, max: 3 })),
      [4],
      "Value '[4]' at 'value' failed to satisfy constraint: Member must satisfy constraint: [Member must have value less than or equal to 3, Member must have value greater than or equal to 1]",
    ],
    [
      'a value of a map',
      s.map(s.string(), s.string({ max: 1 })),
      { key: 'ab' },
      "Value 'ab' at 'value.key.member' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'a key of a map',
      s.map(s.string({ max: 1 }), s.string()),
      { key: 'a' },
      "Value at 'value' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 1]",
    ],
    [
      'a nested member',
      s.structure({ SMSMessage: s.string({ max: 1 }) }),
      { SMSMessage: 'ab' },
      "Value 'ab' at 'value.sMSMessage' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      'a missing member',
      s.structure({ Name: s.string() }),
      {},
      "Value null at 'value.name' failed to satisfy constraint: Member must not be null",
    ],
    [
      'a missing secret',
      s.structure({ Code: s.secret(s.string()) }),
      {},
      "Value at 'value.code' failed to satisfy constraint: Member must not be null",
    ],
  ])('says which rule is broken by %s (pools-and-users 6)', (_what, shape, value, clause) => {
    expect(violations(member(shape), { Value: value })).toEqual([clause]);
  });

  test('reports length, then pattern, of one value', () => {
    const found = violations(s.string({ max: 2, pattern: '[a]+' }), 'bbb');
    expect(found.map((clause) => clause.replace(/^.*constraint: /, ''))).toEqual([
      'Member must have length less than or equal to 2',
      'Member must satisfy regular expression pattern: [a]+',
    ]);
  });

  test.each<[string, Shape, unknown]>([
    ['a list', s.secret(s.list(s.string({ max: 1 }))), ['hunter2']],
    ['the elements of a list', s.list(s.secret(s.string({ max: 1 }))), ['hunter2']],
    ['the elements of a list that is too long', s.list(s.secret(s.string()), { max: 1 }), ['hunter2', 'hunter2']],
    ['the keys of a map', s.secret(s.map(s.string(), s.string({ max: 1 }))), { hunter2: 'ab' }],
    ['the keys alone', s.map(s.secret(s.string()), s.string({ max: 1 })), { hunter2: 'ab' }],
    ['the values of a map', s.map(s.string(), s.secret(s.string({ max: 1 }))), { key: 'hunter2' }],
    ['a structure', s.secret(s.structure({ Code: s.string({ max: 1 }) })), { Code: 'hunter2' }],
    ['a structure in a list', s.list(s.secret(s.structure({ Code: s.string({ max: 1 }) }))), [{ Code: 'hunter2' }]],
    ['a choice', s.secret(s.oneOf('A')), 'hunter2'],
    ['a number', s.secret(s.integer({ max: 1 })), 123_456],
  ])('echoes nothing where %s is secret (pools-and-users 5)', (_what, shape, value) => {
    const found = violations(member(shape), { Value: value });
    expect(found).toHaveLength(1);
    expect(found.join()).not.toMatch(/hunter2|123456/);
  });

  test('reports a hundred mistakes at most', () => {
    const names = s.list(s.structure({ Name: s.string() }));
    expect(violations(member(names), { Value: Array.from({ length: 100_000 }, () => ({})) })).toHaveLength(100);
    const tags = s.map(s.string(), s.string({ max: 0 }));
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 'v']));
    expect(violations(member(tags), { Value: many })).toHaveLength(100);
  });

  test('counts the length of a text in UTF-16 units, and matches its pattern by characters', () => {
    expect(violations(s.string({ max: 2, pattern: String.raw`[\p{S}]` }), '😀')).toEqual([]);
    expect(violations(s.string({ max: 1 }), '😀')).toHaveLength(1);
  });
});
