/** An application trades a refresh token for fresh tokens. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret, deviceKey } from '../../core/contract/shapes/identifiers.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { authenticationResult } from '../shapes.ts';

export const GetTokensFromRefreshToken = operation({
  name: 'GetTokensFromRefreshToken',
  caller: anyone('Read'),
  input: s.structure({
    RefreshToken: tokenString,
    ClientId: clientId,
    ClientSecret: s.optional(clientSecret),
    DeviceKey: s.optional(deviceKey),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({ AuthenticationResult: s.optional(authenticationResult) }),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidLambdaResponseException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'RefreshTokenReuseException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UnexpectedLambdaException',
    'UserLambdaValidationException',
    'UserNotFoundException',
  ],
});
