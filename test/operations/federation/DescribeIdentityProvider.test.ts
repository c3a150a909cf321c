import { describe, expect, test } from 'vitest';
import { providersOf } from '../../support/providers.ts';
import { refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

async function aGoogle() {
  const service = await startService();
  const pool = await service.aPool();
  const providers = providersOf(service, pool);
  const made = await providers.create({ ProviderType: 'Google', IdpIdentifiers: ['mail', 'example.com'] });
  return { service, pool, providers, made };
}

const noPool = 'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.';

describe('DescribeIdentityProvider', () => {
  test('shows all of a provider, its secret included (pools-and-users 55)', async () => {
    const { providers, made } = await aGoogle();
    expect(await providers.look('Google')).toEqual(made);
    expect(made?.ProviderDetails?.['client_secret']).toBe('google-secret');
  });

  test('finds a provider by its name alone, in these very letters, in its own pool', async () => {
    const { service, providers } = await aGoogle();
    for (const name of ['google', 'mail', 'Google ', 'constructor']) {
      expect(await refused(providers.look(name))).toBe(
        `ResourceNotFoundException: Identity provider ${name} does not exist.`,
      );
    }
    expect(await refused(providersOf(service, await service.aPool()).look('Google'))).toBe(
      'ResourceNotFoundException: Identity provider Google does not exist.',
    );
    expect(await refused(providersOf(service, { id: 'us-east-1_000000000' }).look('Google'))).toBe(noPool);
  });
});

describe('GetIdentityProviderByIdentifier', () => {
  test('shows the same of a provider, by each of its identifiers (pools-and-users 55, oauth-and-login 5)', async () => {
    const { providers, made } = await aGoogle();
    for (const identifier of ['mail', 'example.com']) expect(await providers.lookUp(identifier)).toEqual(made);
  });

  test('finds a provider by its identifiers alone, in these very letters, in its own pool', async () => {
    const { service, providers } = await aGoogle();
    for (const identifier of ['Google', 'Mail', 'example']) {
      expect(await refused(providers.lookUp(identifier))).toBe(
        `ResourceNotFoundException: Identity provider ${identifier} does not exist.`,
      );
    }
    expect(await refused(providersOf(service, await service.aPool()).lookUp('mail'))).toMatch(/^ResourceNotFound/);
    expect(await refused(providersOf(service, { id: 'us-east-1_000000000' }).lookUp('mail'))).toBe(noPool);
  });

  test('takes an identifier of forty characters', async () => {
    const { providers } = await aGoogle();
    for (const identifier of ['x'.repeat(41), 'a/b']) {
      expect(await refused(providers.lookUp(identifier))).toMatch(
        /^InvalidParameterException: 1 validation error detected: Value '.*' at 'idpIdentifier' failed/,
      );
    }
  });
});
