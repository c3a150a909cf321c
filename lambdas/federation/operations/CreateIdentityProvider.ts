/** An administrator adds an identity provider that users of the pool may come from. */
import { iam } from '../../core/contract/callers.ts';
import { limitExceeded, poolNotFound, providerExists, providerIdentifierExists } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeProvider, newProvider, requireNameOfType } from '../../core/rules/identity-providers.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { providerGaps } from '../gaps.ts';
import { identityProviderType, newProviderName, providerSettings, providerType } from '../shapes.ts';

export const CreateIdentityProvider = operation({
  name: 'CreateIdentityProvider',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ProviderName: newProviderName,
    ProviderType: providerType,
    ProviderDetails: providerSettings.ProviderDetails,
    AttributeMapping: s.optional(providerSettings.AttributeMapping),
    IdpIdentifiers: s.optional(providerSettings.IdpIdentifiers),
    AcrMapping: s.optional(providerSettings.AcrMapping),
  }),
  output: s.structure({ IdentityProvider: identityProviderType }),
  errors: [
    'DuplicateProviderException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'identityProviders', 'settings', 'clock'],
  gaps: providerGaps,

  async handle(input, ports) {
    const { ProviderName: name, ProviderType: type } = input;
    const most = quotaOf(ports, 'identityProvidersPerPool');
    const pool = await requirePool(ports, input.UserPoolId);
    requireNameOfType(name, type);
    const provider = newProvider(ports, pool, { poolId: pool.id, name, type, createdAt: ports.clock.now() }, input);
    const outcome = await ports.identityProviders.add(provider, most);
    if (outcome === 'full') throw limitExceeded('identity providers of a user pool', most);
    if (outcome === 'pool gone') throw poolNotFound(pool.id);
    if (outcome === 'added') return { IdentityProvider: describeProvider(provider) };
    const holder = await ports.identityProviders.find(pool.id, name);
    throw holder ? providerExists(name, pool.id) : providerIdentifierExists(pool.id);
  },
});
