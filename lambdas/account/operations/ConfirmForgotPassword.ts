/** A person who forgot the password sets a new one with the code they were sent. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { password, username } from '../../core/contract/shapes/users.ts';
import { confirmationCode, secretHash } from '../shapes.ts';

export const ConfirmForgotPassword = operation({
  name: 'ConfirmForgotPassword',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    SecretHash: s.optional(secretHash),
    Username: username,
    ConfirmationCode: confirmationCode,
    Password: password,
    AnalyticsMetadata: s.optional(analyticsMetadata),
    UserContextData: s.optional(userContextData),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({}),
  errors: [
    'CodeMismatchException',
    'ExpiredCodeException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'InvalidPasswordException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'PasswordHistoryPolicyViolationException',
    'ResourceNotFoundException',
    'TooManyFailedAttemptsException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotConfirmedException',
    'UserNotFoundException',
  ],
});
