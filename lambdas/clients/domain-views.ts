/** How answers show a domain. */
import type { Branded } from '../core/contract/shape.ts';
import { type Domain, isCustom } from '../core/model/domain.ts';
import type { Pool } from '../core/model/pool.ts';
import type { Settings } from '../core/ports/settings.ts';
import { deploymentHost } from '../core/rules/domains.ts';
import { versionStamp } from '../core/rules/version-stamps.ts';

/** Whoever owns a host name makes it an alias of the deployment's; prefixes need none. */
export const describeChange = (settings: Settings, domain: Domain) => ({
  ManagedLoginVersion: domain.managedLoginVersion,
  CloudFrontDomain: isCustom(domain) ? deploymentHost(settings) : undefined,
  Routing: domain.routing,
});

/** Of a prefix, as the AWS CLI's documentation shows it: against the model, which wants a certificate in it. */
const noCertificate = {} as NonNullable<Domain['certificate']>;

/** `DomainDescriptionType`. A domain is usable as soon as it is kept. */
export const describeDomain = (settings: Settings, domain: Domain, pool: Pool) => ({
  // Every id that is stored was made in the form that the brand stands for.
  UserPoolId: pool.id as Branded<'PoolId'>,
  AWSAccountId: pool.account,
  Domain: domain.name,
  CloudFrontDistribution: deploymentHost(settings),
  Version: versionStamp(domain.modifiedAt),
  Status: 'ACTIVE' as const,
  CustomDomainConfig: domain.certificate ?? noCertificate,
  ManagedLoginVersion: domain.managedLoginVersion,
  Routing: domain.routing,
});
