/** An administrator looks at one of a user's devices. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { deviceKey, poolId } from '../../core/contract/shapes/identifiers.ts';
import { deviceType, username } from '../../core/contract/shapes/users.ts';

export const AdminGetDevice = operation({
  name: 'AdminGetDevice',
  caller: iam('Read', 'userpool'),
  input: s.structure({ DeviceKey: deviceKey, UserPoolId: poolId, Username: username }),
  output: s.structure({ Device: deviceType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidUserPoolConfigurationException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
