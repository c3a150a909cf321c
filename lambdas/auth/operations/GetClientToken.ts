/** An application gets an access token for itself, with its own secret. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret } from '../../core/contract/shapes/identifiers.ts';
import { scopes } from '../../core/contract/shapes/oauth.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { clientAuthenticationResult } from '../shapes.ts';

export const GetClientToken = operation({
  name: 'GetClientToken',
  caller: anyone(),
  input: s.structure({
    ClientId: clientId,
    Secret: clientSecret,
    Scopes: s.optional(scopes),
    ClientMetadata: s.optional(clientMetadata),
  }),
  output: s.structure({ ClientAuthenticationResult: s.optional(clientAuthenticationResult) }),
  errors: [
    'ForbiddenException',
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
