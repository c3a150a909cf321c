/** An application gets an access token for itself, with its own secret. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret } from '../../core/contract/shapes/identifiers.ts';
import { scopes } from '../../core/contract/shapes/oauth.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import { requireClientTokens } from '../../core/rules/auth-flows.ts';
import { requireClientSecret } from '../../core/rules/client-secrets.ts';
import { issueClientToken, requireGrantable } from '../../core/rules/client-tokens.ts';
import { requireClient } from '../../core/rules/configuration.ts';
import { overrideTokens } from '../../core/triggers/pre-token-generation.ts';
import { clientTokenGaps } from '../gaps.ts';
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
  unlistedErrors: ['InvalidLambdaResponseException', 'UnexpectedLambdaException', 'UserLambdaValidationException'],
  uses: ['clients', 'resourceServers', 'triggers', 'notices', 'signer', 'settings', 'clock', 'random'],
  gaps: clientTokenGaps,

  async handle(input, ports) {
    const { pool, client } = await requireClient(ports, input.ClientId);
    requireClientTokens(client);
    requireClientSecret(client, input.Secret, 'NotAuthorizedException');
    // Nothing else checks that the secret still stands: no user is read.
    const [scopes] = await Promise.all([
      requireGrantable(ports, client, input.Scopes ?? []),
      ports.clients.confirm(pool),
    ]);
    const clientMetadata = input.ClientMetadata;
    const overrides = await overrideTokens(ports, {
      pool,
      client,
      scopes,
      source: 'ClientCredentials',
      clientMetadata,
    });
    return { ClientAuthenticationResult: await issueClientToken(ports, { pool, client, scopes, overrides }) };
  },
});
