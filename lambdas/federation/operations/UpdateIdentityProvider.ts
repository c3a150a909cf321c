/** An administrator changes an identity provider; what the request leaves out stays as it is. */
import { iam } from '../../core/contract/callers.ts';
import { providerBeingChanged, providerIdentifierHeld, tooManyFor } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, providerName } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeProvider, requireProvider, withSettings } from '../../core/rules/identity-providers.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { providerGaps } from '../gaps.ts';
import { identityProviderType, providerSettings } from '../shapes.ts';

export const UpdateIdentityProvider = operation({
  name: 'UpdateIdentityProvider',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ProviderName: providerName,
    ProviderDetails: s.optional(providerSettings.ProviderDetails),
    AttributeMapping: s.optional(providerSettings.AttributeMapping),
    IdpIdentifiers: s.optional(providerSettings.IdpIdentifiers),
    AcrMapping: s.optional(providerSettings.AcrMapping),
  }),
  output: s.structure({ IdentityProvider: identityProviderType }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnsupportedIdentityProviderException',
  ],
  uses: ['pools', 'identityProviders', 'settings', 'clock'],
  gaps: providerGaps,

  async handle(input, ports) {
    const changed = await unlessLost(async () => {
      const pool = await requirePool(ports, input.UserPoolId);
      const provider = await requireProvider(ports, pool.id, input.ProviderName);
      const after = { ...withSettings(ports, pool, provider, input, tooManyFor), modifiedAt: ports.clock.now() };
      const outcome = await ports.identityProviders.save(provider, after);
      if (outcome === 'taken') throw providerIdentifierHeld(pool.id);
      return outcome === 'saved' ? after : 'lost';
    }, providerBeingChanged);
    return { IdentityProvider: describeProvider(changed) };
  },
});
