import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientSettings } from '../../../lambdas/core/model/client.ts';
import type { PoolSettings } from '../../../lambdas/core/model/pool.ts';
import { isReadable, isWritable, readableAttributes } from '../../../lambdas/core/rules/attribute-permissions.ts';
import {
  attributeList,
  attributesOf,
  changedAttributes,
  missingRequired,
  newAttributes,
  suppliedAttributes,
  withoutAttributes,
} from '../../../lambdas/core/rules/attributes.ts';
import { schemaOf } from '../../../lambdas/core/rules/schema.ts';
import { aClient, aPool, aUser } from '../../support/model.ts';
import { refusalOf } from '../../support/refusals.ts';

const schema = schemaOf([
  { Name: 'given_name', Required: true },
  { Name: 'plan', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '4' } },
  { Name: 'score', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '1' } },
  { Name: 'once', AttributeDataType: 'String', Mutable: false },
  { Name: 'inner', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
]);
const poolWith = (settings: PoolSettings = {}) => aPool({ schema, settings });
const pool = poolWith();
const client = aClient();
const limited = (settings: ClientSettings) => aClient({ settings });
const entries = (attributes: Record<string, string>) =>
  Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
const unauthorized = 'NotAuthorizedException: A client attempted to write unauthorized attribute';
const conform = (...lines: string[]) =>
  `InvalidParameterException: Attributes did not conform to the schema: ${lines.map((line) => `${line}\n`).join('')}`;
const invalid = (...lines: string[]) =>
  `InvalidParameterException: Invalid user attributes: ${lines.map((line) => `${line}\n`).join('')}`;

describe('What a client may read and write', () => {
  test('is everything that clients may at all, until it has lists', () => {
    const names = schema.map(({ Name }) => Name);
    const closed = ['sub', 'email_verified', 'phone_number_verified', 'dev:custom:inner'];
    expect(names.filter((name) => !isWritable(client, name))).toEqual(closed);
    expect(names.filter((name) => !isReadable(client, name))).toEqual(['dev:custom:inner']);
  });

  test('is what its lists say, and the sub to read', () => {
    const narrow = limited({ ReadAttributes: ['email'], WriteAttributes: ['email', 'email_verified', 'sub'] });
    expect(['email', 'name', 'sub', 'email_verified'].map((name) => isReadable(narrow, name))).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(['email', 'name', 'sub', 'email_verified'].map((name) => isWritable(narrow, name))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  test('is shown in the schema’s order, without what has no value', () => {
    const attributes = { 'custom:plan': 'pro', email: 'a@b.c', name: 'Ada', 'dev:custom:inner': 'x' };
    expect(Object.entries(readableAttributes(pool, client, attributes))).toEqual([
      ['name', 'Ada'],
      ['email', 'a@b.c'],
      ['custom:plan', 'pro'],
    ]);
  });
});

describe('A list of attributes', () => {
  test('counts the last of several values, and none as an empty one', () => {
    expect(attributesOf([{ Name: 'name', Value: 'a' }, { Name: 'email' }, { Name: 'name', Value: 'b' }])).toEqual({
      name: 'b',
      email: '',
    });
    expect(attributesOf(undefined)).toEqual({});
  });

  test('starts with the sub, and follows the schema', () => {
    const user = aUser({ attributes: { unknown: 'z', 'custom:plan': 'pro', name: 'Ada' } });
    expect(attributeList(pool, user)).toEqual([
      { Name: 'sub', Value: user.sub },
      { Name: 'name', Value: 'Ada' },
      { Name: 'custom:plan', Value: 'pro' },
      { Name: 'unknown', Value: 'z' },
    ]);
  });

  test('takes any name for a name', () => {
    const asked = attributesOf([
      { Name: '__proto__', Value: 'x' },
      { Name: 'constructor', Value: 'y' },
    ]);
    expect(Object.keys(asked)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(asked)).toBe(Object.prototype);
  });
});

describe('The attributes of a new user', () => {
  const made = (attributes: Record<string, string>, settings: PoolSettings = {}) =>
    newAttributes(poolWith(settings), client, entries(attributes));
  const refused = (attributes: Record<string, string>, settings: PoolSettings = {}) =>
    refusalOf(() => made(attributes, settings));

  test('are kept as given, booleans in lower case, and without empty ones', () => {
    const given = { given_name: 'Ada', 'custom:once': 'x', name: '' };
    expect(made(given)).toEqual({ given_name: 'Ada', 'custom:once': 'x' });
    const byAdministrator = { email: 'a@b.c', email_verified: 'True' };
    expect(newAttributes(pool, 'administrator', entries(byAdministrator))).toEqual({
      email: 'a@b.c',
      email_verified: 'true',
    });
  });

  test('are refused together, each finding on its line', () => {
    expect(refused({ given_name: 'Ada', 'custom:plan': 'large', 'custom:score': '0', birthdate: '1815' })).toBe(
      conform(
        'custom:plan: String must be no longer than 4 characters',
        'custom:score: Number must be no less than 1',
        'birthdate: String must be no shorter than 10 characters',
      ),
    );
  });

  test.each<[string, Record<string, string>, string]>([
    ['a required one is missing', { name: 'Ada' }, conform('given_name: The attribute is required')],
    ['a required one is empty', { given_name: '' }, conform('given_name: The attribute is required')],
    [
      'one is unknown',
      { given_name: 'Ada', 'custom:x': '1' },
      conform('Type for attribute {custom:x} could not be determined'),
    ],
    [
      'one has a name of JavaScript’s',
      { given_name: 'Ada', constructor: '1' },
      conform('Type for attribute {constructor} could not be determined'),
    ],
    [
      'the mail address is none',
      { given_name: 'Ada', email: 'a' },
      'InvalidParameterException: Invalid email address format.',
    ],
    [
      'the phone number is none',
      { given_name: 'Ada', phone_number: '1' },
      'InvalidParameterException: Invalid phone number format.',
    ],
    ['a client sets the sub', { given_name: 'Ada', sub: 'x' }, unauthorized],
    ['a client sets a flag', { given_name: 'Ada', email: 'a@b.c', email_verified: 'true' }, unauthorized],
    ['a client sets a developers’ attribute', { given_name: 'Ada', 'dev:custom:inner': 'x' }, unauthorized],
  ])('are refused when %s', (_when, attributes, expected) => {
    expect(refused(attributes)).toBe(expected);
  });

  test('may lack required ones when an administrator makes the user', () => {
    expect(newAttributes(pool, 'administrator', undefined)).toEqual({});
  });

  test('never name the sub, not even an administrator’s', () => {
    expect(refusalOf(() => newAttributes(pool, 'administrator', entries({ sub: 'x' })))).toMatch(
      /^InvalidParameterException: /,
    );
  });

  test('have no flag without its address', () => {
    expect(refusalOf(() => newAttributes(pool, 'administrator', entries({ email_verified: 'true' })))).toBe(
      'InvalidParameterException: Email is required to verify/un-verify an email',
    );
    expect(refusalOf(() => newAttributes(pool, 'administrator', entries({ phone_number_verified: 'true' })))).toBe(
      'InvalidParameterException: Phone Number is required to verify/un-verify a phone number',
    );
  });

  test('follow what the username says, and do not contradict it', () => {
    const implied = { email: 'Ada@example.com' };
    const given = entries({ given_name: 'Ada' });
    expect(newAttributes(pool, client, given, implied)).toEqual({ given_name: 'Ada', email: 'Ada@example.com' });
    const other = (email: string, settings: PoolSettings) =>
      refusalOf(() => newAttributes(poolWith(settings), client, [...given, { Name: 'email', Value: email }], implied));
    expect(other('eve@example.com', {})).toMatch(/^InvalidParameterException: Username and email/);
    expect(other('ada@example.com', {})).toMatch(/^InvalidParameterException: Username and email/);
    expect(other('ada@example.com', { UsernameConfiguration: { CaseSensitive: false } })).toBe('nothing is refused');
  });

  test('claim no sign-in name before anybody confirmed the user', () => {
    const settings: PoolSettings = { AliasAttributes: ['preferred_username'] };
    expect(refused({ given_name: 'Ada', preferred_username: 'root' }, settings)).toMatch(
      /^InvalidParameterException: /,
    );
    expect(refused({ given_name: 'Ada', preferred_username: 'root' })).toBe('nothing is refused');
  });

  test('are what a client may write, whatever it sends', () => {
    const names = fc.constantFrom(
      'sub',
      'email_verified',
      'dev:custom:inner',
      '__proto__',
      'name',
      'given_name',
      'custom:x',
    );
    const anything = fc.array(fc.record({ Name: fc.oneof(names, fc.string()), Value: fc.string() }), { maxLength: 5 });
    fc.assert(
      fc.property(anything, (given) => {
        let attributes = {};
        refusalOf(() => {
          attributes = newAttributes(pool, client, given);
        });
        for (const name of Object.keys(attributes)) expect(isWritable(client, name)).toBe(true);
      }),
    );
  });
});

describe('An update of attributes', () => {
  const user = aUser({
    attributes: { given_name: 'Ada', email: 'old@b.c', email_verified: 'true', 'custom:once': 'x', name: 'Ada L' },
  });
  const changed = (attributes: Record<string, string>, settings: PoolSettings = {}) =>
    changedAttributes(poolWith(settings), 'administrator', user, entries(attributes));
  const refused = (attributes: Record<string, string>) =>
    refusalOf(() => changedAttributes(pool, client, user, entries(attributes)));

  test('keeps what it does not name, and removes what it empties', () => {
    const { attributes, toVerify } = changed({ name: '', 'custom:plan': 'pro' });
    const { name: _name, ...kept } = user.attributes;
    expect(attributes).toEqual({ ...kept, 'custom:plan': 'pro' });
    expect(toVerify).toEqual([]);
  });

  test.each<[string, Record<string, string>, string]>([
    [
      'names are unknown',
      { 'custom:a': '1', b: '2' },
      invalid(
        'user.custom:a: Attribute does not exist in the schema.',
        'user.b: Attribute does not exist in the schema.',
      ),
    ],
    [
      'one never changes',
      { 'custom:once': 'y' },
      invalid('user.custom:once: Attribute cannot be updated. (changing an immutable attribute)'),
    ],
    ['a required one would go', { given_name: '' }, invalid('user.given_name: The attribute is required')],
    [
      'values do not fit',
      { 'custom:plan': 'large' },
      invalid('user.custom:plan: String must be no longer than 4 characters'),
    ],
    ['a client sets a flag', { email_verified: 'true' }, unauthorized],
    ['the mail address is none', { email: 'x' }, 'InvalidParameterException: Invalid email address format.'],
  ])('is refused when %s', (_when, attributes, expected) => {
    expect(refused(attributes)).toBe(expected);
  });

  test('is refused outside the client’s list, deletions too', () => {
    const narrow = limited({ WriteAttributes: ['name', 'given_name'] });
    expect(refusalOf(() => changedAttributes(pool, narrow, user, entries({ email: 'a@b.c' })))).toBe(unauthorized);
    expect(refusalOf(() => withoutAttributes(pool, narrow, user, ['email']))).toBe(unauthorized);
    expect(refusalOf(() => withoutAttributes(pool, narrow, user, ['name']))).toBe('nothing is refused');
  });

  test('leaves a new address unverified, with a code only where the pool verifies', () => {
    const silent = changed({ email: 'new@b.c' });
    expect(silent.attributes).toMatchObject({ email: 'new@b.c', email_verified: 'false' });
    expect(silent.toVerify).toEqual([]);
    const verifying = changed({ email: 'new@b.c' }, { AutoVerifiedAttributes: ['email'] });
    expect(verifying.toVerify).toMatchObject([{ attribute: 'email', target: 'new@b.c' }]);
  });

  test('with the very address that is there changes nothing and sends nothing', () => {
    const same = changed({ email: 'old@b.c' }, { AutoVerifiedAttributes: ['email'] });
    expect(same).toEqual({ attributes: user.attributes, pending: {}, toVerify: [] });
  });

  describe('where new addresses wait for their code', () => {
    const settings: PoolSettings = {
      AutoVerifiedAttributes: ['email', 'phone_number'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    };

    test('keeps the old address, and sends a code to the new one', () => {
      const { attributes, pending, toVerify } = changed({ email: 'new@b.c', name: 'A' }, settings);
      expect(attributes).toEqual({ ...user.attributes, name: 'A' });
      expect(pending).toEqual({ email: 'new@b.c' });
      expect(toVerify).toMatchObject([{ attribute: 'email', target: 'new@b.c' }]);
    });

    test('replaces what waited before', () => {
      const waiting = { ...user, pending: { email: 'first@b.c' } };
      const change = changedAttributes(poolWith(settings), client, waiting, entries({ email: 'second@b.c' }));
      expect(change.pending).toEqual({ email: 'second@b.c' });
    });

    test('lets an administrator verify the address at once', () => {
      const waiting = { ...user, pending: { email: 'first@b.c' } };
      const given = entries({ email: 'new@b.c', email_verified: 'true' });
      expect(changedAttributes(poolWith(settings), 'administrator', waiting, given)).toEqual({
        attributes: { ...user.attributes, email: 'new@b.c', email_verified: 'true' },
        pending: {},
        toVerify: [],
      });
    });

    test('gives a user without an address none before its code', () => {
      const bare = aUser({ attributes: { given_name: 'Ada' } });
      const change = changedAttributes(poolWith(settings), client, bare, entries({ email: 'new@b.c' }));
      expect(change.attributes).toEqual({ given_name: 'Ada' });
      expect(change.pending).toEqual({ email: 'new@b.c' });
    });

    test('drops what waits together with the address', () => {
      const waiting = { ...user, pending: { email: 'first@b.c' } };
      const change = withoutAttributes(poolWith(settings), client, waiting, ['email']);
      expect(change).toEqual({
        attributes: { given_name: 'Ada', 'custom:once': 'x', name: 'Ada L' },
        pending: {},
        toVerify: [],
      });
    });
  });

  test('takes a removed address’s flag with it', () => {
    const { attributes } = withoutAttributes(pool, client, user, ['email', 'nickname']);
    expect(attributes).not.toHaveProperty('email');
    expect(attributes).not.toHaveProperty('email_verified');
  });

  test('sets no flag of an address that is not there', () => {
    expect(refusalOf(() => changed({ phone_number_verified: 'true' }))).toMatch(
      /^InvalidParameterException: Phone Number/,
    );
    expect(refusalOf(() => changed({ email: '', email_verified: 'true' }))).toMatch(
      /^InvalidParameterException: Email/,
    );
  });
});

describe('The attributes of a first sign-in', () => {
  const invited = aUser({ status: 'FORCE_CHANGE_PASSWORD', attributes: { email: 'a@b.c' } });
  const supplied = (asked: Record<string, string>) => suppliedAttributes(pool, client, invited, asked);
  const refused = (asked: Record<string, string>) => refusalOf(() => supplied(asked));

  test('are all that the pool requires', () => {
    expect(missingRequired(pool, invited.attributes)).toEqual(['given_name']);
    expect(supplied({ given_name: 'Ada', 'custom:once': 'x' }).attributes).toEqual({
      email: 'a@b.c',
      given_name: 'Ada',
      'custom:once': 'x',
    });
    expect(refused({})).toBe('InvalidParameterException: Invalid attributes given, given_name is missing');
    expect(refused({ given_name: '' })).toBe(
      'InvalidParameterException: Invalid attributes given, given_name is missing',
    );
  });

  test('replace nothing that is there', () => {
    expect(refused({ given_name: 'Ada', email: 'eve@b.c' })).toBe(
      'NotAuthorizedException: Cannot modify an already provided email',
    );
  });

  test('are those that the client may write and the schema has', () => {
    expect(refused({ given_name: 'Ada', email_verified: 'true' })).toBe(unauthorized);
    expect(refused({ given_name: 'Ada', 'custom:x': '1' })).toBe(
      invalid('user.custom:x: Attribute does not exist in the schema.'),
    );
    expect(refused({ given_name: 'Ada', constructor: '1' })).toBe(
      invalid('user.constructor: Attribute does not exist in the schema.'),
    );
  });
});
