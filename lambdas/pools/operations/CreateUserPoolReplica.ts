/** An administrator starts to copy a pool to another region. */
import { iam } from '../../core/contract/callers.ts';
import { limitExceeded, poolNotFound, rateExceeded, replicaTaken } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId, regionName } from '../../core/contract/shapes/identifiers.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { replicaGaps } from '../gaps.ts';
import { describeSecondary, requireReplicable } from '../replicas.ts';
import { tags, userPoolReplica } from '../shapes.ts';
import { requireStoredPool } from '../stored-pool.ts';
import { sweepReplicas } from '../stored-replicas.ts';
import { requireTags } from '../tags.ts';

export const CreateUserPoolReplica = operation({
  name: 'CreateUserPoolReplica',
  caller: iam('Write', 'userpool', ['aws:RequestTag', 'aws:TagKeys']),
  input: s.structure({ UserPoolId: poolId, RegionName: regionName, UserPoolTags: s.optional(tags) }),
  output: s.structure({ UserPoolReplica: s.optional(userPoolReplica) }),
  errors: [
    'FeatureUnavailableInTierException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserPoolTaggingException',
  ],
  uses: ['pools', 'replicas', 'settings', 'clock'],
  gaps: [...replicaGaps, 'Tags of a copy are kept, and policies ask for them in the request; nothing shows them.'],

  async handle({ UserPoolId, RegionName, UserPoolTags }, ports) {
    const most = quotaOf(ports, 'replicasPerPool');
    const pool = await requireStoredPool(ports, UserPoolId);
    requireReplicable(pool, RegionName);
    const replica = {
      poolId: pool.id,
      region: RegionName,
      status: 'INACTIVE',
      tags: requireTags(ports, UserPoolTags, limitExceeded),
      createdAt: ports.clock.now(),
      pool: { region: pool.region, createdAt: pool.createdAt },
      version: 0,
    } as const;
    const outcome = await unlessLost(async () => {
      const added = await ports.replicas.add(replica, most);
      const isInWay = added === 'taken' || added === 'full';
      return isInWay && (await sweepReplicas(ports, pool.id)) ? 'lost' : added;
    }, rateExceeded);
    if (outcome === 'pool gone') throw poolNotFound(pool.id);
    if (outcome === 'taken') throw replicaTaken(RegionName);
    if (outcome === 'full') throw limitExceeded('replicas of a user pool', most);
    return { UserPoolReplica: describeSecondary(pool, RegionName, 'CREATING') };
  },
});
