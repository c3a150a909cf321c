import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  type CreateUserPoolCommandInput,
  GetUserCommand,
  InitiateAuthCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { Identity } from '../../../lambdas/core/model/identity.ts';
import type { Settings } from '../../../lambdas/core/ports/settings.ts';
import { brokenInvariants } from '../../support/invariants.ts';
import { aUser as aModelUser } from '../../support/model.ts';
import { anOwnTable } from '../../support/own-table.ts';
import { nobody, tokenOf } from '../../support/people.ts';
import { account, linksOf, providersOf } from '../../support/providers.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const table = await anOwnTable();

interface Surroundings {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly settings?: Partial<Settings>;
}

/** A pool with one provider of each kind, and with Ada. */
async function aPoolOf({ pool: given = {}, settings = {} }: Surroundings = {}) {
  const service = await startService({ settings, table });
  const pool = await service.aPool(given);
  const providers = providersOf(service, pool);
  await providers.create({ ProviderType: 'Google' });
  await providers.create({ ProviderType: 'OIDC', AttributeMapping: { email: 'mail', name: 'name' } });
  await providers.create({ ProviderType: 'SAML', AttributeMapping: { email: 'mail' } });
  await service.aUser(pool, { username: 'ada' });
  return { service, pool, providers, ...linksOf(service, pool) };
}

/** Somebody who came from a provider by themselves. */
async function signedUp(
  { service, pool }: Pick<Awaited<ReturnType<typeof aPoolOf>>, 'service' | 'pool'>,
  username: string,
  identity: Pick<Identity, 'providerName' | 'providerType' | 'userId'>,
) {
  const stored = await service.ports.pools.find(pool.id);
  if (!stored) throw new Error('There is no such pool');
  const identities = [{ ...identity, primary: true, dateCreated: 1 }];
  const sub = service.ports.random.bytes(16);
  const user = aModelUser({
    poolId: pool.id,
    username,
    sub: Buffer.from(sub)
      .toString('hex')
      .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    status: 'EXTERNAL_PROVIDER',
    identities,
    version: 0,
  });
  expect(await service.ports.users.add(stored, user)).toBe('added');
}

const google = (userId: string) => ({ providerName: 'Google', providerType: 'Google', userId }) as const;

const invalid = (message: string): string => `InvalidParameterException: ${message}`;

const merging = invalid(
  'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
);
const linked = invalid('SourceUser is already linked to DestinationUser');
const elsewhere = invalid('SourceUser is already linked to another user');

describe('AdminLinkProviderForUser', () => {
  test('lists the account among the identities of the user, after sub', async () => {
    const { service, pool, link } = await aPoolOf();
    const { sub } = await service.aUser(pool, { username: 'grace', attributes: { email: 'g@example.com' } });
    service.clock.advance(1000);
    const now = service.clock.now();
    const answer = await service.call('AdminLinkProviderForUser', {
      UserPoolId: pool.id,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'grace' },
      SourceUser: account('Google', '1078'),
    });
    expect([answer.status, answer.json]).toEqual([200, {}]);
    service.clock.advance(1000);
    await link('grace', account('Corp', 'Grace@example.com', 'email'));
    await link('grace', account('Office', 'grace'));

    const Value = JSON.stringify([
      {
        userId: '1078',
        providerName: 'Google',
        providerType: 'Google',
        issuer: null,
        primary: false,
        dateCreated: now,
      },
      {
        userId: 'Grace@example.com',
        providerName: 'Corp',
        providerType: 'OIDC',
        issuer: null,
        primary: false,
        dateCreated: now + 1000,
      },
      {
        userId: 'grace',
        providerName: 'Office',
        providerType: 'SAML',
        issuer: 'https://idp.example.com/saml',
        primary: false,
        dateCreated: now + 1000,
      },
    ]);
    const UserAttributes = [
      { Name: 'sub', Value: sub },
      { Name: 'identities', Value },
      { Name: 'email', Value: 'g@example.com' },
    ];
    const shown = await service.client.send(new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'grace' }));
    expect(shown.UserAttributes).toEqual(UserAttributes);
    expect([shown.UserStatus, shown.UserLastModifiedDate]).toEqual(['CONFIRMED', new Date(now + 1000)]);

    const list = (AttributesToGet?: string[]) =>
      service.client.send(new ListUsersCommand({ UserPoolId: pool.id, Filter: 'username = "grace"', AttributesToGet }));
    expect((await list()).Users?.[0]?.Attributes).toEqual(UserAttributes);
    expect((await list(['identities'])).Users?.[0]?.Attributes).toEqual([{ Name: 'identities', Value }]);
    const { Users = [] } = await service.client.send(new ListUsersCommand({ UserPoolId: pool.id }));
    expect(Users.find(({ Username }) => Username === 'grace')?.Attributes).toEqual(UserAttributes);
  });

  test('lets the user see the identities, whatever an application may read', async () => {
    const { service, pool, link, identities } = await aPoolOf();
    const app = await service.aClient(pool, { ReadAttributes: ['email'] });
    await link('ada', account('Google', '1078'));
    const AccessToken = await tokenOf(service.client, app, { username: 'ada' });
    const { UserAttributes } = await service.client.send(new GetUserCommand({ AccessToken }));
    expect(UserAttributes?.map(({ Name }) => Name)).toEqual(['sub', 'identities']);
    expect(JSON.parse(UserAttributes?.[1]?.Value ?? '')).toEqual(await identities('ada'));
  });

  test('links up to five accounts, of the same provider or of others', async () => {
    const { link, identities } = await aPoolOf();
    const full = 'LimitExceededException: The limit of 5 identities linked to a user would be exceeded.';
    for (const subject of ['1', '2', '3', '4']) await link('ada', account('Google', subject));
    const told = await outcomes([link('ada', account('Corp', '5')), link('ada', account('Corp', '6'))]);
    expect(told.toSorted()).toEqual([full, 'done']);
    expect(await refused(link('ada', account('Google', '7')))).toBe(full);
    expect(await identities('ada')).toHaveLength(5);
  });

  test('links as many accounts as the deployment allows (pools-and-users 58)', async () => {
    const { link } = await aPoolOf({ settings: { quotas: { identitiesPerUser: 1 } } });
    await link('ada', account('Google', '1'));
    expect(await refused(link('ada', account('Google', '2')))).toBe(
      'LimitExceededException: The limit of 1 identities linked to a user would be exceeded.',
    );
  });

  test('counts the account that a user came from to none of them', async () => {
    const world = await aPoolOf({ settings: { quotas: { identitiesPerUser: 1 } } });
    await signedUp(world, 'google_1', google('1'));
    await world.linkTo(account('Google', '1'), account('Corp', '2'));
    expect(await world.identities('google_1')).toHaveLength(2);
  });

  test('leads an account to one user, however many are asked for side by side', async () => {
    const { service, pool, link, identities } = await aPoolOf();
    const names = ['a', 'b', 'c', 'd'];
    for (const username of names) await service.aUser(pool, { username });
    const told = await outcomes(names.map((name) => link(name, account('Google', '1078'))));
    expect(told.toSorted()).toEqual([...Array(3).fill(elsewhere), 'done']);
    const owned = await Promise.all(names.map(async (name) => (await identities(name)) !== undefined));
    expect(owned).toEqual(told.map((each) => each === 'done'));
    expect(await brokenInvariants(table, new Set([pool.id]))).toEqual([]);
  });

  test('links an account to a user once, however often it is asked for', async () => {
    const { link, identities } = await aPoolOf();
    const told = await outcomes(Array.from({ length: 4 }, () => link('ada', account('Google', '1078'))));
    expect(told.toSorted()).toEqual([linked, linked, linked, 'done']);
    expect(await identities('ada')).toHaveLength(1);
  });

  test('loses no link of several that are made side by side', async () => {
    const { link, identities } = await aPoolOf();
    await Promise.all(['1', '2', '3'].map((subject) => link('ada', account('Google', subject))));
    expect(await identities('ada')).toHaveLength(3);
  });

  test('tells accounts apart by provider, attribute and value, exactly', async () => {
    const { service, pool, link } = await aPoolOf({ pool: { UsernameConfiguration: { CaseSensitive: false } } });
    const sources = [
      account('Corp', 'a'),
      account('Corp', 'A'),
      account('Corp', 'a', 'email'),
      account('Corp', 'a', 'name'),
      account('Office', 'a', 'email'),
    ];
    for (const [index, source] of sources.entries()) {
      const { username } = await service.aUser(pool, { username: `user ${index}`.replace(' ', '') });
      await link(username, source);
    }
    expect(await refused(link('ada', account('Corp', 'A')))).toBe(elsewhere);
  });

  test('frees an account with its user', async () => {
    const { service, pool, link, identities } = await aPoolOf();
    await link('ada', account('Google', '1078'));
    await link('ada', account('Corp', 'ada@example.com', 'email'));
    await service.client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'ada' }));
    expect(await brokenInvariants(table, new Set([pool.id]))).toEqual([]);
    await service.aUser(pool, { username: 'grace' });
    await link('grace', account('Google', '1078'));
    expect(await identities('grace')).toHaveLength(1);
  });

  test('keeps the links of a user whose attributes change', async () => {
    const { service, pool, link, identities } = await aPoolOf({ pool: { AliasAttributes: ['email'] } });
    await link('ada', account('Google', '1078'));
    const before = await identities('ada');
    const UserAttributes = [
      { Name: 'email', Value: 'a@example.com' },
      { Name: 'email_verified', Value: 'true' },
    ];
    const update = { UserPoolId: pool.id, Username: 'ada', UserAttributes };
    await service.client.send(new AdminUpdateUserAttributesCommand(update));
    expect(await identities('a@example.com')).toEqual(before);
    // Whoever loses the address to another keeps the link as well.
    await service.aUser(pool, { username: 'grace' });
    await service.client.send(new AdminUpdateUserAttributesCommand({ ...update, Username: 'grace' }));
    expect(await identities('ada')).toEqual(before);
    expect(await brokenInvariants(table, new Set([pool.id]))).toEqual([]);
  });

  test('lets nobody write identities', async () => {
    const { service, pool } = await aPoolOf();
    const UserAttributes = [{ Name: 'identities', Value: '[]' }];
    const update = new AdminUpdateUserAttributesCommand({ UserPoolId: pool.id, Username: 'ada', UserAttributes });
    expect(await refused(service.client.send(update))).toBe(
      invalid('Invalid user attributes: user.identities: Attribute does not exist in the schema.\n'),
    );
  });
});

describe('The destination of AdminLinkProviderForUser', () => {
  test('is a user of the pool, by any name', async () => {
    const { service, pool, link, identities } = await aPoolOf({ pool: { AliasAttributes: ['email'] } });
    const { username, sub } = await service.aUser(pool, {
      username: 'grace',
      attributes: { email: 'g@example.com', email_verified: 'true' },
    });
    for (const [index, name] of [username, sub, 'g@example.com'].entries()) {
      await link(name, account('Google', String(index)));
    }
    expect(await identities('grace')).toHaveLength(3);
    expect(await refused(link('nobody', account('Google', '9')))).toBe(nobody);
  });

  test('is a user who came from a provider, by the subject there', async () => {
    const world = await aPoolOf();
    await signedUp(world, 'google_1', google('1'));
    await world.linkTo({ ProviderName: 'Google', ProviderAttributeValue: '1' }, account('Corp', '2'));
    expect(await world.identities('google_1')).toEqual([
      { ...google('1'), issuer: null, primary: true, dateCreated: 1 },
      {
        userId: '2',
        providerName: 'Corp',
        providerType: 'OIDC',
        issuer: null,
        primary: false,
        dateCreated: world.service.clock.now(),
      },
    ]);
    expect(await refused(world.linkTo(account('Google', '2'), account('Corp', '3')))).toBe(nobody);
    expect(await refused(world.linkTo(account('Corp', '1'), account('Corp', '3')))).toBe(nobody);
    expect(await refused(world.link('google_1', account('Corp', '3')))).toBe(nobody);
    expect(await refused(world.linkTo(account('Other', '1'), account('Corp', '3')))).toBe(
      'ResourceNotFoundException: Identity provider Other does not exist.',
    );
  });

  test('has no attribute that never changes', async () => {
    const { service, pool, link } = await aPoolOf({
      pool: { Schema: [{ Name: 'badge', AttributeDataType: 'String', Mutable: false }] },
    });
    await service.aUser(pool, { username: 'grace', attributes: { 'custom:badge': '7' } });
    expect(await refused(link('grace', account('Google', '1')))).toBe(
      invalid('Invalid DestinationUser: custom:badge: All attributes of the DestinationUser must be mutable.'),
    );
    expect(await refused(link('ada', account('Google', '1')))).toBe('nothing is refused');
  });
});

describe('The source of AdminLinkProviderForUser', () => {
  test('has not signed up by itself', async () => {
    const world = await aPoolOf();
    await signedUp(world, 'google_1', google('1'));
    expect(await refused(world.link('ada', account('Google', '1')))).toBe(merging);
    expect(await refused(world.linkTo(account('Google', '1'), account('Google', '1')))).toBe(linked);
    expect(await world.identities('ada')).toBeUndefined();
  });

  test('does not sign up while it is being linked', async () => {
    const world = await aPoolOf();
    await world.link('ada', account('Google', '1'));
    await expect(signedUp(world, 'google_1', google('1'))).rejects.toThrow("taken: 'identity'");
  });

  test('is linked to nobody else', async () => {
    const { service, pool, link } = await aPoolOf();
    await service.aUser(pool, { username: 'grace' });
    await link('grace', account('Google', '1'));
    expect(await refused(link('ada', account('Google', '1')))).toBe(elsewhere);
    expect(await refused(link('grace', account('Google', '1')))).toBe(linked);
  });

  test('is no user of the pool itself', async () => {
    const { link } = await aPoolOf();
    expect(await refused(link('ada', account('Cognito', 'ada')))).toBe(
      invalid(
        'Invalid SourceUser: Cognito users with a username/password may not be passed in as a SourceUser, only as a DestinationUser',
      ),
    );
  });

  test('is known by its subject, or by an attribute that is mapped', async () => {
    const { link } = await aPoolOf();
    const subjectOnly = invalid('ProviderAttributeName must be Cognito_Subject for this identity provider.');
    for (const name of ['sub', 'email']) {
      expect(await refused(link('ada', account('Google', '1', name)))).toBe(subjectOnly);
    }
    for (const name of ['mail', 'phone_number', 'constructor', 'sub']) {
      expect(await refused(link('ada', account('Corp', '1', name)))).toBe(
        invalid(`ProviderAttributeName must be Cognito_Subject or a mapped attribute, and ${name} is not mapped.`),
      );
    }
    expect(await refused(link('ada', account('Corp', '1', 'email')))).toBe('nothing is refused');
  });

  test('is known by five attributes of a provider at most', async () => {
    const { service, pool, providers, link } = await aPoolOf();
    const names = ['email', 'name', 'nickname', 'given_name', 'family_name', 'profile'];
    await providers.update('Corp', { AttributeMapping: Object.fromEntries(names.map((name) => [name, name])) });
    const linkBy = async (name: string) => {
      const { username } = await service.aUser(pool);
      return link(username, account('Corp', 'value', name));
    };
    for (const name of names.slice(0, 5)) await linkBy(name);
    const { username } = await service.aUser(pool);
    await link(username, account('Corp', 'another value', 'email'));
    await link(username, account('Corp', 'value'));
    expect(await refused(linkBy('profile'))).toBe(
      'LimitExceededException: The limit of 5 attribute names in links of an identity provider would be exceeded.',
    );
    // A change of the provider keeps what links are looked for by.
    await providers.update('Corp', { AttributeMapping: { profile: 'profile' } });
    expect(await refused(linkBy('profile'))).toMatch(/^LimitExceededException/);
  });

  test('is of a provider of the pool', async () => {
    const { service, pool, link } = await aPoolOf();
    await providersOf(service, await service.aPool()).create({ ProviderType: 'Facebook' });
    expect(await refused(link('ada', account('Facebook', '1')))).toBe(
      'ResourceNotFoundException: Identity provider Facebook does not exist.',
    );
    expect(await refused(linksOf(service, { id: 'us-east-1_000000000' }).link('ada', account('Google', '1')))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(linksOf(service, pool).link('ada', account('Google', '1')))).toBe('nothing is refused');
  });

  test('is of a pool that is there, whatever is taken for the name of one', async () => {
    const { service } = await aPoolOf();
    for (const id of ['', 'x', 'us-east-1_a#b', '😀', 'x'.repeat(131_072)]) {
      expect(await refused(linksOf(service, { id }).link('ada', account('Google', '1')))).toBe(
        `ResourceNotFoundException: User pool ${id} does not exist.`,
      );
    }
  });

  test('is named in full, like the destination', async () => {
    const { linkTo } = await aPoolOf();
    const [to, from] = [account('Cognito', 'ada'), account('Google', '1')];
    for (const lacking of [
      { ProviderName: undefined },
      { ProviderAttributeName: undefined },
      { ProviderAttributeName: '' },
      { ProviderAttributeValue: undefined },
      { ProviderAttributeValue: '' },
    ]) {
      expect(await refused(linkTo(to, { ...from, ...lacking }))).toBe(
        invalid('SourceUser needs a ProviderName, a ProviderAttributeName and a ProviderAttributeValue.'),
      );
    }
    for (const lacking of [{ ProviderName: undefined }, { ProviderAttributeValue: '' }]) {
      expect(await refused(linkTo({ ...to, ...lacking }, from))).toBe(
        invalid('DestinationUser needs a ProviderName and a ProviderAttributeValue.'),
      );
    }
    for (const call of [
      linkTo(to, account('Google', 'x'.repeat(2049))),
      linkTo(account('Cognito', 'x'.repeat(2049)), from),
    ]) {
      expect(await refused(call)).toBe(invalid('A ProviderAttributeValue has at most 2048 characters.'));
    }
    expect(await refused(linkTo(to, account('Google', 'x'.repeat(2048))))).toBe('nothing is refused');
  });

  test('is no name by which a user signs in, or is found', async () => {
    const { service, pool, link } = await aPoolOf({ pool: { AliasAttributes: ['preferred_username'] } });
    const app = await service.aClient(pool);
    await link('ada', account('Google', '1078'));
    const signIn = (USERNAME: string) =>
      service.client.send(
        new InitiateAuthCommand({
          ClientId: app.id,
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME, PASSWORD: 'Correct-Horse-9' },
        }),
      );
    expect((await signIn('ada')).AuthenticationResult).toBeDefined();
    for (const name of ['1078', 'Google_1078', 'google_1078', '["Google","Cognito_Subject","1078"]']) {
      const get = new AdminGetUserCommand({ UserPoolId: pool.id, Username: name });
      expect(await refused(service.client.send(get))).toBe(nobody);
      expect(await refused(signIn(name))).toMatch(/^(?:NotAuthorized|UserNotFound)Exception/);
    }
  });
});
