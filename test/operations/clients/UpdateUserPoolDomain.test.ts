import {
  DeleteUserPoolDomainCommand,
  UpdateUserPoolCommand,
  UpdateUserPoolDomainCommand,
  type UpdateUserPoolDomainCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, test } from 'vitest';
import { startProcesses } from '../../support/another-process.ts';
import {
  aPoolWithDomain,
  certificate,
  createDomain,
  custom,
  describeDomain,
  newHostName,
  newPrefix,
} from '../../support/domains.ts';
import { outcomes, refused } from '../../support/refused.ts';
import { type Service, startService } from '../../support/start-service.ts';

const noSuchDomain = 'InvalidParameterException: No such domain or user pool exists.';
const accepted = 'nothing is refused';

async function update({ client }: Pick<Service, 'client'>, input: UpdateUserPoolDomainCommandInput) {
  const { $metadata: _metadata, ...answer } = await client.send(new UpdateUserPoolDomainCommand(input));
  return answer;
}

describe('UpdateUserPoolDomain', () => {
  test('changes the version of a prefix, and nothing else of it', async () => {
    const service = await startService();
    const { id: UserPoolId, domain: Domain } = await aPoolWithDomain(service);
    const before = await describeDomain(service, Domain);
    service.clock.advance(61_000);
    expect(await update(service, { UserPoolId, Domain, ManagedLoginVersion: 2 })).toEqual({ ManagedLoginVersion: 2 });
    expect(await describeDomain(service, Domain)).toEqual({
      ...before,
      ManagedLoginVersion: 2,
      Version: '20260901000101',
    });
  });

  test('changes the certificate and the routing of a host name, and keeps what the request leaves out', async () => {
    const service = await startService();
    const { id: UserPoolId } = await service.aPool();
    const Domain = newHostName();
    await createDomain(service, UserPoolId, Domain, { ...custom, ManagedLoginVersion: 2 });
    const CustomDomainConfig = { ...certificate('eu-west-1'), SecurityPolicy: 'TLS_V1_2_2021' as const };
    const Routing = { Failover: { SecondaryRegion: 'eu-west-1', PrimaryRoute53HealthCheckId: 'check' } };
    expect(await update(service, { UserPoolId, Domain, CustomDomainConfig, Routing })).toEqual({
      ManagedLoginVersion: 2,
      CloudFrontDomain: 'localhost',
      Routing,
    });
    await update(service, { UserPoolId, Domain, ManagedLoginVersion: 1 });
    expect(await describeDomain(service, Domain)).toMatchObject({
      ManagedLoginVersion: 1,
      CustomDomainConfig,
      Routing,
    });
  });

  test('makes no host name of a prefix', async () => {
    const service = await startService();
    const { id: UserPoolId, domain: Domain } = await aPoolWithDomain(service);
    expect(await refused(update(service, { UserPoolId, Domain, ...custom }))).toBe(
      'InvalidParameterException: CustomDomainConfig can be set for a custom domain alone.',
    );
  });

  test('refuses what a new domain would be refused for', async () => {
    const service = await startService({ settings: { requireUsEast1Certificates: true } });
    const { id: UserPoolId, domain } = await aPoolWithDomain(service);
    const Domain = newHostName();
    await createDomain(service, UserPoolId, Domain, custom);
    expect(await refused(update(service, { UserPoolId, Domain: domain, ManagedLoginVersion: 3 }))).toBe(
      'InvalidParameterException: ManagedLoginVersion must be 1 or 2.',
    );
    const CustomDomainConfig = certificate('eu-west-1');
    expect(await refused(update(service, { UserPoolId, Domain, CustomDomainConfig }))).toMatch(
      /^InvalidParameterException: The specified SSL certificate doesn't exist, /,
    );
    await service.client.send(new UpdateUserPoolCommand({ UserPoolId, UserPoolTier: 'LITE' }));
    expect(await refused(update(service, { UserPoolId, Domain, ManagedLoginVersion: 2 }))).toBe(
      'FeatureUnavailableInTierException: The following feature is not available for the LITE pricing tier configured: Managed Login Version 2',
    );
  });

  test('does not know a domain that nobody made, that is gone, or that another pool has', async () => {
    const service = await startService();
    const [one, other] = [await aPoolWithDomain(service), await aPoolWithDomain(service)];
    expect(await refused(update(service, { UserPoolId: one.id, Domain: newPrefix() }))).toBe(noSuchDomain);
    expect(await refused(update(service, { UserPoolId: one.id, Domain: other.domain }))).toBe(noSuchDomain);
    await service.client.send(new DeleteUserPoolDomainCommand({ UserPoolId: one.id, Domain: one.domain }));
    expect(await refused(update(service, { UserPoolId: one.id, Domain: one.domain }))).toBe(noSuchDomain);
  });

  test('does not know a pool that nobody made, or a name that cannot be', async () => {
    const service = await startService();
    expect(await refused(update(service, { UserPoolId: 'us-east-1_000000000', Domain: newPrefix() }))).toBe(
      'ResourceNotFoundException: User pool us-east-1_000000000 does not exist.',
    );
    expect(await refused(update(service, { UserPoolId: 'us-east-1_000000000', Domain: 'Shop' }))).toMatch(
      /^InvalidParameterException: 1 validation error detected: Value 'Shop' at 'domain' failed .*pattern/,
    );
  });

  test('leaves no domain that was deleted at the same moment', async () => {
    const [one, other] = await startProcesses();
    for (let round = 0; round < 5; round++) {
      const { id: UserPoolId, domain: Domain } = await aPoolWithDomain(one);
      const [updated, deleted] = await outcomes([
        update(one, { UserPoolId, Domain, ManagedLoginVersion: 2 }),
        other.client.send(new DeleteUserPoolDomainCommand({ UserPoolId, Domain })),
      ]);
      expect(deleted).toBe('done');
      expect(['done', noSuchDomain]).toContain(updated);
      expect(await describeDomain(one, Domain)).toEqual({});
    }
  });

  test('asks for another try when others are always faster', async () => {
    const first = await startService();
    const { id: UserPoolId, domain: Domain } = await aPoolWithDomain(first);
    const domains = { ...first.ports.domains, save: async () => 'changed' as const };
    const service = await startService({ ports: { domains } });
    expect(await refused(update(service, { UserPoolId, Domain }))).toBe(
      'ConcurrentModificationException: The user pool is being changed by another request.',
    );
    expect(await refused(update(first, { UserPoolId, Domain }))).toBe(accepted);
  });
});
