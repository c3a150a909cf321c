/** An administrator gives the sign-in pages and OAuth endpoints of a pool their host name. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { domain, poolId } from '../../core/contract/shapes/identifiers.ts';
import { customDomainConfig, routing } from '../shapes.ts';

export const CreateUserPoolDomain = operation({
  name: 'CreateUserPoolDomain',
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
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
  ],
});
