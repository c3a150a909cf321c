/** An administrator reads the sign-in history of a user. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { limit, paginationKey } from '../../core/contract/shapes/paging.ts';
import { username } from '../../core/contract/shapes/users.ts';
import { authEventType } from '../shapes.ts';

export const AdminListUserAuthEvents = operation({
  name: 'AdminListUserAuthEvents',
  caller: iam('Read', 'userpool'),
  input: s.structure({
    UserPoolId: poolId,
    Username: username,
    MaxResults: s.optional(limit),
    NextToken: s.optional(paginationKey),
  }),
  output: s.structure({ AuthEvents: s.optional(s.list(authEventType)), NextToken: s.optional(paginationKey) }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
    'UserNotFoundException',
    'UserPoolAddOnNotEnabledException',
  ],
});
