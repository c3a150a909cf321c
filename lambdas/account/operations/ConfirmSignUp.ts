/** A person confirms their registration with the code they were sent. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId } from '../../core/contract/shapes/identifiers.ts';
import { analyticsMetadata, clientMetadata, userContextData } from '../../core/contract/shapes/requests.ts';
import { session } from '../../core/contract/shapes/sessions.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { confirmationCode, secretHash } from '../shapes.ts';

export const ConfirmSignUp = operation({
  name: 'ConfirmSignUp',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    SecretHash: s.optional(secretHash),
    Username: username,
    ConfirmationCode: confirmationCode,
    ForceAliasCreation: s.optional(s.boolean()),
    AnalyticsMetadata: s.optional(analyticsMetadata),
    UserContextData: s.optional(userContextData),
    ClientMetadata: s.optional(clientMetadata),
    Session: s.optional(session),
  }),
  output: s.structure({ Session: s.optional(session) }),
  errors: [
    'AliasExistsException',
    'CodeMismatchException',
    'ExpiredCodeException',
    'ForbiddenException',
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyFailedAttemptsException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotFoundException',
  ],
});
