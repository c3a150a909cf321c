/** An administrator lists the regions that a pool lives in. */
import { iam } from '../../core/contract/callers.ts';
import { operation } from '../../core/contract/operation.ts';
import { s } from '../../core/contract/shape.ts';
import { poolId } from '../../core/contract/shapes/identifiers.ts';
import { paginationToken } from '../../core/contract/shapes/paging.ts';
import { userPoolReplica } from '../shapes.ts';

export const ListUserPoolReplicas = operation({
  name: 'ListUserPoolReplicas',
  caller: iam('List', 'userpool'),
  input: s.structure({ UserPoolId: poolId, NextToken: s.optional(paginationToken) }),
  output: s.structure({
    UserPoolReplicas: s.optional(s.list(userPoolReplica)),
    NextToken: s.optional(paginationToken),
  }),
  errors: [
    'InternalErrorException',
    'InvalidParameterException',
    'NotAuthorizedException',
    'OperationNotEnabledException',
    'ResourceNotFoundException',
    'TooManyRequestsException',
  ],
});
