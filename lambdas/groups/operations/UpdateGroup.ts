/** An administrator changes a group. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { arn, poolId } from '../../core/contract/shapes/identifiers.ts';
import { description, groupName, groupType, precedence } from '../shapes.ts';

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
});
