import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  CreateUserPoolClientCommand,
  type SchemaAttributeType,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import { attributesOf, type Builders } from '../../support/builders.ts';
import { aServedPool, onePool } from '../../support/one-pool.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

const invalid = (message: string): string => `InvalidParameterException: ${message}`;
const taken = (name: string, holder = name): string =>
  invalid(`${name}: Existing attribute already has name ${holder}.`);

const custom = (Name: string, entry: Partial<SchemaAttributeType> = {}): SchemaAttributeType => ({
  Name,
  AttributeDataType: 'String',
  ...entry,
});
const many = (count: number, prefix = 'a'): SchemaAttributeType[] =>
  Array.from({ length: count }, (_, index) => custom(`${prefix}${index}`));

const common = { DeveloperOnlyAttribute: false, Mutable: true, Required: false };

describe('AddCustomAttributes', () => {
  test('answers with nothing, and the schema has them at its end as they were asked for (pools-and-users 20)', async () => {
    const { add, look, service } = await aServedPool({ Schema: [custom('plan')], UserPoolTags: { team: 'shop' } });
    const before = await look();
    service.clock.advance(5_000);
    const lengths = { MinLength: '2', MaxLength: '5' };
    const values = { MinValue: '-1', MaxValue: '12' };
    const answer = await add(
      custom('town', { StringAttributeConstraints: lengths, Mutable: false }),
      { Name: 'age', AttributeDataType: 'Number', NumberAttributeConstraints: values },
      { Name: 'since', AttributeDataType: 'DateTime', DeveloperOnlyAttribute: true },
      { Name: 'member', AttributeDataType: 'Boolean' },
      custom('note'),
    );
    expect(answer).toEqual({});
    const string = { AttributeDataType: 'String', ...common };
    expect(await look()).toEqual({
      ...before,
      LastModifiedDate: new Date(service.clock.now()),
      SchemaAttributes: [
        ...(before.SchemaAttributes ?? []),
        { ...string, Name: 'custom:town', Mutable: false, StringAttributeConstraints: lengths },
        { ...common, Name: 'custom:age', AttributeDataType: 'Number', NumberAttributeConstraints: values },
        { ...common, Name: 'dev:custom:since', AttributeDataType: 'DateTime', DeveloperOnlyAttribute: true },
        { ...common, Name: 'custom:member', AttributeDataType: 'Boolean' },
        { ...string, Name: 'custom:note', StringAttributeConstraints: {} },
      ],
    });
  });

  test('takes a name for everybody and once more for developers, and a standard name for a custom one', async () => {
    const { add, look } = await aServedPool();
    await add(custom('plan'), custom('plan', { DeveloperOnlyAttribute: true }), custom('email'));
    const names = (await look()).SchemaAttributes?.map(({ Name }) => Name);
    expect(names?.slice(20)).toEqual(['custom:plan', 'dev:custom:plan', 'custom:email']);
  });
});

describe('AddCustomAttributes refuses', () => {
  const required = invalid('Required custom attributes are not supported currently.');
  const typeMissing = invalid('Invalid AttributeDataType input, consider using the provided AttributeDataType enum.');

  test.each<[string, SchemaAttributeType, string]>([
    ['a name that is taken (pools-and-users 20)', custom('plan'), taken('custom:plan')],
    [
      'a name that is taken among those for developers (pools-and-users 20)',
      custom('rank', { DeveloperOnlyAttribute: true }),
      taken('custom:rank', 'dev:custom:rank'),
    ],
    ['an attribute that everybody must have (pools-and-users 20)', custom('new', { Required: true }), required],
    ['an attribute without a type (pools-and-users 20)', { Name: 'new' }, typeMissing],
    ['a name that the same call gives twice', custom('good'), taken('custom:good')],
    [
      'an attribute without a name',
      { AttributeDataType: 'String' },
      invalid('Name is required for every schema attribute.'),
    ],
    [
      'crossed lengths',
      custom('new', { StringAttributeConstraints: { MinLength: '3', MaxLength: '2' } }),
      invalid('user.custom:new: Max length cannot be less than min length.'),
    ],
    [
      'a length beyond 2048',
      custom('new', { StringAttributeConstraints: { MaxLength: '2049' } }),
      invalid('user.custom:new: String attributes cannot have a length of more than 2048'),
    ],
    [
      'a bound that is no number',
      { Name: 'new', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: 'x' } },
      invalid('Invalid NumberAttributeConstraints for schema attribute custom:new'),
    ],
  ])('%s, and adds none of those beside it', async (_what, bad, message) => {
    const Schema = [custom('plan'), custom('rank', { DeveloperOnlyAttribute: true })];
    const { add, look } = await aServedPool({ Schema });
    const before = await look();
    expect(await refused(add(custom('good'), bad))).toBe(message);
    expect(await refused(add(bad, custom('good')))).toBe(message);
    expect(await look()).toEqual(before);
  });

  test('26 in a call, and a call without any (pools-and-users 20)', async () => {
    const { add, look } = await aServedPool();
    const tooLong =
      "Value at 'customAttributes' failed to satisfy constraint: Member must have length less than or equal to 25";
    const empty =
      "Value '[]' at 'customAttributes' failed to satisfy constraint: Member must have length greater than or equal to 1";
    expect(await refused(add(...many(26)))).toBe(invalid(`1 validation error detected: ${tooLong}`));
    expect(await refused(add())).toBe(invalid(`1 validation error detected: ${empty}`));
    await add(...many(25));
    expect((await look()).SchemaAttributes).toHaveLength(45);
  });

  test('the 51st in total, those for developers counted (pools-and-users 20)', async () => {
    const { add, look } = await aServedPool({ Schema: [{ Name: 'email', Required: true }, ...many(24, 'first')] });
    await add(...many(25, 'second'));
    await add(custom('fiftieth', { DeveloperOnlyAttribute: true }));
    const full = await look();
    expect(full.SchemaAttributes).toHaveLength(70);
    const tooMany = invalid('The limit of 50 custom attributes of a user pool would be exceeded.');
    expect(await refused(add(custom('one-more')))).toBe(tooMany);
    expect(await refused(add(custom('plan', { DeveloperOnlyAttribute: true })))).toBe(tooMany);
    expect(await look()).toEqual(full);
  });

  test('more than the deployment allows, as CreateUserPool does by the name that it declares (pools-and-users 58)', async () => {
    const service = await startService({ settings: { quotas: { customAttributesPerPool: 2 } } });
    const tooMany = 'The limit of 2 custom attributes of a user pool would be exceeded.';
    expect(await refused(service.aPool({ Schema: many(3) }))).toBe(`LimitExceededException: ${tooMany}`);
    const { add } = onePool(service, await service.aPool({ Schema: many(1) }));
    expect(await refused(add(custom('b'), custom('c')))).toBe(invalid(tooMany));
    expect(await refused(add(custom('b')))).toBe('nothing is refused');
  });

  test('more than a pool has room for', async () => {
    const { add } = await aServedPool();
    const endless = { StringAttributeConstraints: { MinLength: '0'.repeat(131_072) } };
    expect(await refused(add(custom('a', endless), custom('b', endless)))).toBe('nothing is refused');
    expect(await refused(add(custom('c', endless)))).toBe(invalid('The settings may take 390000 bytes in all.'));
  });

  test('a pool that nobody made, or that is in another region', async () => {
    const { id, look, service } = await aServedPool();
    const nobody = onePool(service, { id: 'us-east-1_000000000' });
    expect(await refused(nobody.add(custom('plan')))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    const abroad = onePool({ client: service.clientFor('eu-west-1') }, { id });
    expect(await refused(abroad.add(custom('plan')))).toBe(
      `ResourceNotFoundException: User pool ${id} does not exist.`,
    );
    expect((await look()).SchemaAttributes).toHaveLength(20);
  });
});

describe('What AddCustomAttributes added', () => {
  const signUp = ({ client }: Pick<Service, 'client'>, app: { readonly id: string }, name: string) =>
    refused(
      client.send(
        new SignUpCommand({
          ClientId: app.id,
          Username: name,
          Password: 'Correct-Horse-9',
          UserAttributes: attributesOf({ 'custom:plan': 'gold' }),
        }),
      ),
    );

  test('is there at once for users and for clients', async () => {
    const { id: UserPoolId, add, service } = await aServedPool();
    const { client } = service;
    const app = await service.aClient({ id: UserPoolId });
    const picky = {
      UserPoolId,
      ClientName: 'picky',
      ReadAttributes: ['custom:plan'],
      WriteAttributes: ['custom:plan'],
    };
    expect(await signUp(service, app, 'ada')).toMatch(/^InvalidParameterException: .*custom:plan/);
    expect(await refused(client.send(new CreateUserPoolClientCommand(picky)))).toBe(
      invalid('Invalid read attributes specified while creating a client'),
    );

    await add(custom('plan'), custom('rank', { DeveloperOnlyAttribute: true }));
    expect(await signUp(service, app, 'ada')).toBe('nothing is refused');
    const { UserPoolClient } = await client.send(new CreateUserPoolClientCommand(picky));
    expect(UserPoolClient).toMatchObject({ ReadAttributes: ['custom:plan'], WriteAttributes: ['custom:plan'] });
    const UserAttributes = attributesOf({ 'dev:custom:rank': 'first' });
    await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: 'ada', UserAttributes }));
    const ada = await client.send(new AdminGetUserCommand({ UserPoolId, Username: 'ada' }));
    expect(ada.UserAttributes).toEqual(
      expect.arrayContaining(attributesOf({ 'custom:plan': 'gold', 'dev:custom:rank': 'first' })),
    );
  });

  test('holds its bounds from then on', async () => {
    const { id: UserPoolId, add, service } = await aServedPool();
    await add(custom('plan', { StringAttributeConstraints: { MaxLength: '4' } }));
    const invite = (plan: string) =>
      refused(
        service.client.send(
          new AdminCreateUserCommand({
            UserPoolId,
            Username: plan,
            MessageAction: 'SUPPRESS',
            UserAttributes: attributesOf({ 'custom:plan': plan }),
          }),
        ),
      );
    expect(await invite('gold')).toBe('nothing is refused');
    expect(await invite('platinum')).toMatch(/String must be no longer than 4 characters/);
  });

  test('is there for the next operation of another process', async () => {
    const [here, there] = await startProcesses();
    const pool = await here.aPool();
    const app = await (there as Builders).aClient(pool);
    expect(await signUp(there, app, 'ada')).toMatch(/^InvalidParameterException: .*custom:plan/);
    await onePool(here, pool).add(custom('plan'));
    expect(await signUp(there, app, 'ada')).toBe('nothing is refused');
  });
});

describe('Calls of AddCustomAttributes at once', () => {
  test('all add what nobody else adds', async () => {
    const { add, look } = await aServedPool();
    for (let round = 0; round < 5; round++) {
      const names = [`left-${round}`, `right-${round}`];
      expect(await outcomes(names.map((name) => add(custom(name))))).toEqual(['done', 'done']);
    }
    const schema = (await look()).SchemaAttributes ?? [];
    expect(schema).toHaveLength(30);
    expect(new Set(schema.map(({ Name }) => Name)).size).toBe(30);
  });

  test('add one name once, and tell the other that it is taken', async () => {
    const { add, look } = await aServedPool();
    for (let round = 0; round < 5; round++) {
      const name = `plan-${round}`;
      const told = await outcomes([
        add(custom(name), custom(`${name}-left`)),
        add(custom(name), custom(`${name}-right`)),
      ]);
      expect(told.toSorted()).toEqual([taken(`custom:${name}`), 'done']);
      const winner = told[0] === 'done' ? 'left' : 'right';
      const names = (await look()).SchemaAttributes?.map(({ Name }) => Name);
      expect(names?.slice(-2)).toEqual([`custom:${name}`, `custom:${name}-${winner}`]);
    }
  });

  test('never add more than there is room for', async () => {
    const { add, look } = await aServedPool({ Schema: many(49) });
    const told = await outcomes([add(custom('left')), add(custom('right'))]);
    const tooMany = invalid('The limit of 50 custom attributes of a user pool would be exceeded.');
    expect(told.toSorted()).toEqual([tooMany, 'done']);
    expect((await look()).SchemaAttributes).toHaveLength(70);
  });

  test('lose nothing to an update of the pool, and take nothing from it', async () => {
    const { add, update, look } = await aServedPool();
    for (let round = 0; round < 5; round++) {
      expect(await outcomes([add(custom(`a${round}`)), update({ PoolName: `shop ${round}` })])).toEqual([
        'done',
        'done',
      ]);
      const { Name, SchemaAttributes } = await look();
      expect(Name).toBe(`shop ${round}`);
      expect(SchemaAttributes?.at(-1)?.Name).toBe(`custom:a${round}`);
    }
  });
});

test('AddCustomAttributes asks to come again when others are always faster', async () => {
  const { ports, aPool } = await startService();
  const pool = await aPool();
  const pools = { ...ports.pools, save: async () => 'changed' as const };
  const { add } = onePool(await startService({ ports: { pools } }), pool);
  expect(await refused(add(custom('plan')))).toBe('TooManyRequestsException: Rate exceeded');
});
