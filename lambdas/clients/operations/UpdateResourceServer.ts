/** An administrator changes an API and replaces its scopes. */
import { iam } from '../../core/contract/callers.ts';
import { rateExceeded, tooManyFor } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { serverGaps } from '../gaps.ts';
import { describeResourceServer, requireDistinctScopes, requireRoom } from '../resource-servers.ts';
import { resourceServerIdentifier, resourceServerName, resourceServerScopes, resourceServerType } from '../shapes.ts';
import { requireResourceServer } from '../stored-server.ts';

export const UpdateResourceServer = operation({
  name: 'UpdateResourceServer',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Identifier: resourceServerIdentifier,
    Name: resourceServerName,
    Scopes: s.optional(resourceServerScopes),
  }),
  output: s.structure({ ResourceServer: resourceServerType }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'resourceServers', 'settings'],
  gaps: serverGaps,

  async handle(input, ports) {
    const { Name: name, Scopes: scopes = [] } = input;
    const changed = await unlessLost(async () => {
      const pool = await requirePool(ports, input.UserPoolId);
      const server = await requireResourceServer(ports, pool, input.Identifier);
      requireDistinctScopes(scopes);
      requireRoom(ports, scopes, tooManyFor);
      const after = { ...server, name, scopes };
      return (await ports.resourceServers.save(server, after)) === 'saved' ? after : 'lost';
    }, rateExceeded);
    return { ResourceServer: describeResourceServer(changed) };
  },
});
