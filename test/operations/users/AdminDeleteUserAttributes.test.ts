import { AdminDeleteUserAttributesCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { bodyOf, lookAt, nobody, refusalOfCall } from '../../support/people.ts';
import { startService } from '../../support/start-service.ts';

const invalid = 'InvalidParameterException: Invalid user attributes: ';
const attributes = {
  name: 'Ada',
  family_name: 'King',
  email: 'fixture@example.com',
  email_verified: 'true',
  'custom:origin': 'here',
  'dev:custom:risk': 'low',
};

async function administering() {
  const service = await startService();
  const pool = await service.aPool({
    AliasAttributes: ['email'],
    Schema: [
      { Name: 'origin', AttributeDataType: 'String', Mutable: false },
      { Name: 'risk', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
      { Name: 'family_name', Required: true },
    ],
  });
  await service.aUser(pool, { username: 'ada', attributes });
  const remove = (Username: string, ...UserAttributeNames: string[]) =>
    service.client.send(new AdminDeleteUserAttributesCommand({ UserPoolId: pool.id, Username, UserAttributeNames }));
  const now = async () => (await lookAt(service.client, pool, 'ada')).attributes;
  return { ...service, pool, remove, now };
}

describe('AdminDeleteUserAttributes', () => {
  test('removes values, developers’ ones too, and takes missing ones for removed', async () => {
    const { remove, now } = await administering();

    expect(bodyOf(await remove('ada', 'name', 'dev:custom:risk', 'locale'))).toEqual({});
    const { sub: _sub, ...left } = await now();
    const { name: _name, 'dev:custom:risk': _risk, ...expected } = attributes;
    expect(left).toEqual(expected);
  });

  test('removes an address with its flag and its alias (pools-and-users 45)', async () => {
    const { client, pool, remove, now } = await administering();
    await remove('ada', 'email');

    expect(Object.keys(await now()).filter((name) => name.startsWith('email'))).toEqual([]);
    expect(await refusalOfCall(lookAt(client, pool, attributes.email))).toBe(nobody);
  });

  test.each<[string[], string]>([
    [
      ['a', 'custom:b', 'a', '__proto__'],
      `${invalid}user.a: Attribute does not exist in the schema.\nuser.custom:b: Attribute does not exist in the schema.\nuser.__proto__: Attribute does not exist in the schema.\n`,
    ],
    [['family_name'], `${invalid}user.family_name: The attribute is required\n`],
    [
      ['custom:origin'],
      `${invalid}user.custom:origin: Attribute cannot be updated. (changing an immutable attribute)\n`,
    ],
    [['sub'], `${invalid}user.sub: Attribute cannot be updated. (changing an immutable attribute)\n`],
  ])('refuses %j and removes nothing (pools-and-users 30)', async (names, message) => {
    const { remove, now } = await administering();
    const before = await now();

    expect(await refusalOfCall(remove('ada', 'name', ...names))).toBe(message);
    expect(await now()).toEqual(before);
  });

  test('does not know users and pools that are not there', async () => {
    const { client, remove } = await administering();
    expect(await refusalOfCall(remove('nobody', 'name'))).toBe(nobody);
    const elsewhere = { UserPoolId: 'us-east-1_nobody', Username: 'nobody', UserAttributeNames: ['name'] };
    expect(await refusalOfCall(client.send(new AdminDeleteUserAttributesCommand(elsewhere)))).toBe(
      'ResourceNotFoundException: User pool us-east-1_nobody does not exist.',
    );
  });
});
