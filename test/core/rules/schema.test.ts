import { describe, expect, test } from 'vitest';
import { tooManyFor } from '../../../lambdas/core/contract/errors.ts';
import type { Quotas } from '../../../lambdas/core/model/quota.ts';
import {
  findAttribute,
  requireSchemaQuota,
  type SchemaEntry,
  schemaOf,
  withCustomAttributes,
} from '../../../lambdas/core/rules/schema.ts';
import {
  isCustom,
  isDeveloperOnly,
  isVerifiedFlag,
  standardAttributes,
} from '../../../lambdas/core/rules/standard-attributes.ts';
import { refusalOf } from '../../support/refusals.ts';

const refused = (...entries: SchemaEntry[]) => refusalOf(() => schemaOf(entries));
const inSchema = (name: string, ...entries: SchemaEntry[]) => findAttribute(schemaOf(entries), name);
const plan: SchemaEntry = { Name: 'plan', AttributeDataType: 'String' };

describe('The standard attributes', () => {
  test('are the twenty of the API, in its order', () => {
    expect(standardAttributes.map(({ Name }) => Name)).toEqual([
      'sub',
      'name',
      'given_name',
      'family_name',
      'middle_name',
      'nickname',
      'preferred_username',
      'profile',
      'picture',
      'website',
      'email',
      'email_verified',
      'gender',
      'birthdate',
      'zoneinfo',
      'locale',
      'phone_number',
      'phone_number_verified',
      'address',
      'updated_at',
    ]);
  });

  test('have the types and bounds of the API', () => {
    const text = { AttributeDataType: 'String', DeveloperOnlyAttribute: false, Mutable: true, Required: false };
    expect(inSchema('sub')).toEqual({
      ...text,
      Name: 'sub',
      Mutable: false,
      Required: true,
      StringAttributeConstraints: { MinLength: '1', MaxLength: '2048' },
    });
    expect(inSchema('email')).toEqual({
      ...text,
      Name: 'email',
      StringAttributeConstraints: { MinLength: '0', MaxLength: '2048' },
    });
    expect(inSchema('birthdate')?.StringAttributeConstraints).toEqual({ MinLength: '10', MaxLength: '10' });
    expect(inSchema('email_verified')).toEqual({ ...text, Name: 'email_verified', AttributeDataType: 'Boolean' });
    expect(inSchema('updated_at')).toEqual({
      ...text,
      Name: 'updated_at',
      AttributeDataType: 'Number',
      NumberAttributeConstraints: { MinValue: '0' },
    });
  });

  test('are told from custom ones by their names', () => {
    expect(['custom:plan', 'dev:custom:plan', 'plan', 'customs'].map(isCustom)).toEqual([true, true, false, false]);
    expect(['dev:custom:plan', 'custom:plan'].map(isDeveloperOnly)).toEqual([true, false]);
    expect(['email_verified', 'phone_number_verified', 'custom:email_verified', 'email'].map(isVerifiedFlag)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('The schema of a new pool', () => {
  test('is the standard one where nothing was said', () => {
    expect(schemaOf()).toEqual(standardAttributes);
  });

  test('may ask for a standard attribute, fix it, and bound it', () => {
    expect(inSchema('email', { Name: 'email', Required: true })).toMatchObject({ Required: true, Mutable: true });
    const bounded = { Name: 'name', AttributeDataType: 'String', Mutable: false } as const;
    expect(inSchema('name', { ...bounded, StringAttributeConstraints: { MaxLength: '5' } })).toMatchObject({
      Mutable: false,
      StringAttributeConstraints: { MaxLength: '5' },
    });
    expect(schemaOf([bounded])).toHaveLength(20);
  });

  test('takes no bounds of a standard attribute without its type', () => {
    const entry = { Name: 'name', StringAttributeConstraints: { MaxLength: '5' } };
    expect(inSchema('name', entry)).toEqual(inSchema('name'));
  });

  test('leaves the sub as it is', () => {
    expect(inSchema('sub', { Name: 'sub', Mutable: true, Required: false })).toEqual(inSchema('sub'));
  });

  test('has custom attributes at its end, under their prefix', () => {
    const schema = schemaOf([
      plan,
      { Name: 'score', AttributeDataType: 'Number', DeveloperOnlyAttribute: true, Mutable: false },
    ]);
    expect(schema.slice(20)).toEqual([
      {
        Name: 'custom:plan',
        AttributeDataType: 'String',
        DeveloperOnlyAttribute: false,
        Mutable: true,
        Required: false,
        StringAttributeConstraints: {},
      },
      {
        Name: 'dev:custom:score',
        AttributeDataType: 'Number',
        DeveloperOnlyAttribute: true,
        Mutable: false,
        Required: false,
      },
    ]);
  });

  test('drops bounds of another type', () => {
    const both = {
      StringAttributeConstraints: { MinLength: '1' },
      NumberAttributeConstraints: { MinValue: '1', MaxValue: '2' },
    };
    expect(inSchema('custom:a', { Name: 'a', AttributeDataType: 'Number', ...both })).toMatchObject({
      NumberAttributeConstraints: { MinValue: '1', MaxValue: '2' },
    });
    expect(inSchema('custom:a', { Name: 'a', AttributeDataType: 'Number', ...both })).not.toHaveProperty(
      'StringAttributeConstraints',
    );
    const flag = inSchema('custom:a', { Name: 'a', AttributeDataType: 'Boolean', ...both });
    expect(Object.keys(flag ?? {})).not.toContain('StringAttributeConstraints');
    expect(Object.keys(flag ?? {})).not.toContain('NumberAttributeConstraints');
  });

  test('takes the name of a flag for a custom attribute', () => {
    expect(inSchema('custom:email_verified', { Name: 'email_verified', AttributeDataType: 'Boolean' })).toBeDefined();
  });

  test.each<[string, SchemaEntry[], string]>([
    [
      'another type of a standard attribute',
      [{ Name: 'email', AttributeDataType: 'Number' }],
      'You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email',
    ],
    [
      'a standard attribute for developers alone',
      [{ Name: 'email', DeveloperOnlyAttribute: true }],
      'You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email',
    ],
    ['a name twice', [plan, plan], 'custom:plan: Existing attribute already has name custom:plan.'],
    [
      'a developers’ name twice',
      [
        { ...plan, DeveloperOnlyAttribute: true },
        { ...plan, DeveloperOnlyAttribute: true },
      ],
      'custom:plan: Existing attribute already has name dev:custom:plan.',
    ],
    [
      'a required custom attribute',
      [{ ...plan, Required: true }],
      'Required custom attributes are not supported currently.',
    ],
    [
      'a custom attribute without a type',
      [{ Name: 'plan' }],
      'Invalid AttributeDataType input, consider using the provided AttributeDataType enum.',
    ],
    ['an attribute without a name', [{ AttributeDataType: 'String' }], 'Name is required for every schema attribute.'],
    [
      'a length that is no number',
      [{ ...plan, StringAttributeConstraints: { MaxLength: 'x' } }],
      'Invalid StringAttributeConstraints for schema attribute custom:plan',
    ],
    [
      'a negative length',
      [{ ...plan, StringAttributeConstraints: { MinLength: '-1' } }],
      'Invalid StringAttributeConstraints for schema attribute custom:plan',
    ],
    [
      'a bound that is no number',
      [{ Name: 'n', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '1e3' } }],
      'Invalid NumberAttributeConstraints for schema attribute custom:n',
    ],
    [
      'a length beyond the API’s',
      [{ ...plan, StringAttributeConstraints: { MaxLength: '2049' } }],
      'user.custom:plan: String attributes cannot have a length of more than 2048',
    ],
    [
      'crossed lengths',
      [{ ...plan, StringAttributeConstraints: { MinLength: '10', MaxLength: '9' } }],
      'user.custom:plan: Max length cannot be less than min length.',
    ],
    [
      'crossed values, however large',
      [
        {
          Name: 'n',
          AttributeDataType: 'Number',
          NumberAttributeConstraints: { MinValue: '9007199254740993', MaxValue: '9007199254740992' },
        },
      ],
      'user.custom:n: Max value cannot be less than min value.',
    ],
  ])('refuses %s', (_what, entries, message) => {
    expect(refused(...entries)).toBe(`InvalidParameterException: ${message}`);
  });

  test('has room for fifty custom attributes, or for as many as the deployment says', () => {
    const entries = Array.from({ length: 51 }, (_, at) => ({
      ...plan,
      Name: `a${at}`,
      DeveloperOnlyAttribute: at > 9,
    }));
    const told = (quotas: Partial<Quotas>, count: number) =>
      refusalOf(() =>
        requireSchemaQuota({ settings: { issuerBase: '', quotas } }, schemaOf(entries.slice(0, count)), tooManyFor),
      );
    const tooMany = (most: number) =>
      `InvalidParameterException: The limit of ${most} custom attributes of a user pool would be exceeded.`;
    expect(told({}, 50)).toBe('nothing is refused');
    expect(told({}, 51)).toBe(tooMany(50));
    expect(told({ customAttributesPerPool: 0 }, 0)).toBe('nothing is refused');
    expect(told({ customAttributesPerPool: 0 }, 1)).toBe(tooMany(0));
  });

  test('grows by all of the new attributes or by none', () => {
    const grown = withCustomAttributes(schemaOf([plan]), [{ Name: 'a', AttributeDataType: 'DateTime' }]);
    expect(grown.slice(20).map(({ Name }) => Name)).toEqual(['custom:plan', 'custom:a']);
    expect(refusalOf(() => withCustomAttributes(grown, [{ Name: 'b', AttributeDataType: 'String' }, plan]))).toMatch(
      /^InvalidParameterException: custom:plan/,
    );
  });
});
