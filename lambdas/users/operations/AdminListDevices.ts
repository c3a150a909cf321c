/** An administrator lists the devices of a user. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationToken } from '../../core/contract/shapes/paging.ts';
import { deviceType, username } from '../../core/contract/shapes/users.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeDeviceFully } from '../../core/rules/describe-device.ts';
import { devicePage } from '../../core/rules/devices.ts';
import { requireUser } from '../../core/rules/names.ts';

export const AdminListDevices = operation({
  name: 'AdminListDevices',
  caller: iam('List', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    Limit: s.optional(limit),
    PaginationToken: s.optional(paginationToken),
  }),
  output: s.structure({ Devices: s.optional(s.list(deviceType)), PaginationToken: s.optional(paginationToken) }),
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
  uses: ['pools', 'users', 'devices', 'sealer', 'clock'],
  gaps: ['Of the attributes under `dev:`, `dev:device_remembered_status` alone is shown.'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const user = await requireUser(ports, pool, input.Username);
    const { items, token } = await devicePage(ports, 'AdminListDevices', pool, user, input);
    return { Devices: items.map(describeDeviceFully), PaginationToken: token };
  },
});
