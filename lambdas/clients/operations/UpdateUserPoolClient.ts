/** An administrator changes an app client; what the request leaves out returns to its default. */
import { iam } from '../../core/contract/callers.ts';
import { tooManyFor } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { clientId, poolId } from '../../core/contract/shapes/identifiers.ts';
import { clientSettingsFrom } from '../app-client-settings.ts';
import { describeClient } from '../app-client-views.ts';
import { changeClient } from '../change-client.ts';
import { requireClientQuotas } from '../client-quotas.ts';
import { surroundingsOf } from '../client-surroundings.ts';
import { clientGaps } from '../gaps.ts';
import { clientName, clientSettings, userPoolClientType } from '../shapes.ts';

export const UpdateUserPoolClient = operation({
  name: 'UpdateUserPoolClient',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    ClientId: clientId,
    ClientName: s.optional(clientName),
    ...clientSettings,
  }),
  output: s.structure({ UserPoolClient: s.optional(userPoolClientType) }),
  errors: [
    'ConcurrentModificationException',
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidOAuthFlowException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'ScopeDoesNotExistException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'clients', 'resourceServers', 'identityProviders', 'settings', 'clock'],
  gaps: clientGaps,

  async handle(input, ports) {
    const changed = await changeClient(ports, input.UserPoolId, input.ClientId, async (client, pool) => {
      const surroundings = await surroundingsOf(ports, pool, input);
      const settings = clientSettingsFrom(input, { ...surroundings, hasSecret: client.secrets.length > 0 });
      requireClientQuotas(ports, settings, tooManyFor);
      return { ...client, name: input.ClientName ?? client.name, settings, modifiedAt: ports.clock.now() };
    });
    return { UserPoolClient: describeClient(changed) };
  },
});
