/** A person decides whether one of their devices is remembered. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { deviceKey } from '../../core/contract/shapes/identifiers.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { deviceRememberedStatus } from '../../core/contract/shapes/users.ts';
import { rememberDevice } from '../../core/rules/devices.ts';

export const UpdateDeviceStatus = operation({
  name: 'UpdateDeviceStatus',
  caller: token(),
  input: s.structure({
    AccessToken: tokenString,
    DeviceKey: deviceKey,
    DeviceRememberedStatus: s.optional(deviceRememberedStatus),
  }),
  output: s.structure({}),
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
  uses: ['devices', 'clock'],

  async handle(input, ports, { person: { pool, user } }) {
    await rememberDevice(ports, pool, user, input.DeviceKey, input.DeviceRememberedStatus);
    return {};
  },
});
