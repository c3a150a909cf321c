import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SchemaAttribute } from '../../../lambdas/core/model/pool.ts';
import { addressAttributes, flagOf, isAddress, isEmail, isPhoneNumber } from '../../../lambdas/core/rules/addresses.ts';
import { findFault, normalised } from '../../../lambdas/core/rules/attribute-values.ts';

const attribute = (
  type: SchemaAttribute['AttributeDataType'],
  bounds: Partial<SchemaAttribute> = {},
): SchemaAttribute => ({
  Name: 'custom:x',
  AttributeDataType: type,
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  ...bounds,
});
const text = attribute('String', { StringAttributeConstraints: { MinLength: '2', MaxLength: '4' } });
const number = attribute('Number', { NumberAttributeConstraints: { MinValue: '-5', MaxValue: '9007199254740993' } });

describe('A value', () => {
  test.each<[SchemaAttribute, string, string | undefined]>([
    [text, 'ab', undefined],
    [text, 'abcd', undefined],
    [text, 'a', 'String must be no shorter than 2 characters'],
    [text, 'abcde', 'String must be no longer than 4 characters'],
    [attribute('String', { StringAttributeConstraints: {} }), '', undefined],
    [attribute('String'), 'x'.repeat(2048), undefined],
    [number, '-5', undefined],
    [number, '9007199254740993', undefined],
    [number, '-6', 'Number must be no less than -5'],
    [number, '9007199254740994', 'Number must be no greater than 9007199254740993'],
    [attribute('Number'), '-12345678901234567890', undefined],
    ...['', '1.5', '1e3', ' 1', '+1', '0x1', 'x', '--1', '1\n'].map((value): [SchemaAttribute, string, string] => [
      number,
      value,
      'Invalid number',
    ]),
    ...['true', 'false', 'True', 'FALSE'].map((value): [SchemaAttribute, string, undefined] => [
      attribute('Boolean'),
      value,
      undefined,
    ]),
    ...['', '1', 'yes', 'true ', 'truefalse'].map((value): [SchemaAttribute, string, string] => [
      attribute('Boolean'),
      value,
      'Invalid boolean',
    ]),
    ...[
      '2026-11-20',
      '2026-11-20T23:59',
      '2026-11-20T23:59:59Z',
      '2026-11-20T23:59:59.123+02:00',
      '1763679600',
      '1763679600.5',
    ].map((value): [SchemaAttribute, string, undefined] => [attribute('DateTime'), value, undefined]),
    ...['', 'today', '2026-13-01', '2026-11-20T25:00', '20.11.2026', '-1'].map(
      (value): [SchemaAttribute, string, string] => [attribute('DateTime'), value, 'Invalid date and time'],
    ),
  ])('of %j: %j gives %j', (schema, value, fault) => {
    expect(findFault(schema, value)).toBe(fault);
  });

  test('is kept as given, a boolean in lower case', () => {
    expect(normalised(attribute('Boolean'), 'TRUE')).toBe('true');
    expect(normalised(text, 'AbC')).toBe('AbC');
  });
});

describe('An address', () => {
  test.each(['a@b', 'ada.l+1@example.com', 'ада@пример.рф', '"x"@y'])('of mail may be %s', (address) => {
    expect(isEmail(address)).toBe(true);
  });

  test.each(['', '@', 'a@', '@b', 'a', 'a@b@c', 'a b@c', 'a@b c', 'a@b\n', '\ra@b', 'a@b\u00a0'])(
    'of mail may not be %j',
    (address) => {
      expect(isEmail(address)).toBe(false);
    },
  );

  test.each(['+1', '+12065559934', `+${'9'.repeat(15)}`])('of a phone may be %s', (number) => {
    expect(isPhoneNumber(number)).toBe(true);
  });

  test.each(['', '+', '12065559934', `+${'9'.repeat(16)}`, '+1 206', '+1-206', '++1', '+1\n', '+٣', 'tel:+1'])(
    'of a phone may not be %j',
    (number) => {
      expect(isPhoneNumber(number)).toBe(false);
    },
  );

  test('never holds a blank or a line break, and is never of both kinds', () => {
    const hostile = fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.stringMatching(/^[+@\s\d]{0,20}$/));
    fc.assert(
      fc.property(hostile, (text) => {
        if (isEmail(text)) expect(text).toMatch(/^[^\s@]+@[^\s@]+$/);
        expect(isEmail(text) && isPhoneNumber(text)).toBe(false);
        expect(isAddress('email', text)).toBe(isEmail(text));
        expect(isAddress('phone_number', text)).toBe(isPhoneNumber(text));
      }),
    );
  });

  test('has a flag of its own', () => {
    expect(addressAttributes.map(flagOf)).toEqual(['email_verified', 'phone_number_verified']);
  });
});
