/** An administrator links an account at an identity provider to a user of the pool. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { linkGaps } from '../gaps.ts';
import { link } from '../linking.ts';
import { requireAccount, requireDestination, requireMapped, requireNamed } from '../provider-users.ts';
import { providerUserIdentifier } from '../shapes.ts';

export const AdminLinkProviderForUser = operation({
  name: 'AdminLinkProviderForUser',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: text, DestinationUser: providerUserIdentifier, SourceUser: providerUserIdentifier }),
  output: s.structure({}),
  errors: [
    'AliasExistsException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'identityProviders', 'settings', 'clock'],
  gaps: linkGaps,

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const source = await requireAccount(ports, pool, requireNamed('SourceUser', input.SourceUser));
    requireMapped(source);
    const destination = await requireDestination(ports, pool, input.DestinationUser);
    await link(ports, pool, destination, source);
    return {};
  },
});
