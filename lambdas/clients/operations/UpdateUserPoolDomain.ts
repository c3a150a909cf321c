/** An administrator changes the certificate or the style of a pool's host name. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { domain, poolId } from '../../core/contract/shapes/identifiers.ts';
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
});
