/** A person lists their devices. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { limit, paginationToken } from '../../core/contract/shapes/paging.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { deviceType } from '../../core/contract/shapes/users.ts';
import { describeDevice } from '../../core/rules/describe-device.ts';
import { devicePage } from '../../core/rules/devices.ts';

export const ListDevices = operation({
  name: 'ListDevices',
  caller: token('List'),
  input: s.structure({
    AccessToken: tokenString,
    Limit: s.optional(limit),
    PaginationToken: s.optional(paginationToken),
  }),
  output: s.structure({ Devices: s.optional(s.list(deviceType)), PaginationToken: s.optional(paginationToken) }),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'InvalidUserPoolConfigurationException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
  uses: ['devices', 'sealer', 'clock'],

  async handle(input, ports, { person: { pool, user } }) {
    const { items, token } = await devicePage(ports, 'ListDevices', pool, user, input);
    return { Devices: items.map(describeDevice), PaginationToken: token };
  },
});
