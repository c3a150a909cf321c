import { DescribeUserPoolClientCommand, UpdateUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { account, linksOf, providersOf } from '../../support/providers.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const unknown = 'ResourceNotFoundException: Identity provider Google does not exist.';

async function aGoogle() {
  const service = await startService();
  const pool = await service.aPool();
  const providers = providersOf(service, pool);
  await providers.create({ ProviderType: 'Google', IdpIdentifiers: ['mail'] });
  return { service, pool, providers };
}

describe('DeleteIdentityProvider', () => {
  test('answers nothing, and leaves nothing of the provider (pools-and-users 55)', async () => {
    const { service, pool, providers } = await aGoogle();
    const answer = await service.call('DeleteIdentityProvider', { UserPoolId: pool.id, ProviderName: 'Google' });
    expect([answer.status, answer.body, answer.headers['content-length']]).toEqual([200, '', '0']);

    expect(await refused(providers.look('Google'))).toBe(unknown);
    expect(await refused(providers.lookUp('mail'))).toMatch(/^ResourceNotFoundException/);
    expect((await providers.list()).Providers).toEqual([]);
    const again = await providers.create({ ProviderType: 'Google', IdpIdentifiers: ['mail'] });
    expect(await providers.lookUp('mail')).toEqual(again);
  });

  test('removes a provider once, however many ask for it', async () => {
    const { providers } = await aGoogle();
    const told = await outcomes(Array.from({ length: 4 }, () => providers.remove('Google')));
    expect(told.toSorted()).toEqual([unknown, unknown, unknown, 'done']);
  });

  test('removes a provider whatever is changed of it meanwhile', async () => {
    const { providers } = await aGoogle();
    const told = await outcomes([
      providers.update('Google', { IdpIdentifiers: ['other'] }),
      providers.remove('Google'),
      providers.update('Google', { AttributeMapping: { name: 'name' } }),
    ]);
    expect(told[1]).toBe('done');
    expect(await refused(providers.look('Google'))).toBe(unknown);
    await providers.create({ ProviderType: 'OIDC', IdpIdentifiers: ['mail', 'other'] });
  });

  test('gives up when others always come first', async () => {
    const { service, pool } = await aGoogle();
    const identityProviders = { ...service.ports.identityProviders, remove: async () => 'changed' as const };
    const beaten = await startService({ ports: { identityProviders } });
    expect(await refused(providersOf(beaten, pool).remove('Google'))).toBe(
      'ConcurrentModificationException: The identity provider is being changed by another request.',
    );
  });

  test('is allowed while an app client lists the provider, which no change of the client gets past (oauth-and-login 5)', async () => {
    const { service, pool, providers } = await aGoogle();
    const app = await service.aClient(pool, { SupportedIdentityProviders: ['COGNITO', 'Google'] });
    const ids = { UserPoolId: pool.id, ClientId: app.id };
    await providers.remove('Google');
    const { UserPoolClient } = await service.client.send(new DescribeUserPoolClientCommand(ids));
    expect(UserPoolClient?.SupportedIdentityProviders).toEqual(['COGNITO', 'Google']);
    const { SupportedIdentityProviders } = UserPoolClient ?? {};
    const update = new UpdateUserPoolClientCommand({ ...ids, SupportedIdentityProviders });
    expect(await refused(service.client.send(update))).toBe(
      `InvalidParameterException: The provider Google does not exist for User Pool ${pool.id}.`,
    );
  });

  test('leaves users who are linked to it as they are (pools-and-users 55)', async () => {
    const { service, pool, providers } = await aGoogle();
    const links = linksOf(service, pool);
    const { username } = await service.aUser(pool);
    await links.link(username, account('Google', '123'));
    const before = await links.identities(username);
    await providers.remove('Google');
    expect(await links.identities(username)).toEqual(before);
  });

  test('knows no provider that was never made, nor one of another pool', async () => {
    const { service, providers } = await aGoogle();
    expect(await refused(providers.remove('mail'))).toBe(
      'ResourceNotFoundException: Identity provider mail does not exist.',
    );
    expect(await refused(providersOf(service, await service.aPool()).remove('Google'))).toBe(unknown);
    expect(await refused(providersOf(service, { id: 'us-east-1_000000000' }).remove('Google'))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});
