/** What the lists of attributes let an application see and change of people, and what it may do without lists. */
import {
  AdminGetUserCommand,
  GetUserCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { attributesOf, somePassword } from '../../support/builders.ts';
import { recordOf, unauthorized } from '../../support/people.ts';
import { refused } from '../../support/refused.ts';
import { signingIn } from '../../support/signing-in.ts';
import { type Service, startService } from '../../support/start-service.ts';

type Lists = NonNullable<Parameters<Service['aClient']>[1]>;

const ofAda = {
  email: 'ada@example.com',
  email_verified: 'true',
  name: 'Ada',
  nickname: 'A',
  'custom:plan': 'free',
  'dev:custom:risk': 'low',
};

/** An application with these lists, and a person who signed in through it. */
async function anApplication(lists: Lists) {
  const service = await startService();
  const { client } = service;
  const pool = await service.aPool({
    Schema: [
      { Name: 'plan', AttributeDataType: 'String' },
      { Name: 'risk', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
    ],
  });
  const app = await service.aClient(pool, lists);
  const { sub } = await service.aUser(pool, { username: 'ada', attributes: ofAda });
  const { access: AccessToken } = await signingIn(service, app).tokens('ada');
  let people = 0;
  return {
    sub,
    async read() {
      const { UserAttributes } = await client.send(new GetUserCommand({ AccessToken }));
      return recordOf(UserAttributes);
    },
    /** How the same attributes fare at sign-up and at a change. */
    async write(attributes: Readonly<Record<string, string>>) {
      const UserAttributes = attributesOf(attributes);
      const Username = `person-${people++}`;
      const asked = { ClientId: app.id, Username, Password: somePassword, UserAttributes };
      return {
        signUp: await refused(client.send(new SignUpCommand(asked))),
        update: await refused(client.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }))),
      };
    },
    /** As the administrator sees them. */
    async stored() {
      const asked = new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'ada' });
      return recordOf((await client.send(asked)).UserAttributes);
    },
  };
}

const done = { signUp: 'nothing is refused', update: 'nothing is refused' };
const never = { signUp: unauthorized, update: unauthorized };

describe('An application with lists (pools-and-users 27)', () => {
  const lists: Lists = {
    ReadAttributes: ['email', 'custom:plan'],
    WriteAttributes: ['name', 'custom:plan'],
  };

  test('reads what its list names, and always the sub', async () => {
    const { sub, read } = await anApplication(lists);
    expect(await read()).toEqual({ sub, email: ofAda.email, 'custom:plan': 'free' });
  });

  test('writes what its list names, and nothing else', async () => {
    const { write, stored } = await anApplication(lists);
    expect(await write({ name: 'Ada L', 'custom:plan': 'paid' })).toEqual(done);
    for (const attributes of [
      { email: 'eve@example.com' },
      { nickname: 'E' },
      { name: 'Eve', nickname: 'E' },
      { email_verified: 'true' },
      { sub: 'x' },
      { 'dev:custom:risk': 'none' },
      { 'custom:other': 'x' },
    ]) {
      expect(await write(attributes), JSON.stringify(attributes)).toEqual(never);
    }
    const { sub: _sub, ...now } = await stored();
    expect(now).toEqual({ ...ofAda, name: 'Ada L', 'custom:plan': 'paid' });
  });
});

describe('An application without lists (pools-and-users 27)', () => {
  test('reads everything but what developers keep to themselves', async () => {
    const { sub, read } = await anApplication({});
    const { 'dev:custom:risk': _risk, ...seen } = ofAda;
    expect(await read()).toEqual({ sub, ...seen });
  });

  test('writes everything but that, and what says who somebody is', async () => {
    const { write } = await anApplication({});
    expect(await write({ name: 'Ada L', nickname: 'L', 'custom:plan': 'paid' })).toEqual(done);
    for (const attributes of [
      { email_verified: 'true' },
      { phone_number_verified: 'true' },
      { sub: 'x' },
      { 'dev:custom:risk': 'none' },
    ]) {
      expect(await write(attributes), JSON.stringify(attributes)).toEqual(never);
    }
  });
});
