/** An administrator changes the certificate or the style of a pool's host name. */
import { iam } from '../../core/contract/callers.ts';
import { prefixWithCertificate } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { domain, poolId } from '../../core/contract/shapes/identifiers.ts';
import { type Domain, isCustom } from '../../core/model/domain.ts';
import { changeDomain } from '../change-domain.ts';
import { domainGaps } from '../domain-gaps.ts';
import { requireCertificate, requireManagedLogin } from '../domain-settings.ts';
import { describeChange } from '../domain-views.ts';
import { customDomainConfig, routing } from '../shapes.ts';

export const UpdateUserPoolDomain = operation({
  name: 'UpdateUserPoolDomain',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    Domain: domain,
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
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'domains', 'settings', 'clock'],
  gaps: [...domainGaps, 'What the request leaves out is kept.'],

  async handle(input, ports) {
    const { domains, settings, clock } = ports;
    const { CustomDomainConfig: certificate, ManagedLoginVersion, Routing } = input;
    return changeDomain(ports, input, async (pool, before) => {
      const after: Domain = {
        ...before,
        managedLoginVersion: requireManagedLogin(pool, ManagedLoginVersion ?? before.managedLoginVersion),
        certificate: certificate ?? before.certificate,
        routing: Routing ?? before.routing,
        modifiedAt: clock.now(),
      };
      if (certificate && !isCustom(before)) throw prefixWithCertificate();
      if (certificate) requireCertificate(settings, certificate);
      return (await domains.save(pool, after)) === 'saved' ? describeChange(settings, after) : 'changed';
    });
  },
});
