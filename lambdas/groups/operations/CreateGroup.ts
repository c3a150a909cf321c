/** An administrator creates a group. */
import { iam } from '../../core/contract/callers.ts';
import { groupExists, limitExceeded, poolNotFound } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn, poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { uuid } from '../../core/rules/identifiers.ts';
import { quotaOf } from '../../core/rules/quotas.ts';
import { describeGroup } from '../describe-group.ts';
import { description, groupName, groupType, precedence } from '../shapes.ts';

export const CreateGroup = operation({
  name: 'CreateGroup',
  caller: iam('Write', 'userpool'),
  input: s.structure({
    GroupName: groupName,
    UserPoolId: poolId,
    Description: s.optional(description),
    RoleArn: s.optional(arn),
    Precedence: s.optional(precedence),
  }),
  output: s.structure({ Group: s.optional(groupType) }),
  errors: [
    'GroupExistsException',
    'InternalErrorException',
    'InvalidParameterException',
    'LimitExceededException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'groups', 'settings', 'clock', 'random'],

  async handle(input, { pools, groups, settings, clock, random }) {
    const most = quotaOf({ settings }, 'groupsPerPool');
    const pool = await requirePool({ pools }, input.UserPoolId);
    const now = clock.now();
    const group = {
      poolId: pool.id,
      id: uuid(random),
      name: input.GroupName,
      description: input.Description,
      roleArn: input.RoleArn,
      precedence: input.Precedence,
      createdAt: now,
      modifiedAt: now,
      version: 0,
    };
    const outcome = await groups.add(group, most);
    if (outcome === 'taken') throw groupExists();
    if (outcome === 'full') throw limitExceeded('groups of a user pool', most);
    if (outcome === 'pool gone') throw poolNotFound(pool.id);
    return { Group: describeGroup(group) };
  },
});
