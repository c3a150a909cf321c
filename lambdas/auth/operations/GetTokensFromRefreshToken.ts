/** An application trades a refresh token for fresh tokens. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret, deviceKey } from '../../core/contract/shapes/identifiers.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { tokenString } from '../../core/contract/shapes/sessions.ts';
import { requireRefreshAllowed } from '../../core/rules/auth-flows.ts';
import { requireClientSecret } from '../../core/rules/client-secrets.ts';
import { requireClient } from '../../core/rules/configuration.ts';
import { refreshGaps } from '../gaps.ts';
import { refresh, refreshPorts } from '../rotation.ts';
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
  uses: refreshPorts,
  gaps: refreshGaps,

  async handle(input, ports, { sourceIp }) {
    const { pool, client } = await requireClient(ports, input.ClientId);
    requireRefreshAllowed(client);
    requireClientSecret(client, input.ClientSecret, 'NotAuthorizedException');
    const { RefreshToken: token, DeviceKey: deviceKey, ClientMetadata: clientMetadata } = input;
    return { AuthenticationResult: await refresh(ports, { pool, client, token, deviceKey, sourceIp, clientMetadata }) };
  },
});
