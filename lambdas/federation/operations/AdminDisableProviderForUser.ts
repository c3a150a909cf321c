/** An administrator cuts the link between a user and an identity provider, or takes a user's password away. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { text } from '../../core/contract/shapes/text.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { linkGaps } from '../gaps.ts';
import { native, requireAccount, requireNamed } from '../provider-users.ts';
import { providerUserIdentifier } from '../shapes.ts';
import { takePassword, unlink } from '../unlinking.ts';

export const AdminDisableProviderForUser = operation({
  name: 'AdminDisableProviderForUser',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: text, User: providerUserIdentifier }),
  output: s.structure({}),
  errors: [
    'AliasExistsException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'identityProviders', 'clock'],
  gaps: [...linkGaps, 'Who lost a password in this way can set a new one as if it were forgotten.'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const named = requireNamed('User', input.User);
    if (named.provider === native) await takePassword(ports, pool, named);
    else await unlink(ports, pool, (await requireAccount(ports, pool, named)).key);
    return {};
  },
});
