/** An administrator looks at an identity provider by its name. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, providerName } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeProvider, requireProvider } from '../../core/rules/identity-providers.ts';
import { providerGaps } from '../gaps.ts';
import { identityProviderType } from '../shapes.ts';

export const DescribeIdentityProvider = operation({
  name: 'DescribeIdentityProvider',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ProviderName: providerName }),
  output: s.structure({ IdentityProvider: identityProviderType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'identityProviders'],
  gaps: providerGaps,

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    return { IdentityProvider: describeProvider(await requireProvider(ports, pool.id, input.ProviderName)) };
  },
});
