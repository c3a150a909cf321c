/** An administrator looks at a group. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { requirePool } from '../../core/rules/configuration.ts';
import { describeGroup } from '../describe-group.ts';
import { groupName, groupType } from '../shapes.ts';
import { requireGroup } from '../stored-group.ts';

export const GetGroup = operation({
  name: 'GetGroup',
  caller: iam('Read', 'userpool'),
  input: s.structure({ GroupName: groupName, UserPoolId: poolId }),
  output: s.structure({ Group: s.optional(groupType) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
  uses: ['pools', 'groups'],

  async handle(input, ports) {
    const pool = await requirePool(ports, input.UserPoolId);
    return { Group: describeGroup(await requireGroup(ports, pool, input.GroupName)) };
  },
});
