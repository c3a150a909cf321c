/** An application gets an access token for itself, with its own secret. */
import { anyone } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, clientSecret } from '../../core/contract/shapes/identifiers.ts';
import { scopes } from '../../core/contract/shapes/oauth.ts';
import { clientMetadata } from '../../core/contract/shapes/requests.ts';
import type { Pool } from '../../core/model/pool.ts';
import { requireClientTokens } from '../../core/rules/auth-flows.ts';
import { requireClientSecret } from '../../core/rules/client-secrets.ts';
import { issueClientToken, requireGrantable } from '../../core/rules/client-tokens.ts';
import { requireClient } from '../../core/rules/configuration.ts';
import { refuseTriggers } from '../../core/triggers/trigger-points.ts';
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
  uses: ['clients', 'resourceServers', 'signer', 'settings', 'clock', 'random'],
  gaps: clientTokenGaps,

  async handle(input, ports) {
    const { pool, client } = await requireClient(ports, input.ClientId);
    requireClientTokens(client);
    requireClientSecret(client, input.Secret, 'NotAuthorizedException');
    if (runsForApplications(pool)) refuseTriggers(pool, 'PreTokenGeneration');
    // Nothing else checks that the secret still stands: no user is read.
    const [scopes] = await Promise.all([
      requireGrantable(ports, client, input.Scopes ?? []),
      ports.clients.confirm(pool),
    ]);
    return { ClientAuthenticationResult: await issueClientToken(ports, pool, client, scopes) };
  },
});

/** Earlier versions of the trigger know users alone. */
const runsForApplications = ({ settings }: Pool): boolean =>
  settings.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion === 'V3_0';
