/** An administrator removes an identity provider from a pool; users who came from it stay. */
import { iam } from '../../core/contract/callers.ts';
import { providerBeingChanged } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, providerName } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireProvider } from '../../core/rules/identity-providers.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';

export const DeleteIdentityProvider = operation({
  name: 'DeleteIdentityProvider',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, ProviderName: providerName }),
  errors: [
    'ConcurrentModificationException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnsupportedIdentityProviderException',
  ],
  uses: ['pools', 'identityProviders'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    await unlessLost(async () => {
      const provider = await requireProvider(ports, pool.id, input.ProviderName);
      return (await ports.identityProviders.remove(provider)) === 'removed' ? provider : 'lost';
    }, providerBeingChanged);
  },
});
