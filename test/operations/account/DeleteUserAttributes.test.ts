import { DeleteUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { aPerson, bodyOf, lookAt, nobody, refusalOfCall, unauthorized } from '../../support/people.ts';
import { type Service, startService } from '../../support/start-service.ts';

const invalid = 'InvalidParameterException: Invalid user attributes: ';
const attributes = {
  name: 'Ada',
  nickname: 'Countess',
  family_name: 'King',
  email: 'fixture@example.com',
  email_verified: 'true',
  'custom:origin': 'here',
};

async function somebody(app: Parameters<Service['aClient']>[1] = {}) {
  const service = await startService();
  const pool = await service.aPool({
    AliasAttributes: ['email'],
    Schema: [
      { Name: 'origin', AttributeDataType: 'String', Mutable: false },
      { Name: 'risk', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
      { Name: 'family_name', Required: true },
    ],
  });
  const through = await service.aClient(pool, app);
  const person = await aPerson(service, pool, { username: 'ada', attributes, app: through });
  const remove = (...UserAttributeNames: string[]) =>
    service.client.send(new DeleteUserAttributesCommand({ AccessToken: person.token, UserAttributeNames }));
  const now = async () => (await lookAt(service.client, pool, 'ada')).attributes;
  return { ...service, ...person, pool, remove, now };
}

describe('DeleteUserAttributes', () => {
  test('removes values, and takes missing ones for removed', async () => {
    const { remove, now } = await somebody();

    expect(bodyOf(await remove('name', 'nickname', 'locale', 'name'))).toEqual({});
    expect(await now()).not.toHaveProperty('name');
    expect(await now()).not.toHaveProperty('nickname');
    expect(await now()).toMatchObject({ family_name: 'King' });
  });

  test('removes an address with its flag and its alias (pools-and-users 45)', async () => {
    const { client, pool, remove, now } = await somebody();
    expect((await lookAt(client, pool, attributes.email)).username).toBe('ada');
    await remove('email');

    expect(Object.keys(await now())).not.toEqual(expect.arrayContaining(['email']));
    expect(await now()).not.toHaveProperty('email_verified');
    expect(await refusalOfCall(lookAt(client, pool, attributes.email))).toBe(nobody);
  });

  test.each<[string[], string]>([
    [['family_name'], `${invalid}user.family_name: The attribute is required\n`],
    [
      ['custom:origin'],
      `${invalid}user.custom:origin: Attribute cannot be updated. (changing an immutable attribute)\n`,
    ],
    [
      ['a', 'custom:b'],
      `${invalid}user.a: Attribute does not exist in the schema.\nuser.custom:b: Attribute does not exist in the schema.\n`,
    ],
    [['__proto__'], `${invalid}user.__proto__: Attribute does not exist in the schema.\n`],
    [['sub'], unauthorized],
    [['email_verified'], unauthorized],
    [['dev:custom:risk'], unauthorized],
  ])('refuses %j and removes nothing', async (names, message) => {
    const { remove, now } = await somebody();
    const before = await now();

    expect(await refusalOfCall(remove('name', ...names))).toBe(message);
    expect(await now()).toEqual(before);
  });

  test('removes what the client may write', async () => {
    const { remove } = await somebody({ WriteAttributes: ['name', 'family_name'] });

    expect(await refusalOfCall(remove('name', 'nickname'))).toBe(unauthorized);
    expect(await refusalOfCall(remove('name'))).toBe('nothing is refused');
  });
});
