/** An administrator lists the APIs that a pool issues tokens for. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { paginationToken } from '../../core/contract/shapes/paging.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { type List, pageSize, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { describeResourceServer } from '../resource-servers.ts';
import { resourceServerType } from '../shapes.ts';

export const ListResourceServers = operation({
  name: 'ListResourceServers',
  caller: iam('List', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    MaxResults: s.optional(s.integer({ min: 1, max: 50 })),
    NextToken: s.optional(paginationToken),
  }),
  output: s.structure({ ResourceServers: s.list(resourceServerType), NextToken: s.optional(paginationToken) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'resourceServers', 'sealer', 'clock'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    const list: List = { operation: 'ListResourceServers', within: pool.id };
    const after = await requireCursor(ports, list, input.NextToken);
    const page = await ports.resourceServers.list(pool.id, { limit: pageSize(input.MaxResults, 50), after });
    return {
      ResourceServers: page.items.map(describeResourceServer),
      NextToken: await pageToken(ports, list, page),
    };
  },
});
