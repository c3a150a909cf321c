import { CreateUserPoolCommand, type SchemaAttributeType } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

/** The whole schema of a pool that was asked for these attributes. */
async function schemaWith(...Schema: SchemaAttributeType[]): Promise<readonly SchemaAttributeType[]> {
  const { aPool } = await startService();
  return (await aPool({ Schema })).SchemaAttributes ?? [];
}

async function attribute(name: string, ...Schema: SchemaAttributeType[]): Promise<SchemaAttributeType | undefined> {
  return (await schemaWith(...Schema)).find(({ Name }) => Name === name);
}

async function refusal(...Schema: SchemaAttributeType[]): Promise<string> {
  const { client } = await startService();
  return refused(client.send(new CreateUserPoolCommand({ PoolName: 'shop', Schema })));
}

const invalid = (message: string): string => `InvalidParameterException: ${message}`;

const custom = (Name: string, entry: Partial<SchemaAttributeType> = {}): SchemaAttributeType => ({
  Name,
  AttributeDataType: 'String',
  ...entry,
});

describe('The schema of CreateUserPool', () => {
  test('has custom attributes behind the standard ones, in the order in which they were given', async () => {
    const schema = await schemaWith(custom('b'), { Name: 'email', Required: true }, custom('a'));
    expect(schema).toHaveLength(22);
    expect(schema.slice(-2).map(({ Name }) => Name)).toEqual(['custom:b', 'custom:a']);
  });

  test('makes a standard attribute required or fixed, and bounds it where its type is named', async () => {
    const lengths = { MinLength: '3', MaxLength: '100' };
    const asked = { Name: 'email', Required: true, Mutable: false, StringAttributeConstraints: lengths };
    const untyped = await attribute('email', asked);
    expect(untyped).toMatchObject({ Required: true, Mutable: false });
    expect(untyped?.StringAttributeConstraints).toEqual({ MinLength: '0', MaxLength: '2048' });
    const typed = await attribute('email', { ...asked, AttributeDataType: 'String' });
    expect(typed?.StringAttributeConstraints).toEqual(lengths);
  });

  test('leaves the sub as it is', async () => {
    const asked = { Name: 'sub', Mutable: true, Required: false };
    expect(await attribute('sub', asked)).toMatchObject({ Mutable: false, Required: true });
  });

  test('gives custom attributes their defaults', async () => {
    const common = { DeveloperOnlyAttribute: false, Mutable: true, Required: false };
    expect(await attribute('custom:plan', custom('plan'))).toEqual({
      Name: 'custom:plan',
      AttributeDataType: 'String',
      ...common,
      StringAttributeConstraints: {},
    });
    for (const AttributeDataType of ['Number', 'Boolean', 'DateTime'] as const) {
      const found = await attribute('custom:plan', { Name: 'plan', AttributeDataType });
      expect(found).toEqual({ Name: 'custom:plan', AttributeDataType, ...common });
    }
  });

  test('puts attributes for developers under a prefix of their own', async () => {
    const secret = custom('plan', { DeveloperOnlyAttribute: true, Mutable: false });
    const schema = await schemaWith(custom('plan'), secret);
    expect(schema.slice(-2)).toMatchObject([
      { Name: 'custom:plan', DeveloperOnlyAttribute: false },
      { Name: 'dev:custom:plan', DeveloperOnlyAttribute: true, Mutable: false },
    ]);
  });

  test('takes the name of a flag for that of a custom attribute', async () => {
    const [flag] = (await schemaWith(custom('email_verified'))).slice(-1);
    expect(flag?.Name).toBe('custom:email_verified');
    expect(await refusal(custom('phone_number_verified'))).toBe(
      invalid(
        "1 validation error detected: Value 'phone_number_verified' at 'schema.1.member.name' failed to satisfy constraint: Member must have length less than or equal to 20",
      ),
    );
  });

  test('takes names that objects have of their own', async () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const schema = await schemaWith(...names.map((name) => custom(name)));
    expect(schema.slice(-3).map(({ Name }) => Name)).toEqual(names.map((name) => `custom:${name}`));
  });

  test('has room for fifty attributes in a request', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => custom(`attribute-${index}`));
    expect(await schemaWith(...many(50))).toHaveLength(70);
    expect(await refusal(...many(51))).toMatch(/'schema' failed .* length less than or equal to 50$/);
    expect(await refusal()).toMatch(/'schema' failed .* length greater than or equal to 1$/);
  });
});

describe('The schema of CreateUserPool cannot', () => {
  test.each<Partial<SchemaAttributeType>>([{ AttributeDataType: 'Number' }, { DeveloperOnlyAttribute: true }])(
    'change what a standard attribute is: %j (pools-and-users 21)',
    async (change) => {
      expect(await refusal({ Name: 'email', ...change })).toBe(
        invalid(
          'You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email',
        ),
      );
    },
  );

  test.each<[string, SchemaAttributeType, string]>([
    [
      'have a length that is none',
      custom('plan', { StringAttributeConstraints: { MinLength: 'x' } }),
      'Invalid StringAttributeConstraints for schema attribute custom:plan',
    ],
    [
      'have a negative length',
      custom('plan', { StringAttributeConstraints: { MaxLength: '-1' } }),
      'Invalid StringAttributeConstraints for schema attribute custom:plan',
    ],
    [
      'have an empty length',
      custom('plan', { StringAttributeConstraints: { MaxLength: '' } }),
      'Invalid StringAttributeConstraints for schema attribute custom:plan',
    ],
    [
      'have a value that is none',
      custom('plan', { AttributeDataType: 'Number', NumberAttributeConstraints: { MaxValue: '1e3' } }),
      'Invalid NumberAttributeConstraints for schema attribute custom:plan',
    ],
    [
      'have a length beyond 2048',
      custom('plan', { StringAttributeConstraints: { MaxLength: '2049' } }),
      'user.custom:plan: String attributes cannot have a length of more than 2048',
    ],
    [
      'have crossed lengths',
      custom('plan', { StringAttributeConstraints: { MinLength: '10', MaxLength: '9' } }),
      'user.custom:plan: Max length cannot be less than min length.',
    ],
    [
      'have crossed values',
      custom('plan', { AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '1', MaxValue: '-1' } }),
      'user.custom:plan: Max value cannot be less than min value.',
    ],
    [
      'cross the lengths of a standard attribute',
      { Name: 'name', AttributeDataType: 'String', StringAttributeConstraints: { MinLength: '2', MaxLength: '1' } },
      'user.name: Max length cannot be less than min length.',
    ],
  ])('%s (pools-and-users 21)', async (_what, entry, message) => {
    expect(await refusal(entry)).toBe(invalid(message));
  });

  test('bound an attribute as one of another type: such bounds are dropped (pools-and-users 21)', async () => {
    const both = { StringAttributeConstraints: { MaxLength: '9' }, NumberAttributeConstraints: { MaxValue: '9' } };
    const ofType = (AttributeDataType: 'String' | 'Number' | 'Boolean') =>
      attribute('custom:plan', custom('plan', { AttributeDataType, ...both }));
    const [string, number, flag] = [await ofType('String'), await ofType('Number'), await ofType('Boolean')];
    expect(string).toMatchObject({ StringAttributeConstraints: { MaxLength: '9' } });
    expect(string).not.toHaveProperty('NumberAttributeConstraints');
    expect(number).toMatchObject({ NumberAttributeConstraints: { MaxValue: '9' } });
    expect(number).not.toHaveProperty('StringAttributeConstraints');
    expect(Object.keys(flag ?? {})).toEqual(expect.not.arrayContaining(Object.keys(both)));
  });

  test('ask for a custom attribute that everybody must have', async () => {
    expect(await refusal(custom('plan', { Required: true }))).toBe(
      invalid('Required custom attributes are not supported currently.'),
    );
  });

  test('name an attribute twice', async () => {
    expect(await refusal(custom('plan'), custom('plan'))).toBe(
      invalid('custom:plan: Existing attribute already has name custom:plan.'),
    );
  });

  test('have attributes without a type or a name', async () => {
    expect(await refusal({ Name: 'plan' })).toBe(
      invalid('Invalid AttributeDataType input, consider using the provided AttributeDataType enum.'),
    );
    expect(await refusal({ AttributeDataType: 'String' })).toBe(
      invalid('Name is required for every schema attribute.'),
    );
    expect(await refusal(custom('two words'))).toMatch(/'schema\.1\.member\.name'.* regular expression pattern/);
  });

  test('fill a pool with bounds of endless digits', async () => {
    const endless = custom('plan', { StringAttributeConstraints: { MinLength: '0'.repeat(131_072) } });
    const entries = Array.from({ length: 5 }, (_, index) => ({ ...endless, Name: `plan-${index}` }));
    expect(await refusal(...entries)).toBe(invalid('The settings may take 390000 bytes in all.'));
  });
});
