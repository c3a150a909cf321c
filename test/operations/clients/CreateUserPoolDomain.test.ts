import {
  CreateUserPoolCommand,
  CreateUserPoolDomainCommand,
  DeleteUserPoolDomainCommand,
  DescribeUserPoolCommand,
  UpdateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../lambdas/core/ports/settings.ts';
import { startProcesses } from '../../support/another-process.ts';
import {
  certificate,
  createDomain,
  custom,
  describeDomain,
  domainsOf,
  newHostName,
  newPrefix,
} from '../../support/domains.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { startService } from '../../support/start-service.ts';

const invalid = (message: string): string => `InvalidParameterException: ${message}`;
const accepted = 'nothing is refused';
const badCharacters = invalid(
  'The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens.',
);
const badHostName = invalid('Custom domain is not a valid subdomain');
const poolHasOne = invalid('User pool already has a domain configured.');
const taken = invalid('Domain already associated with another user pool');

/** What a request for this name is told, on a pool of its own. */
async function refusal(Domain: string, asked = {}, settings: Partial<Settings> = {}): Promise<string> {
  const service = await startService({ settings });
  return refused(createDomain(service, (await service.aPool()).id, Domain, asked));
}

describe('CreateUserPoolDomain', () => {
  test('gives a pool a prefix, which reads back as it was made, with the defaults', async () => {
    const service = await startService({ settings: { issuerBase: 'https://idp.example.org:8443' } });
    const { id: UserPoolId } = await service.aPool();
    const Domain = newPrefix();
    expect(await createDomain(service, UserPoolId, Domain)).toEqual({ ManagedLoginVersion: 1 });
    expect(await describeDomain(service, Domain)).toEqual({
      UserPoolId,
      AWSAccountId: '000000000000',
      Domain,
      CloudFrontDistribution: 'idp.example.org',
      Version: '20260901000000',
      Status: 'ACTIVE',
      CustomDomainConfig: {},
      ManagedLoginVersion: 1,
    });
    expect(await domainsOf(service, UserPoolId)).toEqual({ Domain, CustomDomain: undefined });
  });

  test('gives a pool a host name, whose alias leads to the deployment, with everything that it was told', async () => {
    const service = await startService({ settings: { issuerBase: 'https://idp.example.org:8443' } });
    const { id: UserPoolId } = await service.aPool();
    const Domain = newHostName();
    const settings = {
      ManagedLoginVersion: 2,
      CustomDomainConfig: { ...certificate('eu-central-1'), SecurityPolicy: 'TLS_V1_3_2025' as const },
      Routing: { Failover: { SecondaryRegion: 'eu-west-1', PrimaryRoute53HealthCheckId: 'a-health-check' } },
    };
    const { CustomDomainConfig: _config, ...answered } = settings;
    expect(await createDomain(service, UserPoolId, Domain, settings)).toEqual({
      ...answered,
      CloudFrontDomain: 'idp.example.org',
    });
    expect(await describeDomain(service, Domain)).toEqual({
      ...settings,
      UserPoolId,
      AWSAccountId: '000000000000',
      Domain,
      CloudFrontDistribution: 'idp.example.org',
      Version: '20260901000000',
      Status: 'ACTIVE',
    });
    expect(await domainsOf(service, UserPoolId)).toEqual({ Domain: undefined, CustomDomain: Domain });
  });

  test('leaves the moment at which the settings of the pool were changed', async () => {
    const service = await startService();
    const pool = await service.aPool();
    service.clock.advance(5_000);
    await createDomain(service, pool.id, newPrefix());
    const { UserPool } = await service.client.send(new DescribeUserPoolCommand({ UserPoolId: pool.id }));
    expect(UserPool?.LastModifiedDate).toEqual(pool.LastModifiedDate);
  });

  test('lets a pool have one of each kind, and not a second one of either', async () => {
    const service = await startService();
    const { id } = await service.aPool();
    const [prefix, hostName] = [newPrefix(), newHostName()];
    await createDomain(service, id, prefix);
    await createDomain(service, id, hostName, custom);
    expect(await domainsOf(service, id)).toEqual({ Domain: prefix, CustomDomain: hostName });
    expect(await refused(createDomain(service, id, newPrefix()))).toBe(poolHasOne);
    expect(await refused(createDomain(service, id, prefix))).toBe(poolHasOne);
    expect(await refused(createDomain(service, id, newHostName(), custom))).toBe(poolHasOne);
  });

  test('refuses a name that another pool has, of either kind and in any region', async () => {
    const service = await startService();
    const [one, other] = [await service.aPool(), await service.aPool()];
    const [prefix, hostName] = [newPrefix(), newHostName()];
    await createDomain(service, one.id, prefix);
    await createDomain(service, one.id, hostName, custom);
    expect(await refused(createDomain(service, other.id, prefix))).toBe(taken);
    expect(await refused(createDomain(service, other.id, hostName, custom))).toBe(taken);
    const client = service.clientFor('eu-west-1');
    const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'elsewhere' }));
    expect(await refused(createDomain({ client }, UserPool?.Id ?? '', prefix))).toBe(taken);
    expect(await domainsOf(service, other.id)).toEqual({ Domain: undefined, CustomDomain: undefined });
  });

  test('keeps the domain when the settings of the pool are replaced', async () => {
    const service = await startService();
    const { id } = await service.aPool();
    const prefix = newPrefix();
    await createDomain(service, id, prefix);
    await service.client.send(new UpdateUserPoolCommand({ UserPoolId: id, PoolName: 'renamed' }));
    expect(await domainsOf(service, id)).toEqual({ Domain: prefix, CustomDomain: undefined });
  });

  test('does not know a pool that nobody made', async () => {
    const service = await startService();
    expect(await refused(createDomain(service, 'us-east-1_000000000', newPrefix()))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
  });

  test.each([[0], [3], [-1], [2_000_000_000]])('refuses version %s of managed login', async (ManagedLoginVersion) => {
    expect(await refusal(newPrefix(), { ManagedLoginVersion })).toBe(invalid('ManagedLoginVersion must be 1 or 2.'));
  });
});

describe('The prefix of CreateUserPoolDomain', () => {
  test.each([
    ['Shop'],
    ['shop_one'],
    ['shop.one'],
    ['-shop'],
    ['shop-'],
    ['shöp'],
    ['sh op'],
    ['shop\n'],
    ['../shop'],
    ['<script>'],
  ])('cannot be %j', async (name) => {
    expect(await refusal(name)).toBe(badCharacters);
  });

  test.each([
    ['', /^InvalidParameterException: .*length greater than or equal to 1$/],
    [
      'x'.repeat(64),
      /^InvalidParameterException: 1 validation error .*Member must have length less than or equal to 63$/,
    ],
  ])('cannot be as long as %j', async (name, message) => {
    expect(await refusal(name)).toMatch(message);
  });

  test('may be a single character, and 63 of them', async () => {
    const service = await startService();
    const long = newPrefix().padEnd(63, '0');
    for (const name of ['q', long]) {
      expect(await refused(createDomain(service, (await service.aPool()).id, name))).toBe(accepted);
    }
  });

  test.each([
    ['aws', 'aws'],
    ['x-aws-y', 'aws'],
    ['my-amazon', 'amazon'],
    ['cognito-login', 'cognito'],
  ])('%j has a reserved part', async (name, word) => {
    expect(await refusal(name)).toBe(invalid(`Domain cannot contain reserved word: ${word}`));
  });

  test('may have a reserved word inside a part, or where the deployment allows it', async () => {
    expect(await refusal(`awsome-${newPrefix()}`)).toBe(accepted);
    expect(await refusal(`${newPrefix()}-aws`, {}, { allowReservedPrefixes: true })).toBe(accepted);
  });
});

describe('The host name of CreateUserPoolDomain', () => {
  test.each([
    ['shop'],
    ['shop..example.com'],
    ['.example.com'],
    ['shop.example.com.'],
    ['-shop.example.com'],
    ['127.0.0.1'],
    ['10.1'],
    ['shop.0x7f'],
    ['shop.localhost'],
  ])('cannot be %j', async (name) => {
    expect(await refusal(name, custom)).toBe(badHostName);
  });

  test.each([['Shop.example.com'], ['shop.example.com:8443'], ['*.example.com'], ['shop/example.com'], ['bücher.de']])(
    'cannot have the characters of %j',
    async (name) => {
      expect(await refusal(name, custom)).toBe(badCharacters);
    },
  );

  test('cannot be that of the deployment, which requests for everybody carry', async () => {
    expect(await refusal('idp.example.org', custom, { issuerBase: 'https://IDP.example.org/base' })).toBe(badHostName);
  });

  test('is bound as the model bounds prefixes', async () => {
    expect(await refusal(`${'x'.repeat(52)}.example.com`, custom)).toMatch(/less than or equal to 63$/);
  });

  test('needs a certificate of us-east-1 only where the deployment says so', async () => {
    const elsewhere = { CustomDomainConfig: certificate('eu-west-1') };
    expect(await refusal(newHostName(), elsewhere)).toBe(accepted);
    expect(await refusal(newHostName(), elsewhere, { requireUsEast1Certificates: true })).toBe(
      invalid(
        "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
      ),
    );
    expect(await refusal(newHostName(), custom, { requireUsEast1Certificates: true })).toBe(accepted);
  });
});

test('CreateUserPoolDomain refuses version 2 on LITE with the very message (oauth-and-login 2)', async () => {
  const service = await startService();
  const lite = await service.aPool({ UserPoolTier: 'LITE' });
  const message =
    'FeatureUnavailableInTierException: The following feature is not available for the LITE pricing tier configured: Managed Login Version 2';
  expect(await refused(createDomain(service, lite.id, newPrefix(), { ManagedLoginVersion: 2 }))).toBe(message);
  expect(await refused(createDomain(service, lite.id, newPrefix(), { ManagedLoginVersion: 1 }))).toBe(accepted);
  for (const UserPoolTier of ['ESSENTIALS', 'PLUS'] as const) {
    const { id } = await service.aPool({ UserPoolTier });
    expect(await createDomain(service, id, newPrefix(), { ManagedLoginVersion: 2 })).toEqual({
      ManagedLoginVersion: 2,
    });
  }
});

describe('The quota of custom domains', () => {
  const tooMany = (most: number): string =>
    `LimitExceededException: The limit of ${most} custom domains of an account would be exceeded.`;
  let accounts = 0;
  const inItsOwnAccount = (quotas?: Settings['quotas']) => {
    accounts += 1;
    const account = `7${String(process.pid).padStart(8, '0').slice(-8)}${String(accounts).padStart(3, '0')}`;
    return startService({ settings: { account, quotas } });
  };

  test('is four for an account, which prefixes do not count for', async () => {
    const service = await inItsOwnAccount();
    for (let made = 0; made < 4; made++) {
      const { id } = await service.aPool();
      await createDomain(service, id, newHostName(), custom);
      await createDomain(service, id, newPrefix());
    }
    const fifth = await service.aPool();
    expect(await refused(createDomain(service, fifth.id, newHostName(), custom))).toBe(tooMany(4));
    expect(await refused(createDomain(service, fifth.id, newPrefix()))).toBe(accepted);
    expect(await domainsOf(service, fifth.id)).toMatchObject({ CustomDomain: undefined });
  });

  test('is exact however many ask at once, and gives back what was deleted', async () => {
    const service = await inItsOwnAccount({ customDomainsPerAccount: 2 });
    const pools = await Promise.all(Array.from({ length: 6 }, () => service.aPool()));
    const names = pools.map(newHostName);
    const asked = await outcomes(pools.map(({ id }, index) => createDomain(service, id, names[index] ?? '', custom)));
    expect(asked.toSorted()).toEqual([...Array(4).fill(tooMany(2)), 'done', 'done']);
    const [kept] = pools.filter((_, index) => asked[index] === 'done');
    const { CustomDomain: Domain } = await domainsOf(service, kept?.id ?? '');
    await service.client.send(new DeleteUserPoolDomainCommand({ UserPoolId: kept?.id, Domain }));
    const again = await outcomes(
      pools
        .filter((_, index) => asked[index] !== 'done')
        .map(({ id }) => createDomain(service, id, newHostName(), custom)),
    );
    expect(again.filter((outcome) => outcome === 'done')).toHaveLength(1);
  });
});

describe('CreateUserPoolDomain among others', () => {
  test('gives a name to one pool of many that want it', async () => {
    const [one, other] = await startProcesses();
    const services = [one, other, one, other, one, other];
    const pools = await Promise.all(services.map((service) => service.aPool()));
    const name = newPrefix();
    const asked = await outcomes(pools.map(({ id }, index) => createDomain(services[index] ?? one, id, name)));
    expect(asked.toSorted()).toEqual([taken, taken, taken, taken, taken, 'done']);
    const [winner] = pools.filter((_, index) => asked[index] === 'done');
    expect(await describeDomain(one, name)).toMatchObject({ UserPoolId: winner?.id });
    const shown = await Promise.all(pools.map(({ id }) => domainsOf(other, id)));
    expect(shown.filter(({ Domain }) => Domain !== undefined)).toEqual([{ Domain: name, CustomDomain: undefined }]);
  });

  test('gives a pool one prefix of many that it is given at once', async () => {
    const [one, other] = await startProcesses();
    const { id } = await one.aPool();
    const names = Array.from({ length: 4 }, newPrefix);
    const asked = await outcomes(names.map((name, index) => createDomain(index % 2 ? one : other, id, name)));
    expect(asked.toSorted()).toEqual([poolHasOne, poolHasOne, poolHasOne, 'done']);
    const kept = names.filter((_, index) => asked[index] === 'done');
    expect(await domainsOf(one, id)).toEqual({ Domain: kept[0], CustomDomain: undefined });
    const described = await Promise.all(names.map((name) => describeDomain(one, name)));
    expect(described.filter((description) => description?.Domain !== undefined)).toHaveLength(1);
  });

  test('asks for another try when others are always faster', async () => {
    const { ports, aPool } = await startService();
    const { id } = await aPool();
    const domains = { ...ports.domains, add: async () => 'changed' as const };
    expect(await refused(createDomain(await startService({ ports: { domains } }), id, newPrefix()))).toBe(
      'ConcurrentModificationException: The user pool is being changed by another request.',
    );
  });
});

test('CreateUserPoolDomain names its members as the model does', async () => {
  const { client } = await startService();
  const asked = new CreateUserPoolDomainCommand({
    UserPoolId: 'nowhere',
    Domain: newPrefix(),
    CustomDomainConfig: { CertificateArn: 'x' },
  });
  expect(await refused(client.send(asked))).toMatch(/'userPoolId'.*'customDomainConfig\.certificateArn'/);
});
