import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requireFilter } from '../../lambdas/users/filter.ts';
import { refusalOf } from '../support/refusals.ts';

const refused = (text: string) => refusalOf(() => requireFilter(text));
const unreadable = 'InvalidParameterException: Error while parsing filter';
const searchable = [
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'sub',
  'cognito:user_status',
  'status',
] as const;

const quoted = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

describe('A filter', () => {
  test.each(['', ' ', '\t\n'])('asks for everybody when it is %j', (text) => {
    expect(requireFilter(text)).toEqual({ kind: 'all' });
    expect(requireFilter(undefined)).toEqual({ kind: 'all' });
  });

  test.each(searchable)('asks for a value of %s, or how it begins', (attribute) => {
    expect(requireFilter(`${attribute} = "x"`)).toEqual({ kind: 'match', attribute, operator: '=', value: 'x' });
    expect(requireFilter(`${attribute} ^= "x"`)).toEqual({ kind: 'match', attribute, operator: '^=', value: 'x' });
  });

  test.each([
    ['name="x"', 'x'],
    ['  name  =  "x"  ', 'x'],
    ['"name" = "x"', 'x'],
    ['name = ""', ''],
    ['name = "a \\"b\\" \\\\ c"', 'a "b" \\ c'],
    ['name = "a = \'b\'"', "a = 'b'"],
    ['name = "ünï\u{1f98a}"', 'ünï\u{1f98a}'],
  ])('reads %s', (text, value) => {
    expect(requireFilter(text)).toEqual({ kind: 'match', attribute: 'name', operator: '=', value });
  });

  test.each([
    'name',
    'name =',
    'name=',
    'name = x',
    'name = "x',
    'name = x"',
    'name = "x" or name = "y"',
    'name = "x""',
    'name = "\\x"',
    'name = "x\\"',
    '"name = "x"',
    'name == "x"',
    'name ~ "x"',
    'na me = "x"',
    '= "x"',
    "name = 'x'",
  ])('cannot be read when it is %s', (text) => {
    expect(refused(text)).toBe(unreadable);
  });

  test.each(['custom:plan', 'birthdate', 'Name', 'constructor'])('cannot ask for %s', (name) => {
    expect(refused(`${name} = "x"`)).toBe(`InvalidParameterException: Invalid search attribute: ${name}`);
  });

  test('means the value that was written into it, whatever that is', () => {
    const attribute = fc.constantFrom(...searchable);
    const operator = fc.constantFrom('=', '^=');
    fc.assert(
      fc.property(attribute, operator, fc.string({ unit: 'binary' }), (name, relation, value) => {
        expect(requireFilter(`${name} ${relation} ${quoted(value)}`)).toEqual({
          kind: 'match',
          attribute: name,
          operator: relation,
          value,
        });
      }),
    );
  });

  test('is read or refused, whatever it is, as fast when it is hostile', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 256 }), (text) => {
        expect(['nothing is refused', unreadable]).toContain(
          refused(text).replace(/: Invalid search.*/s, ': Error while parsing filter'),
        );
      }),
    );
    for (const piece of ['\\', '"', '\\"', ' ', 'a', '=', '^=', 'a = "']) refused(piece.repeat(20_000));
    expect(refused(`name = "${'\\"'.repeat(20_000)}`)).toBe(unreadable);
  });
});
