/** An administrator removes attributes from a user. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { attributeName, username } from '../../core/contract/shapes/users.ts';
import { withoutAttributes } from '../../core/rules/attributes.ts';
import { changeUser } from '../../core/rules/change-user.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { requireUser } from '../../core/rules/names.ts';

export const AdminDeleteUserAttributes = operation({
  name: 'AdminDeleteUserAttributes',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, UserAttributeNames: s.list(attributeName) }),
  output: s.structure({}),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
  uses: ['pools', 'users', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    await changeUser(ports, pool, user, {
      decide(current) {
        const { attributes, pending } = withoutAttributes(pool, 'administrator', current, input.UserAttributeNames);
        return { ...current, attributes, pending, modifiedAt: ports.clock.now() };
      },
    });
    return {};
  },
});
