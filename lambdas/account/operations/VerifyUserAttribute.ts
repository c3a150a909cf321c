/** A person verifies their e-mail address or phone number with the code they were sent. */
import { token } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { attributeName } from '../../core/contract/shapes/users.ts';
import { confirmationCode } from '../shapes.ts';

export const VerifyUserAttribute = operation({
  name: 'VerifyUserAttribute',
  caller: token(),
  input: s.structure({ AccessToken: tokenString, AttributeName: attributeName, Code: confirmationCode }),
  output: s.structure({}),
  errors: [
    'AliasExistsException',
    'CodeMismatchException',
    'ExpiredCodeException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordResetRequiredException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
});
