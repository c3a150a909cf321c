/** An administrator looks at an identity provider by one of its identifiers. */
import { iam } from '../../core/contract/callers.ts';
import { providerNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeProvider } from '../../core/rules/identity-providers.ts';
import { providerGaps } from '../gaps.ts';
import { identityProviderType, idpIdentifier } from '../shapes.ts';

export const GetIdentityProviderByIdentifier = operation({
  name: 'GetIdentityProviderByIdentifier',
  caller: iam('Read', 'userpool'),
  input: s.structure({ UserPoolId: poolId, IdpIdentifier: idpIdentifier }),
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
    const provider = await ports.identityProviders.findByIdentifier(pool.id, input.IdpIdentifier);
    if (!provider) throw providerNotFound(input.IdpIdentifier);
    return { IdentityProvider: describeProvider(provider) };
  },
});
