/** An administrator gives the sign-in pages and OAuth endpoints of a pool their host name. */
import { iam } from '../../core/contract/callers.ts';
import { domainTaken, limitExceeded, poolBeingChanged, poolHasDomain } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { domain, poolId } from '../../core/contract/shapes/identifiers.ts';
import { type Domain, isCustom } from '../../core/model/domain.ts';
import type { Pool } from '../../core/model/pool.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { requireStoredPool } from '../change-domain.ts';
import { domainGaps } from '../domain-gaps.ts';
import { requireHostName, requirePrefix } from '../domain-names.ts';
import { requireCertificate, requireManagedLogin } from '../domain-settings.ts';
import { describeChange } from '../domain-views.ts';
import { customDomainConfig, newDomain, routing } from '../shapes.ts';

export const CreateUserPoolDomain = operation({
  name: 'CreateUserPoolDomain',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    Domain: newDomain,
    UserPoolId: poolId,
    ManagedLoginVersion: s.optional(s.integer()),
    CustomDomainConfig: s.optional(customDomainConfig),
    Routing: s.optional(routing),
  }),
  output: s.structure({
    ManagedLoginVersion: s.optional(s.integer()),
    CloudFrontDomain: s.optional(domain),
    Routing: s.optional(routing),
  }),
  errors: [
    'ConcurrentModificationException',
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
  ],
  uses: ['pools', 'domains', 'settings', 'clock'],
  gaps: domainGaps,

  async handle(input, { pools, domains, settings, clock }) {
    const most = quotaOf({ settings }, 'customDomainsPerAccount');
    return unlessLost(async () => {
      const pool = await requireStoredPool({ pools }, input.UserPoolId);
      const made: Domain = {
        name: input.Domain,
        poolId: pool.id,
        managedLoginVersion: requireManagedLogin(pool, input.ManagedLoginVersion ?? 1),
        certificate: input.CustomDomainConfig,
        routing: input.Routing,
        modifiedAt: clock.now(),
      };
      if (made.certificate) requireHostName(settings, made.name);
      else requirePrefix(settings, made.name);
      if (hasDomain(pool, made)) throw poolHasDomain();
      if (made.certificate) requireCertificate(settings, made.certificate);
      const outcome = await domains.add(pool, made, most);
      if (outcome === 'taken') throw domainTaken();
      if (outcome === 'full') throw limitExceeded('custom domains of an account', most);
      return outcome === 'changed' ? 'lost' : describeChange(settings, made);
    }, poolBeingChanged);
  },
});

/** One of the same kind. */
const hasDomain = (pool: Pool, domain: Domain): boolean =>
  (isCustom(domain) ? pool.customDomain : pool.domain) !== undefined;
