import { describe, expect, test } from 'vitest';
import { neededDetails, providersOf, samlMetadata } from '../../support/providers.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type ServiceOptions, startService } from '../../support/start-service.ts';

async function aPoolWithProviders(options: ServiceOptions = {}) {
  const service = await startService(options);
  const pool = await service.aPool();
  return { service, pool, providers: providersOf(service, pool) };
}

const mapping = { email: 'mail', username: 'name' };
const asked = { ProviderType: 'Google' as const, AttributeMapping: mapping, IdpIdentifiers: ['a', 'b'] };

describe('UpdateIdentityProvider', () => {
  test('leaves alone what it is not told, but for the date (pools-and-users 55)', async () => {
    const { service, providers } = await aPoolWithProviders();
    const made = await providers.create(asked);
    service.clock.advance(5000);
    const updated = { ...made, LastModifiedDate: new Date(service.clock.now()) };
    expect(await providers.update('Google')).toEqual(updated);
    expect(await providers.look('Google')).toEqual(updated);
  });

  test('replaces the details as a whole (pools-and-users 55)', async () => {
    const { providers } = await aPoolWithProviders();
    const made = await providers.create({
      ...asked,
      ProviderDetails: { ...neededDetails.Google, token_url: 'https://other.example.com/token' },
    });
    const ProviderDetails = { client_id: 'another', client_secret: 'newer', authorize_scopes: 'profile' };
    expect(await providers.update('Google', { ProviderDetails })).toEqual({
      ...made,
      ProviderDetails: {
        ...made?.ProviderDetails,
        ...ProviderDetails,
        token_url: 'https://www.googleapis.com/oauth2/v4/token',
      },
    });
  });

  test('replaces the mapping as a whole (pools-and-users 55)', async () => {
    const { providers } = await aPoolWithProviders();
    const made = await providers.create(asked);
    expect(await providers.update('Google', { AttributeMapping: { name: 'name' } })).toEqual({
      ...made,
      AttributeMapping: { name: 'name', username: 'sub' },
    });
    expect(await providers.update('Google', { AttributeMapping: {} })).toEqual({
      ...made,
      AttributeMapping: { username: 'sub' },
    });
  });

  test('replaces the identifiers as a whole, and what they lead to (pools-and-users 55)', async () => {
    const { providers } = await aPoolWithProviders();
    const made = await providers.create(asked);
    const changed = await providers.update('Google', { IdpIdentifiers: ['b', 'c'] });
    expect(changed).toEqual({ ...made, IdpIdentifiers: ['b', 'c'] });
    for (const identifier of ['b', 'c']) expect(await providers.lookUp(identifier)).toEqual(changed);
    expect(await refused(providers.lookUp('a'))).toBe('ResourceNotFoundException: Identity provider a does not exist.');

    expect(await providers.update('Google', { IdpIdentifiers: [] })).not.toHaveProperty('IdpIdentifiers');
    expect(await refused(providers.lookUp('b'))).toMatch(/^ResourceNotFoundException/);
    await providers.create({ ProviderType: 'OIDC', IdpIdentifiers: ['a', 'b', 'c'] });
  });

  test('exchanges all fifty identifiers for others', async () => {
    const { providers } = await aPoolWithProviders();
    const fifty = (kind: string) => Array.from({ length: 50 }, (_, index) => `${kind} ${index}`);
    await providers.create({ ProviderType: 'OIDC', IdpIdentifiers: fifty('old') });
    const changed = await providers.update('Corp', { IdpIdentifiers: fifty('new') });
    expect(changed?.IdpIdentifiers).toEqual(fifty('new'));
    expect(await providers.look('Corp')).toEqual(changed);
    for (const identifier of fifty('new')) expect(await providers.lookUp(identifier)).toEqual(changed);
    // Each is free again.
    await providers.create({ ProviderType: 'OIDC', ProviderName: 'Next', IdpIdentifiers: fifty('old') });
  });

  test('replaces the mapping of levels, and drops it', async () => {
    const { providers } = await aPoolWithProviders();
    await providers.create({ ProviderType: 'OIDC', AcrMapping: { Level1: 'low' } });
    expect((await providers.update('Corp', { AcrMapping: { Level2: 'middle' } }))?.AcrMapping).toEqual({
      Level2: 'middle',
    });
    expect(await providers.update('Corp', { AcrMapping: {} })).not.toHaveProperty('AcrMapping');
  });

  test('keeps the key of Apple, which no answer shows, until it is told another', async () => {
    const { service, pool, providers } = await aPoolWithProviders();
    const kept = async () => (await service.ports.identityProviders.find(pool.id, 'SignInWithApple'))?.details;
    const made = await providers.create({ ProviderType: 'SignInWithApple' });
    expect(made?.ProviderDetails).not.toHaveProperty('private_key');
    expect(await providers.update('SignInWithApple', { ProviderDetails: made?.ProviderDetails })).toEqual(made);
    expect(await kept()).toEqual({ ...made?.ProviderDetails, private_key: 'MIGHAg-apple-key' });

    const ProviderDetails = { ...made?.ProviderDetails, private_key: 'MIGHAg-next' };
    expect(await providers.update('SignInWithApple', { ProviderDetails })).toEqual(made);
    expect((await kept())?.['private_key']).toBe('MIGHAg-next');
  });

  test('exchanges metadata for an address', async () => {
    const { providers } = await aPoolWithProviders();
    const made = await providers.create({ ProviderType: 'SAML' });
    const ProviderDetails = { MetadataURL: 'https://idp.example.com/metadata' };
    expect(await providers.update('Office', { ProviderDetails })).toEqual({ ...made, ProviderDetails });
    expect(await providers.update('Office', { ProviderDetails: { MetadataFile: samlMetadata } })).toEqual(made);
  });

  test('refuses what creation refuses', async () => {
    const { pool, providers } = await aPoolWithProviders({ settings: { quotas: { identifiersPerProvider: 2 } } });
    await providers.create(asked);
    await providers.create({ ProviderType: 'OIDC', IdpIdentifiers: ['corp'] });
    const made = await providers.look('Google');
    const told = (settings: Parameters<typeof providers.update>[1]) => refused(providers.update('Google', settings));
    expect(await told({ ProviderDetails: { client_id: 'x' } })).toBe(
      'InvalidParameterException: clientId, clientSecret and authorizeScopes are all required idp details.',
    );
    expect(await told({ AttributeMapping: { sub: 'sub' } })).toBe(
      'InvalidParameterException: Invalid attribute mapping: sub: Attribute is not mutable.',
    );
    expect(await told({ AcrMapping: { Level1: 'low' } })).toBe(
      'InvalidParameterException: AcrMapping can be set for identity providers of type OIDC only.',
    );
    expect(await told({ IdpIdentifiers: ['a', 'corp'] })).toBe(
      `InvalidParameterException: One of the IdpIdentifiers already belongs to another identity provider in user pool ${pool.id}`,
    );
    expect(await told({ IdpIdentifiers: ['a', 'b', 'c'] })).toBe(
      'InvalidParameterException: The limit of 2 identifiers of an identity provider would be exceeded.',
    );
    expect(await providers.look('Google')).toEqual(made);
  });

  test('gives one of two providers an identifier that both ask for side by side', async () => {
    const { pool, providers } = await aPoolWithProviders();
    const names = ['Corp1', 'Corp2', 'Corp3'];
    for (const ProviderName of names) await providers.create({ ProviderType: 'OIDC', ProviderName });
    const told = await outcomes(names.map((name) => providers.update(name, { IdpIdentifiers: ['shared'] })));
    const held = `InvalidParameterException: One of the IdpIdentifiers already belongs to another identity provider in user pool ${pool.id}`;
    expect(told.toSorted()).toEqual([held, held, 'done']);
    expect((await providers.lookUp('shared'))?.ProviderName).toBe(names[told.indexOf('done')]);
  });

  test('loses nothing of several changes side by side', async () => {
    const { providers } = await aPoolWithProviders();
    await providers.create(asked);
    await Promise.all([
      providers.update('Google', { AttributeMapping: { name: 'name' } }),
      providers.update('Google', { IdpIdentifiers: ['c'] }),
      providers.update('Google', { ProviderDetails: { ...neededDetails.Google, client_id: 'newer' } }),
    ]);
    expect(await providers.look('Google')).toMatchObject({
      AttributeMapping: { name: 'name', username: 'sub' },
      IdpIdentifiers: ['c'],
      ProviderDetails: { client_id: 'newer' },
    });
  });

  test('gives up when others always come first', async () => {
    const { service, pool, providers } = await aPoolWithProviders();
    await providers.create(asked);
    const identityProviders = { ...service.ports.identityProviders, save: async () => 'changed' as const };
    const beaten = await startService({ ports: { identityProviders } });
    expect(await refused(providersOf(beaten, pool).update('Google'))).toBe(
      'ConcurrentModificationException: The identity provider is being changed by another request.',
    );
  });

  test('knows no provider that was never made, nor one of another pool', async () => {
    const { service, providers } = await aPoolWithProviders();
    await providers.create(asked);
    const unknown = 'ResourceNotFoundException: Identity provider Google does not exist.';
    expect(await refused(providersOf(service, await service.aPool()).update('Google'))).toBe(unknown);
    expect(await refused(providersOf(service, { id: 'us-east-1_000000000' }).update('Google'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    await providers.remove('Google');
    expect(await refused(providers.update('Google'))).toBe(unknown);
  });
});
