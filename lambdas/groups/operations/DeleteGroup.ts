/** An administrator deletes a group; its members stay users. */
import { iam } from '../../core/contract/callers.ts';
import { rateExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { groupPurgeId } from '../../core/rules/job-ids.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { groupName } from '../shapes.ts';
import { requireGroup } from '../stored-group.ts';

export const DeleteGroup = operation({
  name: 'DeleteGroup',
  caller: iam('Write', 'userpool'),
  input: s.structure({ GroupName: groupName, UserPoolId: poolId }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'groups', 'jobs'],

  async handle(input, ports) {
    const { id } = await unlessLost(async () => {
      const pool = await requirePool(ports, input.UserPoolId);
      const group = await requireGroup(ports, pool, input.GroupName);
      return (await ports.groups.remove(group)) === 'removed' ? group : 'lost';
    }, rateExceeded);
    await ports.jobs.wake(groupPurgeId(id));
  },
});
