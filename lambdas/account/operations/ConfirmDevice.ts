/** A person's device proves itself, so that the pool can remember it. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { deviceKey } from '../../core/contract/shapes/identifiers.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { deviceSecretVerifierConfig } from '../shapes.ts';

export const ConfirmDevice = operation({
  name: 'ConfirmDevice',
  caller: token(),
  input: s.structure({
    AccessToken: tokenString,
    DeviceKey: deviceKey,
    DeviceSecretVerifierConfig: s.optional(deviceSecretVerifierConfig),
    DeviceName: s.optional(s.string({ min: 1, max: 1024 })),
  }),
  output: s.structure({ UserConfirmationNecessary: s.optional(s.boolean()) }),
  errors: [
    'DeviceKeyExistsException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'InvalidUserPoolConfigurationException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
    'UsernameExistsException',
  ],
});
