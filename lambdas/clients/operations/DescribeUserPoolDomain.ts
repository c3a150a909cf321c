/** An administrator asks which pool a host name belongs to. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { domain } from '../../core/contract/shapes/identifiers.ts';
import { domainGaps } from '../domain-gaps.ts';
import { describeDomain } from '../domain-views.ts';
import { domainDescription } from '../shapes.ts';

export const DescribeUserPoolDomain = operation({
  name: 'DescribeUserPoolDomain',
  caller: iam('Read', 'none'),
  input: s.structure({ Domain: domain }),
  output: s.structure({ DomainDescription: s.optional(domainDescription) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
  ],
  uses: ['pools', 'domains', 'settings'],
  gaps: [...domainGaps, 'No bucket holds what a domain serves, so there is no `S3Bucket` to show.'],

  async handle(input, { pools, domains, settings }, { region }) {
    const found = await domains.find(input.Domain);
    const pool = found && (await pools.read(found.poolId));
    // Names are one deployment's, but each region knows its own pools alone.
    if (!found || pool?.region !== region) return { DomainDescription: {} };
    return { DomainDescription: describeDomain(settings, found, pool) };
  },
});
