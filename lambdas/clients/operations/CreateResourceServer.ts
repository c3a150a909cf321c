/** An administrator registers an API and the scopes that its access tokens may carry. */
import { iam } from '../../core/contract/callers.ts';
import { limitExceeded, poolNotFound, resourceServerExists } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { serverGaps } from '../gaps.ts';
import {
  describeResourceServer,
  requireDistinctScopes,
  requireFreeIdentifier,
  requireRoom,
} from '../resource-servers.ts';
import { resourceServerIdentifier, resourceServerName, resourceServerScopes, resourceServerType } from '../shapes.ts';

export const CreateResourceServer = operation({
  name: 'CreateResourceServer',
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
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'resourceServers', 'settings'],
  gaps: serverGaps,

  async handle(input, ports) {
    const { Identifier: identifier, Name: name, Scopes: scopes = [] } = input;
    const most = quotaOf(ports, 'resourceServersPerPool');
    const pool = await requirePool(ports, input.UserPoolId);
    requireFreeIdentifier(identifier);
    requireDistinctScopes(scopes);
    requireRoom(ports, scopes, limitExceeded);
    const server = { poolId: pool.id, identifier, name, scopes, version: 0 };
    const outcome = await ports.resourceServers.add(server, most);
    if (outcome === 'taken') throw resourceServerExists(identifier, pool.id);
    if (outcome === 'full') throw limitExceeded('resource servers of a user pool', most);
    if (outcome === 'pool gone') throw poolNotFound(pool.id);
    return { ResourceServer: describeResourceServer(server) };
  },
});
