/** A person makes the pool forget one of their devices. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { deviceKey } from '../../core/contract/shapes/identifiers.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { forgetDevice } from '../../core/rules/devices.ts';

export const ForgetDevice = operation({
  name: 'ForgetDevice',
  caller: token(),
  input: s.structure({ AccessToken: s.optional(tokenString), DeviceKey: deviceKey }),
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
    await forgetDevice(ports, pool, user, input.DeviceKey);
  },
});
