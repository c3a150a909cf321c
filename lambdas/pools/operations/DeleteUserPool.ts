/** An administrator deletes a user pool with everything in it. */
import { iam } from '../../core/contract/callers.ts';
import { deletionProtected, domainKeepsPool, rateExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { poolPurgeId } from '../../core/rules/job-ids.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { noImportsYet } from '../gaps.ts';
import { requireStoredPool } from '../stored-pool.ts';
import { requireNoReplica } from '../stored-replicas.ts';

export const DeleteUserPool = operation({
  name: 'DeleteUserPool',
  caller: iam('Write', 'userpool'),
  input: s.structure({ UserPoolId: poolId }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserImportInProgressException',
  ],
  uses: ['pools', 'replicas', 'jobs', 'clock'],
  gaps: [
    'A pool that has a copy in another Region is not deleted before it; what the real service does is not documented.',
    noImportsYet,
  ],

  async handle(input, { pools, replicas, jobs, clock }) {
    // A write that came in between may have turned the protection on, or made a domain: what was lost is decided anew.
    await unlessLost(async () => {
      const pool = await requireStoredPool({ pools }, input.UserPoolId);
      if (pool.settings.DeletionProtection === 'ACTIVE') throw deletionProtected();
      if (pool.domain !== undefined || pool.customDomain !== undefined) throw domainKeepsPool();
      await requireNoReplica({ replicas, clock }, pool.id);
      const outcome = await pools.remove(pool);
      return outcome === 'removed' ? outcome : 'lost';
    }, rateExceeded);
    await jobs.wake(poolPurgeId(input.UserPoolId));
  },
});
