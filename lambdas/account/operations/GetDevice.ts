/** A person looks at one of their devices. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { deviceKey } from '../../core/contract/shapes/identifiers.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { deviceType } from '../../core/contract/shapes/users.ts';
import { describeDevice } from '../../core/rules/describe-device.ts';
import { requireDevice } from '../../core/rules/devices.ts';

export const GetDevice = operation({
  name: 'GetDevice',
  caller: token('Read'),
  input: s.structure({ DeviceKey: deviceKey, AccessToken: s.optional(tokenString) }),
  output: s.structure({ Device: deviceType }),
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
  uses: ['devices'],

  async handle(input, ports, { person: { pool, user } }) {
    return { Device: describeDevice(await requireDevice(ports, pool, user, input.DeviceKey)) };
  },
});
