/** An administrator makes the pool forget one of a user's devices. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { deviceKey, poolId } from '../../core/contract/shapes/identifiers.ts';
import { username } from '../../core/contract/shapes/users.ts';

export const AdminForgetDevice = operation({
  name: 'AdminForgetDevice',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId, Username: username, DeviceKey: deviceKey }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidUserPoolConfigurationException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
  ],
});
