import type { ListIdentityProvidersCommandOutput } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { providersOf } from '../../support/providers.ts';
import { refused } from '../../support/refused.ts';
import { serversOf } from '../../support/resource-servers.ts';
import { startService } from '../../support/start-service.ts';

async function aPoolWith(...names: readonly string[]) {
  const service = await startService();
  const pool = await service.aPool();
  const providers = providersOf(service, pool);
  for (const ProviderName of names) await providers.create({ ProviderType: 'OIDC', ProviderName });
  return { service, pool, providers };
}

const namesIn = ({ Providers = [] }: ListIdentityProvidersCommandOutput) =>
  Providers.map(({ ProviderName }) => ProviderName);

const badToken = 'InvalidParameterException: Invalid pagination token provided.';

describe('ListIdentityProviders', () => {
  test('shows four members of a provider (pools-and-users 55)', async () => {
    const { service, providers } = await aPoolWith();
    const created = new Date(service.clock.now());
    await providers.create({ ProviderType: 'Google', IdpIdentifiers: ['mail'] });
    await providers.create({ ProviderType: 'SAML' });
    service.clock.advance(1000);
    await providers.update('Office');
    const { Providers, NextToken } = await providers.list();
    expect({ Providers, NextToken }).toEqual({
      Providers: [
        { ProviderName: 'Google', ProviderType: 'Google', CreationDate: created, LastModifiedDate: created },
        {
          ProviderName: 'Office',
          ProviderType: 'SAML',
          CreationDate: created,
          LastModifiedDate: new Date(service.clock.now()),
        },
      ],
      NextToken: undefined,
    });
  });

  test('is empty in a pool without providers, whatever other pools have', async () => {
    const { service, pool } = await aPoolWith('Corp');
    const answer = await service.call('ListIdentityProviders', { UserPoolId: (await service.aPool()).id });
    expect(answer.json).toEqual({ Providers: [] });
    expect(namesIn(await providersOf(service, pool).list())).toEqual(['Corp']);
  });

  test('goes through all providers once, page by page (pools-and-users 56)', async () => {
    const { providers } = await aPoolWith('Corp1', 'Corp2', 'Corp3', 'Corp4', 'Corp5');
    const first = await providers.list({ MaxResults: 2 });
    const second = await providers.list({ MaxResults: 2, NextToken: first.NextToken });
    const third = await providers.list({ MaxResults: 2, NextToken: second.NextToken });
    expect([first, second, third].map(namesIn)).toEqual([['Corp1', 'Corp2'], ['Corp3', 'Corp4'], ['Corp5']]);
    expect(third).not.toHaveProperty('NextToken');
  });

  test('has fifty providers on a page, as an answer holds no more (pools-and-users 56)', async () => {
    const names = Array.from({ length: 51 }, (_, index) => `Corp${String(index).padStart(2, '0')}`);
    const { providers } = await aPoolWith(...names);
    for (const MaxResults of [undefined, 0, 60]) {
      const first = await providers.list({ MaxResults });
      expect(namesIn(first)).toEqual(names.slice(0, 50));
      expect(namesIn(await providers.list({ MaxResults, NextToken: first.NextToken }))).toEqual(names.slice(50));
    }
  });

  test('neither loops nor skips when providers come and go while it is read (pools-and-users 56)', async () => {
    const { providers } = await aPoolWith('Corp1', 'Corp2', 'Corp3', 'Corp4');
    const { NextToken } = await providers.list({ MaxResults: 2 });
    await providers.remove('Corp1');
    await providers.remove('Corp2');
    await providers.create({ ProviderType: 'OIDC', ProviderName: 'Corp0' });
    expect(namesIn(await providers.list({ NextToken }))).toEqual(['Corp3', 'Corp4']);
  });

  test.each([-1, 61])('refuses a page of %s', async (MaxResults) => {
    const { providers } = await aPoolWith();
    expect(await refused(providers.list({ MaxResults }))).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value '-?\d+' at 'maxResults' failed/,
    );
  });

  test('does not know a pool that nobody made', async () => {
    const { service } = await aPoolWith();
    expect(await refused(providersOf(service, { id: 'us-east-1_000000000' }).list())).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });
});

describe('The token of ListIdentityProviders (pools-and-users 56)', () => {
  test('is good for less than an hour', async () => {
    const { service, providers } = await aPoolWith('Corp1', 'Corp2');
    const { NextToken } = await providers.list({ MaxResults: 1 });
    service.clock.advance(3_600_000 - 1);
    expect(namesIn(await providers.list({ NextToken }))).toEqual(['Corp2']);
    service.clock.advance(1);
    expect(await refused(providers.list({ NextToken }))).toBe(badToken);
  });

  test('is refused by another pool, another operation, and once it was changed', async () => {
    const { service, pool, providers } = await aPoolWith('Corp1', 'Corp2');
    const { NextToken = '' } = await providers.list({ MaxResults: 1 });
    expect(await refused(providersOf(service, await service.aPool()).list({ NextToken }))).toBe(badToken);
    expect(await refused(serversOf(service, pool).list({ NextToken }))).toBe(badToken);
    expect(await refused(providers.list({ NextToken: `A${NextToken}` }))).toBe(badToken);
  });
});
