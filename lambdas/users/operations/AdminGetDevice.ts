/** An administrator looks at one of a user's devices. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { deviceKey, poolId } from '../../core/contract/shapes/identifiers.ts';
import { deviceType, username } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeDeviceFully } from '../../core/rules/describe-device.ts';
import { requireDevice } from '../../core/rules/devices.ts';
import { requireUser } from '../../core/rules/names.ts';

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
  unlistedErrors: ['UserNotFoundException'],
  uses: ['pools', 'users', 'devices'],
  gaps: ['Of the attributes under `dev:`, `dev:device_remembered_status` alone is shown.'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    return { Device: describeDeviceFully(await requireDevice(ports, pool, user, input.DeviceKey)) };
  },
});
