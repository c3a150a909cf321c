/** An administrator changes a group. */
import { iam } from '../../core/contract/callers.ts';
import { rateExceeded } from '../../core/contract/errors.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn, poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { unlessLost } from '../../core/rules/unless-lost.ts';
import { describeGroup } from '../describe-group.ts';
import { description, groupName, groupType, precedence } from '../shapes.ts';
import { requireGroup } from '../stored-group.ts';

export const UpdateGroup = operation({
  name: 'UpdateGroup',
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
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'groups', 'clock'],

  async handle(input, ports) {
    const changed = await unlessLost(async () => {
      const pool = await requirePool(ports, input.UserPoolId);
      const group = await requireGroup(ports, pool, input.GroupName);
      const after = {
        ...group,
        description: input.Description ?? group.description,
        roleArn: input.RoleArn ?? group.roleArn,
        precedence: input.Precedence ?? group.precedence,
        modifiedAt: ports.clock.now(),
      };
      return (await ports.groups.save(group, after)) === 'saved' ? after : 'lost';
    }, rateExceeded);
    return { Group: describeGroup(changed) };
  },
});
