/** An administrator lists the pools of the account in one region. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import type { Branded } from '../../core/contract/shape.ts';
import { s } from '../../core/contract/shape.ts';
import { maxResults, paginationToken } from '../../core/contract/shapes/paging.ts';
import type { ListedPool } from '../../core/model/pool.ts';
import type { Ports } from '../../core/ports/index.ts';
import { type List, pageToken, requireCursor } from '../../core/rules/page-tokens.ts';
import { describeTriggers } from '../pool-views.ts';
import { userPoolDescription } from '../shapes.ts';
import { findReplicaRegions } from '../stored-replicas.ts';

export const ListUserPools = operation({
  name: 'ListUserPools',
  caller: iam('List', 'none'),
  input: s.structure({ NextToken: s.optional(paginationToken), MaxResults: maxResults }),
  output: s.structure({ UserPools: s.optional(s.list(userPoolDescription)), NextToken: s.optional(paginationToken) }),
  errors: ['InternalErrorException', 'InvalidParameterException', 'NotAuthorizedException', 'TooManyRequestsException'],
  uses: ['pools', 'replicas', 'sealer', 'clock'],

  async handle(input, ports, { region }) {
    const list: List = { operation: 'ListUserPools', within: region };
    const after = await requireCursor(ports, list, input.NextToken);
    const page = await ports.pools.list(region, { limit: input.MaxResults, after });
    const described = page.items.map(async (pool) => describe(pool, await regionsOf(ports, pool)));
    return { UserPools: await Promise.all(described), NextToken: await pageToken(ports, list, page) };
  },
});

/** Most pools have none, and are not asked. */
const regionsOf = async (ports: Pick<Ports, 'replicas' | 'clock'>, { id, hasReplicas }: ListedPool) =>
  hasReplicas ? findReplicaRegions(ports, id) : [];

const describe = ({ id, name, settings, createdAt, modifiedAt }: ListedPool, replicaRegions: readonly string[]) => ({
  // Every id that is stored was made in the form that the brand stands for.
  Id: id as Branded<'PoolId'>,
  Name: name,
  LambdaConfig: describeTriggers(settings.LambdaConfig),
  LastModifiedDate: modifiedAt,
  CreationDate: createdAt,
  ...(replicaRegions.length > 0 && { ReplicaRegions: replicaRegions }),
});
